import ky from 'ky';
import { AbortError, ConnectionError, TimeoutError } from './errors.ts';

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

/** The runtime's own reason. A wrapper around it is left out, since it holds the request, and that the token. */
function reasonOf(error: unknown): unknown {
  return error instanceof Error && 'request' in error ? error.cause : error;
}

/**
 * Sends a request once and waits for the whole answer, whatever its status. Redirects are not followed: the token is
 * for this origin only.
 * @throws AbortError, TimeoutError, ConnectionError
 */
export async function exchange(request: Request): Promise<Answer> {
  const { url, method, headers, body, timeoutMs, signal, fetch } = request;
  const where = `${method} ${url.replace(/\?.*/s, '')}`;
  if (signal?.aborted) throw new AbortError(`${where} was aborted.`);
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  signal?.addEventListener('abort', abort, { once: true });
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    controller.abort();
  }, timeoutMs);
  try {
    const response = await ky(url, {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
      ...(fetch === undefined ? {} : { fetch }),
      signal: controller.signal,
      redirect: 'manual',
      credentials: 'omit',
      throwHttpErrors: false,
      // Retries and timeouts are this SDK's own: they depend on the operation, and span the reading of the body.
      retry: 0,
      timeout: false,
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  } catch (error) {
    if (late) throw new TimeoutError(`${where} had no answer within ${timeoutMs} ms.`);
    if (signal?.aborted) throw new AbortError(`${where} was aborted.`);
    throw new ConnectionError(`${where} failed: no connection.`, { cause: reasonOf(error) });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}
