import { AbortError } from './errors.ts';

/**
 * Waits, but not after an abort. What is waited for goes on by itself: end it where that matters.
 * @throws AbortError
 */
export async function unlessAborted<T>(signal: AbortSignal | undefined, waiting: Promise<T>): Promise<T> {
  if (signal === undefined) return waiting;
  let end = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    end = () => reject(new AbortError('The call was aborted.'));
    if (signal.aborted) end();
    else signal.addEventListener('abort', end);
  });
  try {
    return await Promise.race([waiting, aborted]);
  } finally {
    signal.removeEventListener('abort', end);
  }
}
