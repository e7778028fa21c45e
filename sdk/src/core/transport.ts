import { problemOf, resultOf } from './answer.ts';
import { UsageError } from './errors.ts';
import { type Answer, exchange } from './exchange.ts';
import type { CallOptions, ConnectionOptions } from './options.ts';
import { retrying } from './retry.ts';
import { awaitToken, type TokenSource } from './token.ts';
import { checkedUrl } from './url.ts';

/** A call of an operation, before it has a token. */
export interface Call {
  readonly method: string;
  /** Below the base URL, with the query. */
  readonly path: string;
  /** JSON. */
  readonly body: string | undefined;
  /** What the operation itself sends. */
  readonly headers: Readonly<Record<string, string>>;
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

/** The names of the headers that say for which player a machine acts: exactly one of them may be sent. */
const subjects = ['x-user-id', 'x-external-user-id'];

function headersOf({ headers, body, options }: Call, token: string, fixed: Readonly<Record<string, string>>): Headers {
  try {
    const all = new Headers(options.headers);
    if (Object.keys(fixed).length > 0) for (const name of subjects) all.delete(name);
    const own = {
      accept: 'application/json, application/problem+json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
      ...fixed,
      authorization: `Bearer ${token}`,
    };
    for (const [name, value] of Object.entries(own)) all.set(name, value);
    return all;
  } catch {
    // The runtime's own message quotes the value, which may be the token.
    throw new UsageError('A header, the token or an id holds characters that a header cannot carry.');
  }
}

/**
 * What sends the calls of a client.
 * @param fixed headers of every call, such as the player that a machine acts for
 * @throws UsageError if the base URL is none
 */
export function transport(
  connection: ConnectionOptions,
  tokens: TokenSource,
  fixed: Readonly<Record<string, string>> = {},
): Send {
  const { timeoutMs = TIMEOUT_MS, maxRetries = RETRIES, fetch } = connection;
  const base = checkedUrl('baseUrl', connection.baseUrl);

  async function sendWith(token: string, call: Call): Promise<Answer> {
    const { method, body, options } = call;
    const request = {
      url: base + call.path,
      method,
      headers: headersOf(call, token, fixed),
      body,
      timeoutMs: options.timeoutMs ?? timeoutMs,
      signal: options.signal,
      fetch,
    };
    return retrying(() => exchange(request), call.repeatable ? maxRetries : 0, options.signal);
  }

  return async (call) => {
    const { signal } = call.options;
    const token = await awaitToken(tokens(), signal);
    const answer = await sendWith(token, call);
    if (problemOf(answer)?.code !== 'invalid_token') return resultOf(answer);
    // A refused token means that nothing was done, so even a call that is not repeatable can be sent again, once.
    const fresh = await awaitToken(tokens(token), signal);
    return resultOf(fresh === token ? answer : await sendWith(fresh, call));
  };
}
