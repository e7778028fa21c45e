import { spawn } from 'node:child_process';
import { styleText } from 'node:util';

/** One thing that is checked: a name for people, and the command, on the pinned Node. */
interface Check {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
}

interface Outcome {
  readonly check: Check;
  readonly passed: boolean;
  readonly output: string;
  readonly seconds: number;
}

const checks: readonly Check[] = [
  { name: 'types', command: ['tsc', '-p', '.'] },
  { name: 'types of infra', command: ['tsc', '-p', 'infra'] },
  { name: 'lint and format', command: ['biome', 'ci', '--colors=off', '.'] },
  {
    name: 'who imports whom',
    command: [
      'depcruise',
      '--config',
      '.dependency-cruiser.mjs',
      'contract',
      'sdk/src',
      'server/src',
      'infra/src',
      'examples',
      'scripts',
    ],
  },
  { name: 'unused code and dependencies', command: ['knip'] },
  {
    name: 'policies are valid, and fit Verified Permissions',
    command: ['node', '--conditions=@laurel/source', 'server/check/policies.ts'],
  },
  { name: 'generated files are fresh', command: ['node', 'contract/generate/main.ts', '--check'] },
  {
    name: 'OpenAPI by the recommended rules',
    command: [
      'redocly',
      'lint',
      ...['app', 'dashboard', 'platform'].map((name) => `contract/generated/openapi/${name}.json`),
    ],
  },
  { name: 'public types of the SDK are as accepted', command: ['node', 'sdk/api/main.ts'] },
  { name: 'no known vulnerabilities', command: ['node', 'scripts/vulnerabilities.ts'] },
  { name: 'packages are publishable, and small', command: ['node', 'scripts/publishable.ts'] },
];

/** How many run at once. */
const LANES = 2;

function run(check: Check): Promise<Outcome> {
  const [command, ...args] = check.command;
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ check, passed: code === 0, output, seconds: (performance.now() - started) / 1000 });
    });
  });
}

function report({ check, passed, output, seconds }: Outcome): void {
  const mark = passed ? styleText('green', '✓') : styleText('red', '✗');
  process.stdout.write(`${mark} ${check.name} (${seconds.toFixed(1)} s)\n`);
  // What could not be looked at must not look like what was.
  if (!passed || output.startsWith('NOT ASKED')) process.stdout.write(`${output.trimEnd()}\n\n`);
}

const outcomes: Outcome[] = [];
const waiting = checks.values();
await Promise.all(
  Array.from({ length: LANES }, async () => {
    for (const check of waiting) {
      const outcome = await run(check);
      report(outcome);
      outcomes.push(outcome);
    }
  }),
);
const passed = outcomes.filter((outcome) => outcome.passed).length;
process.stdout.write(`\n${passed} passed, ${outcomes.length - passed} failed\n`);
process.exitCode = passed === outcomes.length ? 0 : 1;
