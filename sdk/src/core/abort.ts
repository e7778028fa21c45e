import { AbortError } from './errors.ts';

/**
 * Waits, but not after an abort. What is waited for goes on by itself: end it where that matters.
 * @throws AbortError
 */
export async function unlessAborted<T>(signal: AbortSignal | undefined, wait: () => Promise<T>): Promise<T> {
  let end: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    end = () => reject(new AbortError('The call was aborted.'));
    if (signal?.aborted) end();
    else signal?.addEventListener('abort', end);
  });
  try {
    return await Promise.race([aborted, signal?.aborted ? aborted : wait()]);
  } finally {
    if (end) signal?.removeEventListener('abort', end);
  }
}
