import { unlessAborted } from './abort.ts';
import { type Answer, problemOf, resultOf } from './answer.ts';
import { UsageError } from './errors.ts';
import { exchange } from './exchange.ts';
import type { CallOptions, ConnectionOptions } from './options.ts';
import { retrying } from './retry.ts';
import type { TokenSource } from './token.ts';
import { checkedUrl } from './url.ts';

/** Headers by name; one without a value is not sent, whoever asks for it. */
export type FixedHeaders = Readonly<Record<string, string | undefined>>;

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

function headersOf({ headers, body, options }: Call, token: string, fixed: FixedHeaders): Headers {
  const own: FixedHeaders = {
    accept: 'application/json, application/problem+json',
    'content-type': body && 'application/json',
    ...headers,
    ...fixed,
    authorization: `Bearer ${token}`,
  };
  try {
    const all = new Headers(options.headers);
    for (const [name, value] of Object.entries(own)) value === undefined ? all.delete(name) : all.set(name, value);
    return all;
  } catch {
    // The runtime's own message quotes the value, which may be the token.
    throw new UsageError('The token, an id or a header of yours cannot be sent.');
  }
}

/**
 * What sends the calls of a client.
 * @param fixed headers of every call, such as the player that a machine acts for
 * @throws UsageError if the base URL is none
 */
export function transport(connection: ConnectionOptions, tokens: TokenSource, fixed: FixedHeaders = {}): Send {
  const { timeoutMs = TIMEOUT_MS, maxRetries = RETRIES, fetch } = connection;
  const base = checkedUrl('baseUrl', connection.baseUrl);

  async function sendWith(token: string, call: Call): Promise<Answer> {
    const { method, path, body, repeatable, options } = call;
    const request = {
      url: base + path,
      method,
      headers: headersOf(call, token, fixed),
      body,
      timeoutMs: options.timeoutMs ?? timeoutMs,
      signal: options.signal,
      fetch,
    };
    return retrying(() => exchange(request), repeatable ? maxRetries : 0, options.signal);
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
