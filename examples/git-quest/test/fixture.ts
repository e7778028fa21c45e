import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A commit to make: commits are numbered from 1 in the order of the list. */
export interface FixtureCommit {
  /** The author's e-mail, as bytes where it is not plain text. */
  readonly email: string | Buffer;
  /** Seconds since 1970-01-01T00:00:00Z, or a UTC time such as `2020-12-31T23:30Z`. */
  readonly at: number | string;
  /** As git writes it: `+0000` where it is missing. */
  readonly zone?: string;
  /** Numbers of the parents; the commit before it where it is missing. */
  readonly parents?: readonly number[];
  /** The charset that the commit declares; UTF-8 where it is missing. */
  readonly encoding?: string;
}

/** A folder that is gone after the test, with a space in its name. */
export async function temporaryFolder(): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'git quest '));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** Runs git with a configuration of its own and answers with what it prints. */
export async function git(args: readonly string[], input?: Buffer): Promise<string> {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
  // What is not read must not be written: git may have ended by then.
  const child = spawn('git', args, { env, stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'inherit'] });
  child.stdin?.end(input);
  const output: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => output.push(chunk));
  const [status] = await once(child, 'close');
  if (status !== 0) throw new Error(`git ${args.join(' ')} ended with ${status}.`);
  return Buffer.concat(output).toString('utf8');
}

/** Makes a repository with these commits, the last of which HEAD names. */
export async function makeRepository(path: string, commits: readonly FixtureCommit[]): Promise<void> {
  await git(['init', '--quiet', '--initial-branch=main', path]);
  const stream = commits.map((commit, index) => importOf(commit, index + 1));
  await git(['-C', path, 'fast-import', '--quiet', '--date-format=raw-permissive'], Buffer.concat(stream));
}

/** A commit in the language of `git fast-import`; its committer and time are never those of the author. */
function importOf(commit: FixtureCommit, mark: number): Buffer {
  const { email, at, zone = '+0000', parents = mark === 1 ? [] : [mark - 1], encoding } = commit;
  const seconds = typeof at === 'number' ? at : Date.parse(at) / 1000;
  const [first, ...merged] = parents;
  const message = `commit ${mark}`;
  return Buffer.concat([
    Buffer.from(`commit refs/heads/main\nmark :${mark}\nauthor Somebody <`),
    typeof email === 'string' ? Buffer.from(email) : email,
    Buffer.from(`> ${seconds} ${zone}\ncommitter Robot <robot@example.com> ${1_700_000_000 + mark} +0000\n`),
    Buffer.from(encoding === undefined ? '' : `encoding ${encoding}\n`),
    Buffer.from(`data ${message.length}\n${message}\n`),
    Buffer.from(first === undefined ? '' : `from :${first}\n`),
    Buffer.from(merged.map((parent) => `merge :${parent}\n`).join('')),
    Buffer.from('\n'),
  ]);
}
