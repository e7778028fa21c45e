import type { Hooks } from './options.ts';

/**
 * Hooks that write a line for each attempt: what was asked, what came of it, and the id of the request. Neither headers
 * nor bodies nor queries are written, so no secret gets there.
 *
 * @example
 * const laurel = new Laurel({ baseUrl, auth, hooks: logTo(console.debug) });
 * // laurel POST https://acme.eu.api.example.com/app/v1/events: 201 in 34 ms (req_01JD…)
 */
export function logTo(write: (line: string) => void): Hooks {
  return {
    onAttempt({ method, url, attempt, ms, status, requestId, error }) {
      const nth = attempt > 1 ? `, try ${attempt}` : '';
      const id = requestId ? ` (${requestId})` : '';
      write(`laurel ${method} ${url.split('?', 1)}: ${status ?? error} in ${ms} ms${nth}${id}`);
    },
  };
}
