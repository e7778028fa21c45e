import { unlessAborted } from './abort.ts';
import { problemOf } from './answer.ts';
import { ConnectionError, TimeoutError } from './errors.ts';
import type { Answer } from './exchange.ts';
import { retryAfterOf } from './retry-after.ts';

const statuses = [408, 429, 500, 502, 503, 504];
const FIRST_MS = 300;
const MOST_MS = 8_000;
/** A server that asks for more patience than this gets its answer through to the caller, who can plan for it. */
const PATIENCE_MS = 60_000;

/** Anything up to a bound that doubles ("full jitter"), so that callers who failed together do not return together. */
function backoff(attempt: number): number {
  return Math.random() * Math.min(MOST_MS, FIRST_MS * 2 ** attempt);
}

/**
 * Waits for a time.
 * @throws AbortError
 */
export async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    await unlessAborted(signal, new Promise((resolve) => (timer = setTimeout(resolve, ms))));
  } finally {
    clearTimeout(timer);
  }
}

/** How long to wait after an answer; nothing if it is to be taken as it is. */
function waitAfter(answer: Answer, attempt: number): number | undefined {
  if (!statuses.includes(answer.status) && problemOf(answer)?.code !== 'conflict') return undefined;
  const wait = (retryAfterOf(answer.headers) ?? backoff(attempt) / 1000) * 1000;
  return wait > PATIENCE_MS ? undefined : wait;
}

/**
 * Tries until there is an answer that another try would not mend, or no try is left: again after 408, 429, 500, 502,
 * 503 and 504, after a `conflict`, of which nothing was done, after a lost connection and after a timeout.
 */
export async function retrying(
  attempt: () => Promise<Answer>,
  retries: number,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  for (let tried = 0; ; tried++) {
    let wait: number | undefined;
    try {
      const answer = await attempt();
      wait = tried < retries ? waitAfter(answer, tried) : undefined;
      if (wait === undefined) return answer;
    } catch (error) {
      const passing = error instanceof ConnectionError || error instanceof TimeoutError;
      if (!passing || tried >= retries) throw error;
      wait = backoff(tried);
    }
    await pause(wait, signal);
  }
}
