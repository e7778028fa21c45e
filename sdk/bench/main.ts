// The SDK beside bare fetch and openapi-fetch: what a page loads, how long it takes to import, and how many calls a second
// it makes to the same server, by turns, so that the machine is as busy for each. Figures are medians; ratios are to fetch.
import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { type ClientName, clients } from './clients.ts';

const run = promisify(execFile);
const sdk = join(import.meta.dirname, '..');
const STARTS = 15;
const ROUNDS = 9;
const CALLS = 1_500;
/** So many calls are under way at once. */
const LANES = 10;

/** The same program with each: one event, tracked. */
const programs: Readonly<Record<ClientName, string>> = {
  fetch: `export const track = async (baseUrl, token, event) => {
    const response = await fetch(baseUrl + '/app/v1/events', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer ' + token },
      body: JSON.stringify(event),
    });
    if (!response.ok) throw new Error(response.status);
    return response.json();
  };`,
  'openapi-fetch': `import createClient from 'openapi-fetch';
  export const track = async (baseUrl, token, body) => {
    const client = createClient({ baseUrl, headers: { authorization: 'Bearer ' + token } });
    const { data, error } = await client.POST('/app/v1/events', { body });
    if (error) throw new Error(error);
    return data;
  };`,
  LaurelTracker: `import { LaurelTracker } from '@laurel/sdk';
  export const track = (baseUrl, token, event) => new LaurelTracker({ baseUrl, auth: { token } }).track(event);`,
  Laurel: `import { Laurel } from '@laurel/sdk';
  export const track = (baseUrl, token, event) => new Laurel({ baseUrl, auth: { token } }).events.track(event);`,
};
const names = Object.keys(programs).filter((name): name is ClientName => name in clients);

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** The bytes that a page loads for a program, minified and gzipped. */
async function bytesOf(program: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: sdk },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    write: false,
    logLevel: 'error',
  });
  return gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length;
}

/** The milliseconds that a fresh process takes to import a program, and to have the answer to its first call. */
async function startMs(file: string, baseUrl: string): Promise<readonly [imported: number, answered: number]> {
  const measure = `const began = performance.now();
    const { track } = await import(${JSON.stringify(file)});
    const imported = performance.now();
    await track(${JSON.stringify(baseUrl)}, 't', { activity: 'lesson.completed' });
    console.log(JSON.stringify([imported - began, performance.now() - began]));`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', measure], { cwd: sdk });
  return JSON.parse(stdout);
}

/** The calls a second of one round. */
async function callsPerSecond(track: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  let left = CALLS;
  const lane = async (): Promise<void> => {
    while (left-- > 0) await track();
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return CALLS / ((performance.now() - began) / 1000);
}

/** What is measured of each by turns, after a turn that does not count. */
async function byTurns<Value>(rounds: number, measure: (name: ClientName) => Promise<Value>) {
  const measured = new Map<ClientName, Value[]>();
  for (let round = 0; round <= rounds; round++) {
    for (const name of names) {
      const value = await measure(name);
      if (round > 0) measured.set(name, [...(measured.get(name) ?? []), value]);
    }
  }
  return measured;
}

/** Figures of a column, with their ratios to fetch. */
function column(title: string, figures: ReadonlyMap<ClientName, number>, digits: number) {
  const base = figures.get('fetch') ?? Number.NaN;
  return (name: ClientName) => {
    const figure = figures.get(name) ?? Number.NaN;
    return {
      [title]: Number(figure.toFixed(digits)),
      [`× ${title.split(',', 1)}`]: Number((figure / base).toFixed(2)),
    };
  };
}

function medians<Value>(measured: ReadonlyMap<ClientName, readonly Value[]>, of: (value: Value) => number) {
  return new Map([...measured].map(([name, values]) => [name, median(values.map(of))]));
}

await run(join(sdk, 'node_modules/.bin/tsup'), ['--no-dts'], { cwd: sdk });
const folder = await mkdtemp(join(sdk, 'node_modules/.bench-'));
const server = fork(join(import.meta.dirname, 'server.ts'));
try {
  const [port] = await once(server, 'message');
  const baseUrl = `http://127.0.0.1:${port}`;
  const fileOf = (name: ClientName) => join(folder, `${name}.mjs`);
  for (const name of names) await writeFile(fileOf(name), programs[name]);
  const sizes = new Map<ClientName, number>();
  for (const name of names) sizes.set(name, await bytesOf(programs[name]));
  const starts = await byTurns(STARTS, (name) => startMs(fileOf(name), baseUrl));
  const tracks = new Map(names.map((name) => [name, clients[name](baseUrl)]));
  const speeds = await byTurns(ROUNDS, (name) => callsPerSecond(tracks.get(name) ?? Promise.reject));
  const columns = [
    column('size, bytes', sizes, 0),
    column(
      'import, ms',
      medians(starts, ([imported]) => imported),
      1,
    ),
    column(
      'to first answer, ms',
      medians(starts, ([, answered]) => answered),
      1,
    ),
    column(
      'calls/s',
      medians(speeds, (speed) => speed),
      0,
    ),
  ];
  console.table(
    Object.fromEntries(names.map((name) => [name, Object.assign({}, ...columns.map((figures) => figures(name)))])),
  );
  process.stdout.write(
    '× is the ratio to bare fetch. Importing ky loads the fetch of Node, which others load at a call.\n',
  );
} finally {
  server.kill();
  await rm(folder, { recursive: true });
}
