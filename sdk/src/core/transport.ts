import { unlessAborted } from './abort.ts';
import { type Answer, factsOf, problemOf, resultOf } from './answer.ts';
import { exchange } from './exchange.ts';
import { type FixedHeaders, setAll } from './headers.ts';
import type { CallOptions, ConnectionOptions } from './options.ts';
import { retrying } from './retry.ts';
import type { TokenSource } from './token.ts';
import { checkedUrl } from './url.ts';

/** A call of an operation, before it has a token. */
export interface Call {
  readonly method: string;
  /** Below the base URL, with the query. */
  readonly path: string;
  /** JSON. */
  readonly body: string | undefined;
  /** What the operation itself sends. */
  readonly headers: FixedHeaders;
  /** Whether sending it twice is sending it once. */
  readonly repeatable: boolean;
  readonly options: CallOptions;
}

/** Sends a call and gives what its answer carries. */
export type Send = (call: Call) => Promise<unknown>;

/** How long an attempt may take where nobody says otherwise, in milliseconds. */
export const TIMEOUT_MS = 10_000;
/** How often a call is tried again where nobody says otherwise. */
export const RETRIES = 2;

/**
 * What sends the calls of a client.
 * @param fixed headers of every call, such as the player that a machine acts for
 * @throws UsageError if the base URL is none
 */
export function transport(connection: ConnectionOptions, tokens: TokenSource, fixed: FixedHeaders = {}): Send {
  const { timeoutMs = TIMEOUT_MS, maxRetries = RETRIES, fetch, hooks } = connection;
  const base = checkedUrl('baseUrl', connection.baseUrl);

  async function sendWith(token: string, call: Call): Promise<Answer> {
    const { method, path, body, repeatable, options } = call;
    const url = base + path;
    const headers = new Headers();
    setAll(headers, {
      ...options.headers,
      accept: 'application/json, application/problem+json',
      'content-type': body && 'application/json',
      ...call.headers,
      ...fixed,
      authorization: undefined,
    });
    hooks?.onRequest?.({ method, url, headers });
    setAll(headers, { authorization: `Bearer ${token}` });
    const request = { ...options, url, method, headers, body, timeoutMs: options.timeoutMs ?? timeoutMs, fetch };
    const attempt = async (nth: number): Promise<Answer> => {
      const began = Date.now();
      let answer: Answer | undefined;
      let error: unknown;
      try {
        answer = await exchange(request);
        return answer;
      } catch (reason) {
        error = reason;
        throw reason;
      } finally {
        const facts = answer && { ...factsOf(answer.response), headers: answer.response.headers };
        const told = { method, url, attempt: nth, ms: Date.now() - began, error, ...facts };
        hooks?.onAttempt?.(told);
        options.onAttempt?.(told);
      }
    };
    return retrying(attempt, repeatable ? maxRetries : 0, options.signal);
  }

  async function answerTo(call: Call): Promise<Answer> {
    const token = await tokens();
    const answer = await sendWith(token, call);
    if (problemOf(answer)?.code !== 'invalid_token') return answer;
    // A refused token means that nothing was done, so even a call that is not repeatable can be sent again, once.
    const fresh = await tokens(token);
    return fresh === token ? answer : sendWith(fresh, call);
  }

  return async (call) => resultOf(await unlessAborted(call.options.signal, () => answerTo(call)));
}
