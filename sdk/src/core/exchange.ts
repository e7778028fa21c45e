import ky from 'ky';
import { unlessAborted } from './abort.ts';
import { ConnectionError, LaurelError, TimeoutError } from './errors.ts';

/** One request, ready to be sent, as often as need be. */
export interface Request {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: string | undefined;
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  readonly fetch: typeof globalThis.fetch | undefined;
}

/** A whole answer. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

async function wholeAnswer({ url, method, headers, body, fetch }: Request, signal: AbortSignal): Promise<Answer> {
  const response = await ky(url, {
    method,
    headers,
    ...(body === undefined ? {} : { body }),
    ...(fetch === undefined ? {} : { fetch }),
    signal,
    // The token is for this origin only, and cookies are for nobody.
    redirect: 'manual',
    credentials: 'omit',
    throwHttpErrors: false,
    // Retries and timeouts are this SDK's own: they depend on the operation, and span the reading of the body.
    retry: 0,
    timeout: false,
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/**
 * Sends a request once and waits for the whole answer, whatever its status. Redirects are not followed.
 * @throws AbortError, TimeoutError, ConnectionError
 */
export async function exchange(request: Request): Promise<Answer> {
  const { url, method, timeoutMs, signal } = request;
  const where = `${method} ${url.replace(/\?.*/s, '')}`;
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TimeoutError(`${where}: no answer within ${timeoutMs} ms.`)), timeoutMs);
  });
  try {
    return await unlessAborted(signal, Promise.race([late, wholeAnswer(request, controller.signal)]));
  } catch (error) {
    if (error instanceof LaurelError) throw error;
    throw new ConnectionError(`${where}: no connection.`, { cause: error });
  } finally {
    clearTimeout(timer);
    controller.abort();
  }
}
