// The door to every script: plain JavaScript for Node 20 or later and nothing else. It installs what the lockfile names,
// if that has not happened yet, and then runs the script on the pinned Node.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PNPM = 'pnpm@12.21.0';
const root = fileURLToPath(new URL('..', import.meta.url));
const bin = join(root, 'node_modules', '.bin');
const windows = process.platform === 'win32';

/** Every script: what runs, on the pinned Node, with the arguments given after it. */
const scripts = {
  start: ['node', '--conditions=@laurel/source', 'scripts/start.ts'],
  test: ['vitest', 'run'],
  'test:crash': ['vitest', 'run', 'server/test/game/crash.test.ts'],
  check: ['node', 'scripts/check.ts'],
  generate: ['node', 'contract/generate/main.ts'],
  format: ['biome', 'check', '--write', '.'],
  'accept:api': ['node', 'sdk/api/main.ts', '--accept'],
  recount: ['node', '--conditions=@laurel/source', 'scripts/recount.ts'],
  audit: ['node', '--conditions=@laurel/source', 'scripts/audit.ts'],
  begin: ['node', '--conditions=@laurel/source', 'scripts/begin.ts'],
  bench: ['node', '--conditions=@laurel/source', 'scripts/bench.ts'],
  'bench:sdk': ['node', 'sdk/bench/main.ts'],
  'example:git-quest': ['node', '--conditions=@laurel/source', 'examples/git-quest/src/main.ts'],
  'example:lesson-page': ['node', '--conditions=@laurel/source', 'examples/lesson-page/src/start.ts'],
  'test:browser': ['vitest', 'run', '--config', 'examples/lesson-page/test/browser.config.ts'],
  'test:redis': ['vitest', 'run', 'server/test/ranks', 'server/test/limits', 'server/test/cache'],
  'test:history': ['vitest', 'run', '--config', 'server/test/game/history.config.ts'],
  'test:fuzz': ['vitest', 'run', '--config', 'server/test/fuzz/fuzz.config.ts'],
  'test:mutants': ['node', 'server/test/mutants/main.ts'],
  'test:sdk-matrix': ['vitest', 'run', '--config', 'sdk/test/matrix/matrix.config.ts'],
  'test:dynamodb-endpoint': ['vitest', 'run', '--config', 'server/test/dynamodb/endpoint.config.ts'],
};

/** What the installed packages depend on: the lockfile, the workspace file and each package.json. */
function fingerprint() {
  const hash = createHash('sha256');
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json'])
    hash.update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

function install() {
  const stamp = join(root, 'node_modules', '.laurel-installed');
  const wanted = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  process.stderr.write('Installing the packages that the lockfile names…\n');
  // What an installer says must not mix with a script's own output, which may be one JSON object.
  const result = spawnSync('npx', ['--yes', PNPM, 'install', '--frozen-lockfile'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    shell: windows,
  });
  if (result.status !== 0) {
    process.stderr.write(
      `${result.stdout ?? ''}${result.stderr ?? ''}\nThe installation failed; the lines above say why.\n`,
    );
    process.exit(result.status ?? 1);
  }
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  writeFileSync(stamp, wanted);
}

const [name = '', ...rest] = process.argv.slice(2);
const script = scripts[name];
if (script === undefined) {
  process.stderr.write(`There is no script "${name}". There are: ${Object.keys(scripts).join(', ')}.\n`);
  process.exit(2);
}
install();
const [command, ...fixed] = script;
// Paths that the user gives are relative to where the user stands, which npm changes to the root.
const env = {
  ...process.env,
  PATH: `${bin}${delimiter}${process.env.PATH}`,
  ...(name === 'test:redis' ? { LAUREL_REDIS: 'required' } : {}),
  LAUREL_CWD: process.env.INIT_CWD ?? process.cwd(),
  // Every test run kills the platform some times; this script is for many.
  ...(name === 'test:crash' ? { LAUREL_KILLS: process.env.LAUREL_KILLS ?? '200' } : {}),
};
const child = spawn(join(bin, windows ? `${command}.cmd` : command), [...fixed, ...rest], {
  cwd: root,
  stdio: 'inherit',
  env,
  shell: windows,
});
// Whoever ends this ends the script, which may take its time. A terminal's Ctrl-C has reached the script already.
process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => {
  throw error;
});
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
