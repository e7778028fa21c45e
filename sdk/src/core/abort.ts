import { AbortError } from './errors.ts';

/**
 * Waits, but not after an abort. What is waited for goes on by itself: end it where that matters.
 * @throws AbortError
 */
export function unlessAborted<T>(signal: AbortSignal | undefined, wait: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = (): void => reject(new AbortError('Aborted.'));
    if (signal?.aborted) return end();
    signal?.addEventListener('abort', end);
    wait()
      .then(resolve, reject)
      .finally(() => signal?.removeEventListener('abort', end));
  });
}
