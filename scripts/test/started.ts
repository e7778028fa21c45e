import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** The root of the repository. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A platform that `npm start` runs, as a user sees it. */
export interface Started {
  readonly child: ChildProcess;
  /** What it has printed so far. */
  readonly output: () => string;
  /** Waits until it has printed the text, or has ended. */
  readonly printed: (text: string) => Promise<void>;
  /** Waits for its end, and answers with its exit code. */
  readonly ended: () => Promise<number | null>;
}

/** Runs a program of the repository on the pinned Node. */
export function runScript(args: readonly string[], env: Readonly<Record<string, string>>): Started {
  const child = spawn(process.execPath, ['--conditions=@laurel/source', ...args], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const heard = new EventTarget();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      heard.dispatchEvent(new Event('more'));
    });
  }
  const closed = once(child, 'close');
  void closed.then(() => heard.dispatchEvent(new Event('more')));
  return {
    child,
    output: () => output,
    async printed(text) {
      while (!output.includes(text) && child.exitCode === null && child.signalCode === null) await once(heard, 'more');
    },
    async ended() {
      await closed;
      return child.exitCode;
    },
  };
}

/** Starts the platform with its data in a folder, on a free port, and waits until it has said all. */
export async function start(folder: string, env: Readonly<Record<string, string>> = {}): Promise<Started> {
  const started = runScript(['scripts/start.ts'], { LAUREL_DATA: folder, PORT: '0', NO_COLOR: '1', ...env });
  await started.printed('nothing is lost');
  return started;
}
