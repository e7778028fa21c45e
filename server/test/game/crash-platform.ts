// The child of the crash test: a platform in the folder that it is given, with its scheduler at work, on a port of the
// parent's choice. It says how to call it, and then only waits to be killed.
import { writeSync } from 'node:fs';
import { startPlatform } from '../../src/local/index.ts';
import { HOME } from './world.ts';

const [folder = '', port = '0', ahead = '0', isFirst = ''] = process.argv.slice(2);
const platform = await startPlatform({
  data: folder,
  port: Number(port),
  logLevel: 'SILENT',
  scheduleEvery: 10,
  // Ahead of the real time by so many milliseconds, so that the end need not be waited for.
  clock: { now: () => new Date(Date.now() + Number(ahead)).toISOString() },
  destinations: { allowLoopback: true },
});
const access = isFirst === 'first' ? await platform.createWorkspaceClient(HOME) : null;
// Straight to the file descriptor: what is said is out, whatever happens to this process next.
writeSync(1, `${JSON.stringify(access)}\n`);
