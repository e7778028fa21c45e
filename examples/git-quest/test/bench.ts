import { join } from 'node:path';
import { connect } from '../src/connection.ts';
import { playHistory, readHistory } from '../src/index.ts';
import { makeRepository, temporaryFolder } from './fixture.ts';
import { longHistory } from './histories.ts';

/** Prints how long a history takes, from an empty platform in this process to the results: `bench [COMMITS]`. */
const commits = Number(process.argv[2] ?? 3000);
const folder = await temporaryFolder();
const repo = join(folder.path, 'long');
await makeRepository(repo, longHistory(commits));
const started = performance.now();
const { laurel, close } = await connect(undefined);
const ready = performance.now();
const { events } = await playHistory({ laurel, commits: readHistory(repo) });
const ended = performance.now();
await close();
await folder.remove();
const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(2);
process.stdout.write(
  `${events} commits: platform ${seconds(ready - started)} s, game ${seconds(ended - ready)} s, ` +
    `${Math.round(events / ((ended - ready) / 1000))} commits a second\n`,
);
