import { textOf } from './text.ts';

/** The request for what comes after an answer, which names it by its query alone; the token goes nowhere else. */
function nextOf(answer: Response, request: Request): Request | undefined {
  const [, query] = /^<(\?[^>]*)>; rel="next"$/.exec(answer.headers.get('link') ?? '') ?? [];
  return query === undefined ? undefined : new Request(new URL(query, request.url), request);
}

/**
 * Fetches what comes as CSV as one JSON text, so that it is read like any other answer; problems stay as they are. What
 * comes in parts is put together, with one line of names: where a part fails, that is the answer. For backends alone,
 * which is why it wraps what fetches: the browser's client carries nothing of it.
 */
export function csvFetch(given: typeof fetch | undefined): typeof fetch {
  return async (...call) => {
    const send = given ?? fetch;
    let request = new Request(...call);
    let answer = await send(request);
    let text = '';
    for (;;) {
      if (!/^text\/csv\b/i.test(answer.headers.get('content-type') ?? '')) return answer;
      const part = await textOf(answer);
      text += text === '' ? part : part.slice(part.indexOf('\n') + 1);
      const next = nextOf(answer, request);
      // Beyond that, who reads it gives it up.
      if (next === undefined || text.length > 2 ** 25) break;
      request = next;
      answer = await send(request);
    }
    const headers = new Headers(answer.headers);
    for (const name of ['content-length', 'content-encoding']) headers.delete(name);
    headers.set('content-type', 'application/json');
    return new Response(JSON.stringify(text), { status: answer.status, headers });
  };
}
