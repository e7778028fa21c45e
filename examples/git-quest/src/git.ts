import { type ChildProcess, spawn } from 'node:child_process';

/** Variables by which a caller, such as a git hook, points git at another repository than the one that was asked for. */
const ELSEWHERE = [
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_COMMON_DIR',
  'GIT_INDEX_FILE',
  'GIT_OBJECT_DIRECTORY',
  'GIT_NAMESPACE',
  'GIT_PREFIX',
];

function environment(): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env, LC_ALL: 'C' };
  for (const name of ELSEWHERE) delete env[name];
  return env;
}

function start(directory: string, args: readonly string[]) {
  return spawn('git', ['-C', directory, ...args], { env: environment(), stdio: ['ignore', 'pipe', 'pipe'] });
}

/**
 * What a git command prints, as it comes, without a shell. Stops git when the consumer stops early.
 *
 * @throws Error with the first line that git complained with, where git fails or is not installed.
 */
export async function* gitOutput(directory: string, args: readonly string[]): AsyncGenerator<Buffer> {
  const child = start(directory, args);
  const ended = endOf(child);
  const complaint = collect(child.stderr);
  try {
    for await (const chunk of child.stdout) yield chunk;
    refuseFailure(await ended, await complaint);
  } finally {
    child.kill();
  }
}

/** The first line that a git command prints. Throws as `gitOutput` does. */
export async function gitLine(directory: string, args: readonly string[]): Promise<string> {
  const child = start(directory, args);
  const [end, output, complaint] = await Promise.all([endOf(child), collect(child.stdout), collect(child.stderr)]);
  refuseFailure(end, complaint);
  return output.split('\n', 1)[0] ?? '';
}

async function collect(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** How a process ended: its exit status, the signal that ended it, or why it could not start. */
type End = number | NodeJS.Signals | NodeJS.ErrnoException;

function endOf(child: ChildProcess): Promise<End> {
  return new Promise((resolve) => {
    child.once('error', resolve);
    child.once('close', (status, signal) => resolve(status ?? signal ?? 0));
  });
}

function refuseFailure(end: End, complaint: string): void {
  if (end === 0) return;
  if (end instanceof Error) {
    const message = end.code === 'ENOENT' ? 'git was not found: install it, or put it on PATH.' : end.message;
    throw new Error(message, { cause: end });
  }
  const line = complaint.split('\n', 1)[0]?.replace(/^fatal: /, '') ?? '';
  throw new Error(line === '' ? `git ended with ${end}.` : line);
}
