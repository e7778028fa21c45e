import { problem, type Received, type Reply, serve } from './server.ts';

/** An issuer and an API in one, as far as the program of `consumers/matrix` goes. */
function answer(url: string, { url: path, method, body, headers }: Received): Reply {
  if (path === '/oauth2/token' || path === '/token') {
    return { json: { access_token: 'issued', token_type: 'Bearer', expires_in: 600 } };
  }
  if (path === '/.well-known/openid-configuration') {
    return { json: { issuer: url, authorization_endpoint: `${url}/authorize`, token_endpoint: `${url}/token` } };
  }
  if (!/^Bearer (player|issued)$/.test(headers.authorization ?? '')) return problem(401, 'invalid_token');
  if (path === '/app/v1/live') {
    return { headers: { 'content-type': 'text/event-stream' }, text: 'id: 1\ndata: {"id":"hap_1"}\n\n' };
  }
  if (path === '/dashboard/v1/missions/missing') return problem(404, 'not_found');
  if (path === '/app/v1/events/batch') {
    const events: object[] = JSON.parse(body).events;
    return { json: { items: events.map((event) => ({ status: 'accepted', receipt: { event, effects: {} } })) } };
  }
  if (method === 'POST') return { json: { event: JSON.parse(body), effects: {} } };
  const [id, nextCursor] = path.includes('cursor') ? ['b', null] : ['a', 'next'];
  return { json: { items: [{ id }], nextCursor } };
}

/** What the program of `consumers/matrix` talks to, for the length of one test. */
export async function serveEveryEntry(): Promise<string> {
  const { url } = await serve((request) => answer(url, request));
  return url;
}

/** What the program tells where every entry works. */
export const everyEntryWorks = {
  items: ['a', 'b'],
  tracked: 'lesson.completed',
  problem: 'not_found',
  recognised: [true, true, true, true],
  acted: [{ id: 'a' }],
  live: 'hap_1',
  returned: '/home',
  signedIn: 'issued',
  queued: ['lesson.completed'],
  verified: 'hap_1',
  forged: ['wrong_signature', true],
};
