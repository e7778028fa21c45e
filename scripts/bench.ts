import { spawn } from 'node:child_process';

/** What is measured, each by a program of its own that prints figures and ratios. */
const benches = [
  'server/bench/dynamodb.ts',
  'server/bench/platform.ts',
  'server/bench/sealing.ts',
  'server/bench/ranks.ts',
  'server/bench/limits.ts',
  'examples/git-quest/test/bench.ts',
];

function run(file: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--conditions=@laurel/source', file], { stdio: 'inherit' });
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}

// One after the other: side by side they would measure one another.
for (const file of benches) {
  process.stdout.write(`\n${file}\n`);
  const code = await run(file);
  if (code !== 0) process.exitCode = code;
}
