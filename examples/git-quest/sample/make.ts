/**
 * Writes `history.sample.json`: 300 invented commits by invented people, the same on every run. It is what git-quest
 * plays where a place has no git history.
 */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** One line of the sample, as `git log` would tell it. */
export interface SampleCommit {
  readonly hash: string;
  readonly email: string;
  /** Seconds since 1970-01-01T00:00:00Z. */
  readonly authoredAt: number;
}

const COMMITS = 300;
const FIRST_DAY = Date.UTC(2025, 5, 2) / 1000;
const DAY = 86_400;

/** People who do not exist, how many of every hundred commits are theirs, and the hour they like, in UTC. */
const people = [
  { email: 'Iris.Calder@example.com', share: 34, hour: 8 },
  { email: 'bo.lindqvist@example.com', share: 24, hour: 14 },
  { email: 'tunde.afolabi@example.com', share: 16, hour: 19 },
  { email: 'mei-lin.ortega@example.com', share: 12, hour: 1 },
  { email: 'sana.kowalczyk@example.com', share: 8, hour: 22 },
  { email: 'pavel.nakamura@example.com', share: 6, hour: 11 },
] as const;

/** Numbers from 0 up to 1, always the same ones: a linear congruence modulo 2^32 (constants of Numerical Recipes). */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Somebody, by share; the last one where rounding leaves a gap. */
function pick(random: number) {
  let left = random * 100;
  for (const person of people) {
    left -= person.share;
    if (left < 0) return person;
  }
  return people[people.length - 1] ?? people[0];
}

/** The invented history, the oldest day first; people rest on some days, so that streaks break. */
export function makeSample(): SampleCommit[] {
  const random = sequence(7);
  const commits: SampleCommit[] = [];
  for (let day = 0; commits.length < COMMITS; day++) {
    const weekend = day % 7 > 4;
    const today = Math.floor(random() * (weekend ? 2.2 : 5.5));
    for (let index = 0; index < today && commits.length < COMMITS; index++) {
      const person = pick(random());
      const authoredAt = FIRST_DAY + day * DAY + person.hour * 3600 + Math.floor(random() * 7200);
      const hash = createHash('sha1').update(`git-quest sample ${commits.length}`).digest('hex');
      commits.push({ hash, email: person.email, authoredAt });
    }
  }
  return commits;
}

/** One commit a line. */
export function sampleText(): string {
  return `[\n${makeSample()
    .map((commit) => `  ${JSON.stringify(commit)}`)
    .join(',\n')}\n]\n`;
}

if (import.meta.main) {
  writeFileSync(fileURLToPath(new URL('history.sample.json', import.meta.url)), sampleText());
}
