/**
 * Fetches what comes as CSV as one JSON text, so that it is read like any other answer; problems stay as they are. For
 * backends alone, which is why it wraps what fetches: the browser's client carries nothing of it.
 */
export function csvFetch(given: typeof fetch | undefined): typeof fetch {
  return async (...call) => {
    const answer = await (given ?? fetch)(...call);
    if (!/^text\/csv\b/i.test(answer.headers.get('content-type') ?? '')) return answer;
    const headers = new Headers(answer.headers);
    for (const name of ['content-length', 'content-encoding']) headers.delete(name);
    headers.set('content-type', 'application/json');
    return new Response(JSON.stringify(await answer.text()), { status: answer.status, headers });
  };
}
