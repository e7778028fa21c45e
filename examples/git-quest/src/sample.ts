import { readFile } from 'node:fs/promises';
import type { Commit } from './history.ts';
import { playerOf } from './player.ts';

const SAMPLE = new URL('../sample/history.sample.json', import.meta.url);

/** How many commits the sample has. */
export const SAMPLE_COMMITS = 300;

/** The invented history that comes with the example: 300 commits by people at example.com, the oldest day first. */
export async function* readSample(): AsyncGenerator<Commit> {
  const lines: unknown = JSON.parse(await readFile(SAMPLE, 'utf8'));
  if (!Array.isArray(lines)) throw new Error('The sample history is not a list.');
  for (const line of lines) {
    if (!isSampleCommit(line)) throw new Error('The sample history has a line that is no commit.');
    yield { hash: line.hash, player: playerOf(Buffer.from(line.email)), authoredAt: line.authoredAt };
  }
}

interface SampleCommit {
  readonly hash: string;
  readonly email: string;
  readonly authoredAt: number;
}

function isSampleCommit(line: unknown): line is SampleCommit {
  return (
    typeof line === 'object' &&
    line !== null &&
    'hash' in line &&
    typeof line.hash === 'string' &&
    'email' in line &&
    typeof line.email === 'string' &&
    'authoredAt' in line &&
    typeof line.authoredAt === 'number'
  );
}
