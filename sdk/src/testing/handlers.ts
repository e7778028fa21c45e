import { checkedUrl } from '../core/url.ts';
import { createMock, type MockControls, type MockState } from './mock/mock.ts';

/** What is needed of msw: its `http`, of version 2 or 3. */
export interface MockHttp<Handler> {
  /** Makes a handler for all methods. */
  all(path: string, resolver: (info: { readonly request: Request }) => Promise<Response>): Handler;
}

/** What handlers are made with. */
export interface LaurelHandlersOptions<Handler> extends MockState {
  /** The `http` of msw. The SDK loads none of its own, so it is the one that you set up. */
  readonly http: MockHttp<Handler>;
  /** As your client has it. */
  readonly baseUrl: string;
  /** As a backend's client has it; asked for a token, it gives one. */
  readonly tokenEndpoint?: string;
}

/** Handlers to spread into `setupServer` or `setupWorker`, and what they can be told. */
export interface LaurelHandlers<Handler> extends ReadonlyArray<Handler>, MockControls {}

/**
 * msw handlers for every operation of Laurel, made from its contract, with a state in memory: events count once by their
 * ids and move missions, wallets and rewards; lists have pages and cursors; calls with an Idempotency-Key happen once;
 * what is edited demands the version that was read. Conditions, schedules, streaks, boards and permissions are not
 * simulated, and there is one player, whoever calls: `createTestServer` has the real rules.
 * Throws a `UsageError` if the base URL is none.
 *
 * @example
 * const laurelApi = laurelHandlers({ http, baseUrl, given: { 'app.missions.list': [fixtures.playerMission()] } });
 * const server = setupServer(...laurelApi);
 * laurelApi.fail('missions.list', 'rate_limited', { times: 2 });
 */
export function laurelHandlers<Handler>(options: LaurelHandlersOptions<Handler>): LaurelHandlers<Handler> {
  const { http, tokenEndpoint } = options;
  const base = checkedUrl('baseUrl', options.baseUrl);
  const { answer, ...controls } = createMock(options);
  const below = new URL(base).pathname.replace(/\/$/, '').length;
  const handlers = ['app', 'dashboard', 'platform'].map((context) =>
    http.all(`${base}/${context}/v1/*`, ({ request }) => answer(request, new URL(request.url).pathname.slice(below))),
  );
  if (tokenEndpoint !== undefined) {
    const token = { access_token: 'mock', token_type: 'Bearer', expires_in: 3600 };
    handlers.push(http.all(tokenEndpoint, async () => Response.json(token)));
  }
  return Object.assign(handlers, controls);
}
