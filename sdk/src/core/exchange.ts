import ky, { TimeoutError as KyTimeoutError } from 'ky';
import { type Answer, jsonOf } from './answer.ts';
import { ConnectionError, LaurelError, TimeoutError } from './errors.ts';
import { textOf } from './text.ts';

/** One request, ready to be sent, as often as need be. */
export interface Outgoing {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: string | undefined;
  /** How long it may take, in milliseconds, until the whole answer is there. */
  readonly timeoutMs: number;
  /** Ends it: it is then rejected, with whatever. */
  readonly signal?: AbortSignal | undefined;
  readonly keepalive?: boolean | undefined;
  readonly fetch: typeof globalThis.fetch | undefined;
}

/**
 * Sends a request once and waits for the whole answer, whatever its status. Redirects are not followed.
 * @throws TimeoutError, ConnectionError, AnswerTooLargeError
 */
export async function exchange(request: Outgoing): Promise<Answer> {
  const { url, method, headers, body, timeoutMs, signal, keepalive = false, fetch = globalThis.fetch } = request;
  let json: unknown;
  try {
    const response = await ky(url, {
      method,
      headers,
      signal: signal ?? null,
      keepalive,
      // The token is for this origin only, and cookies are for nobody.
      redirect: 'manual',
      credentials: 'omit',
      throwHttpErrors: false,
      // What may be tried again depends on the operation and on the answer's body.
      retry: 0,
      // Beyond 2 ** 31 no timer can be set.
      timeout: timeoutMs < 2e9 && timeoutMs,
      // With the answer's body, so that the time spans the reading of it. The request's own is added here: ky would clone
      // it for retries that it never makes, and wait for ever to be rid of the clone where nothing was sent.
      fetch: async (input, init) => {
        const response = await fetch(body === undefined ? input : new Request(input, { body }), init);
        json = jsonOf(response.headers, await textOf(response));
        return response;
      },
    });
    return { response, json };
  } catch (error) {
    if (error instanceof LaurelError) throw error;
    const where = `${method} ${url.replace(/\?.*/s, '')}: no `;
    throw error instanceof KyTimeoutError
      ? new TimeoutError(`${where}answer within ${timeoutMs} ms.`)
      : new ConnectionError(`${where}connection.`, { cause: error });
  }
}
