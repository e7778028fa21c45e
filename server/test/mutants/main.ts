import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Cut, cuts } from './cuts.ts';

/** How many suites run at once. */
const LANES = 2;
const CONFIG = 'server/test/mutants/mutants.config.ts';
const folder = mkdtempSync(join(tmpdir(), 'laurel-mutants-'));

/** How a suite ended: how many tests failed, and whether it ran at all. */
interface Outcome {
  readonly code: number;
  readonly failed: number;
  readonly ran: number;
  readonly output: string;
}

let runs = 0;

/** Runs a suite, over sources from which something is missing where that is named. */
function run(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Outcome> {
  runs += 1;
  const file = join(folder, `${runs}.json`);
  const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${file}`];
  return new Promise((resolve, reject) => {
    const child = spawn('vitest', ['run', '--config', CONFIG, '--bail=1', ...reporters, ...args], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += String(chunk)));
    child.on('error', reject);
    child.on('close', (code) => {
      const { numFailedTests = 0, numPassedTests = 0 } = JSON.parse(readFileSync(file, 'utf8'));
      resolve({ code: code ?? 1, failed: numFailedTests, ran: numFailedTests + numPassedTests, output });
    });
  });
}

async function judge(cut: Cut): Promise<boolean> {
  const started = performance.now();
  const routes: Record<string, string> = cut.routes === undefined ? {} : { LAUREL_ROUTES: cut.routes };
  const args = [...cut.suite, ...(cut.tests === undefined ? [] : ['-t', cut.tests])];
  const { code, failed, ran, output } = await run(args, { LAUREL_CUT: cut.name, ...routes });
  // A suite that could not even begin was not told of a cut, but broken by it: that is no test.
  const isNamed = cut.says !== undefined && output.includes(cut.says);
  const died = code !== 0 && (failed > 0 || isNamed) && !output.includes('it is not written once');
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(`${died ? '✓ died' : '✗ SURVIVED'}: ${cut.name} (${cut.suite.join(', ')}; ${seconds} s)\n`);
  if (!died) process.stdout.write(`${ran} tests ran, ${failed} failed\n${output.slice(-2000)}\n`);
  return died;
}

const KEYS = ['--conditions=@laurel/source', '--import', './server/test/mutants/scope-hooks.ts'];

/** Takes the scope from each place of the store, in processes of their own; whether all of it was noticed. */
async function judgeStore(): Promise<boolean> {
  const lanes = await Promise.all(
    Array.from({ length: LANES }, (_, lane) => {
      const args = [...KEYS, 'server/test/mutants/store.mutants.ts', String(lane), String(LANES)];
      const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
      let output = '';
      child.stdout.on('data', (chunk: Buffer) => {
        output += String(chunk);
        process.stdout.write(chunk);
      });
      return new Promise<{ code: number | null; output: string }>((resolve, reject) => {
        child.on('error', reject).on('close', (code) => resolve({ code, output }));
      });
    }),
  );
  const lines = lanes.flatMap(({ output }) => output.split('\n'));
  const died = lines.filter((line) => line.startsWith('✓')).length;
  const all = died + lines.filter((line) => line.startsWith('✗')).length;
  process.stdout.write(`\n${died} of ${all} cuts into the scopes of the store were noticed\n\n`);
  return all > 0 && lanes.every(({ code }) => code === 0);
}

const only = process.argv.slice(2);
const chosen = cuts.filter(({ name }) => only.length === 0 || only.some((one) => name.includes(one)));
const started = performance.now();
const isStoreWhole = only.length > 0 || (await judgeStore());
const survivors: string[] = [];
const waiting = chosen.values();
await Promise.all(
  Array.from({ length: LANES }, async () => {
    for (const cut of waiting) if (!(await judge(cut))) survivors.push(cut.name);
  }),
);
rmSync(folder, { recursive: true });
const minutes = ((performance.now() - started) / 60_000).toFixed(1);
process.stdout.write(
  `\n${chosen.length - survivors.length} of ${chosen.length} other cuts were noticed; all took ${minutes} min\n`,
);
process.exitCode = survivors.length === 0 && isStoreWhole ? 0 : 1;
