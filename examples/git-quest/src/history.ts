import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { gitLine, gitOutput } from './git.ts';
import { playerOf } from './player.ts';

/** One commit, as the game sees it: no name, no e-mail, no message. */
export interface Commit {
  /** The full hash, in hexadecimal. */
  readonly hash: string;
  /** Who wrote it: see `playerOf`. */
  readonly player: string;
  /** The author's time in seconds since 1970-01-01T00:00:00Z; null where git finds none in the commit. */
  readonly authoredAt: number | null;
}

/** Asks for the e-mail as it was recorded (`%ae`, not `%aE`), whatever the user's configuration of `git log` says. */
const LOG = [
  '-c',
  'log.showSignature=false',
  '-c',
  'log.mailmap=false',
  'log',
  '-z',
  '--reverse',
  '--no-color',
  '--encoding=UTF-8',
  '--format=%H%x00%at%x00%ae',
  'HEAD',
  '--',
];

/**
 * Every commit that HEAD reaches, merges too, roughly the oldest first. Reads as it is consumed, so that a history
 * of any length fits in memory. A repository without commits has an empty history; a shallow one has what it holds.
 *
 * @throws Error with one line for people, where the path is not a directory in a git repository or git fails.
 */
export async function* readHistory(repo: string): AsyncGenerator<Commit> {
  const directory = await repositoryAt(repo);
  if (!(await hasCommits(directory))) return;
  let fields: Buffer[] = [];
  for await (const field of splitAtNul(gitOutput(directory, LOG))) {
    fields.push(field);
    const [hash, authoredAt, email] = fields;
    if (hash === undefined || authoredAt === undefined || email === undefined) continue;
    yield { hash: hash.toString('latin1'), player: playerOf(email), authoredAt: secondsOf(authoredAt) };
    fields = [];
  }
  if (fields.length > 0) throw new Error(`git log ended in the middle of a commit in ${JSON.stringify(repo)}.`);
}

/** How many commits `readHistory` will give. */
export async function countCommits(repo: string): Promise<number> {
  const directory = await repositoryAt(repo);
  if (!(await hasCommits(directory))) return 0;
  return Number(await gitLine(directory, ['rev-list', '--count', 'HEAD', '--']));
}

/** The absolute path, checked: git would answer for a missing one in words that depend on its version. */
async function repositoryAt(repo: string): Promise<string> {
  const directory = resolve(repo);
  const found = await stat(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  });
  if (found === undefined) throw new Error(`There is nothing at ${JSON.stringify(repo)}.`);
  if (!found.isDirectory()) throw new Error(`${JSON.stringify(repo)} is not a directory.`);
  await gitLine(directory, ['rev-parse', '--git-dir']).catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`Cannot read a git repository at ${JSON.stringify(repo)}: ${reason}`, { cause });
  });
  return directory;
}

/** A fresh repository has a HEAD that names a branch which is not there yet; that is no error, a broken HEAD is. */
async function hasCommits(directory: string): Promise<boolean> {
  try {
    await gitLine(directory, ['log', '-1', '--format=%H', '--']);
    return true;
  } catch (error) {
    if (error instanceof Error && /does not have any commits yet/.test(error.message)) return false;
    throw error;
  }
}

/** Digits, or nothing where the author line has no time that git can read. */
function secondsOf(field: Buffer): number | null {
  const digits = field.toString('latin1');
  return /^\d+$/.test(digits) ? Number(digits) : null;
}

/** The byte strings that end in NUL, across the borders of chunks. */
async function* splitAtNul(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let start = 0;
    for (let end = bytes.indexOf(0); end !== -1; end = bytes.indexOf(0, start)) {
      yield bytes.subarray(start, end);
      start = end + 1;
    }
    rest = bytes.subarray(start);
  }
  if (rest.length > 0) throw new Error('The output of git log ended without its last NUL.');
}
