import { type Answer, problemOf } from './answer.ts';
import { ConnectionError, TimeoutError } from './errors.ts';
import { pause } from './pause.ts';
import { retryAfterOf } from './retry-after.ts';

/** Anything up to a bound that doubles ("full jitter"), so that callers who failed together do not return together. */
function backoff(attempt: number): number {
  return Math.random() * Math.min(8_000, 150 * 2 ** attempt);
}

/** The milliseconds to wait after an answer; nothing if it is to be taken as it is. */
function waitAfter(answer: Answer, attempt: number): number | undefined {
  const { status, headers } = answer.response;
  if (![408, 429, 500, 502, 503, 504].includes(status) && problemOf(answer)?.code !== 'conflict') return undefined;
  const asked = retryAfterOf(headers);
  if (asked === undefined) return backoff(attempt);
  // A server that asks for more seconds gets its answer through to the caller, who can plan for it.
  return asked > 60 ? undefined : asked * 1000;
}

/**
 * Tries until there is an answer that another try would not mend, or no try is left: again after 408, 429, 500, 502,
 * 503 and 504, after a `conflict`, of which nothing was done, after a lost connection and after a timeout.
 */
export async function retrying(
  attempt: (nth: number) => Promise<Answer>,
  retries: number,
  signal?: AbortSignal | undefined,
): Promise<Answer> {
  for (let nth = 1; ; nth++) {
    let wait: number | undefined;
    try {
      const answer = await attempt(nth);
      wait = nth > retries ? undefined : waitAfter(answer, nth);
      if (wait === undefined) return answer;
    } catch (error) {
      if (!(error instanceof ConnectionError || error instanceof TimeoutError) || nth > retries) throw error;
      wait = backoff(nth);
    }
    await pause(wait, signal);
  }
}
