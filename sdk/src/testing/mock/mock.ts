import type { Happening, Me, Problem } from '../../generated/types.ts';
import { fixtures } from '../fixtures.ts';
import { genericReply } from './generic.ts';
import { type Given, listsOf } from './lists.ts';
import type { OperationNames } from './names.ts';
import { simulated } from './player.ts';
import { type Asked, isRefusal, NOT_FOUND, type Reply } from './reply.ts';
import { findRoute, type Route } from './routes.ts';
import { telling } from './stream.ts';
import type { MockRule, World } from './world.ts';
import { bodyOf, refused, written } from './written.ts';

/** What a mock begins with. */
export interface MockState {
  /** What lists hold, by the operation that reads them: `{ 'app.missions.list': [fixtures.playerMission()] }`. */
  readonly given?: Given;
  /** Lists that are not given begin with the contract's example; `false` has them begin empty. */
  readonly examples?: boolean;
  /** The player, of whom there is one. */
  readonly me?: Partial<Me>;
  /** What activities give, beside what missions do. */
  readonly rules?: readonly MockRule[];
  /** The time of the mock; the machine's by default. */
  readonly now?: () => string | Date;
}

/** How a failure goes. */
export interface FailureOptions {
  /** How many calls fail; 1 where it is missing, `Infinity` until the reset. */
  readonly times?: number;
  readonly detail?: string;
  /** Seconds to wait before the next try, as `Retry-After`. */
  readonly retryAfter?: number;
}

/** A call that a mock has answered. */
export interface MockCall {
  /** The whole name of the operation: `app.missions.list`. */
  readonly operation: string;
  readonly params: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly status: number;
}

/** What a mock can be told in the middle of a test. */
export interface MockControls {
  /** Has the next calls of an operation refused, or cut off (`'no_connection'`). */
  fail(operation: OperationNames, how: Problem['code'] | 'no_connection', options?: FailureOptions): void;
  /** Tells a happening to whoever listens by `@laurel/sdk/live`. */
  tell(happening: Happening): void;
  /** Everything as it was in the beginning: state, failures, calls. Streams end. */
  reset(): void;
  /** The calls so far, in order. */
  readonly calls: readonly MockCall[];
}

/** A mock: its controls, and what answers. */
export interface Mock extends MockControls {
  /** Answers a request, by its path below the base URL. */
  answer(request: Request, path: string): Promise<Response>;
}

interface Failure {
  readonly operation: string;
  readonly how: Problem['code'] | 'no_connection';
  readonly options: FailureOptions;
  left: number;
}

function isFor({ operation, left }: Failure, { name, context }: Route): boolean {
  return left > 0 && (operation === name || `${context}.${operation}` === name);
}

/** A mock of the whole API for one player, with its state in memory. */
export function createMock(state: MockState): Mock {
  const stream = telling();
  const calls: MockCall[] = [];
  let failures: Failure[] = [];
  let made = 0;
  const newId = (kind: string): string => {
    made += 1;
    return `${kind}_mock_${String(made).padStart(6, '0')}`;
  };
  const now = (): string => new Date(state.now?.() ?? Date.now()).toISOString();
  const begin = (): World => ({
    lists: listsOf(state.given ?? {}, state.examples === false),
    rules: state.rules ?? [],
    receipts: new Map(),
    me: fixtures.me(state.me),
    now,
    newId,
    tell: stream.tell,
  });
  let world = begin();
  let kept = new Map<string, { readonly asked: string; readonly reply: Reply }>();

  function failureOf(route: Route): Failure | undefined {
    const failure = failures.find((one) => isFor(one, route));
    if (failure !== undefined) failure.left -= 1;
    return failure;
  }

  function replyTo(route: Route, asked: Asked): Reply {
    const reply = simulated[route.name]?.(world, asked);
    if (reply === undefined) return genericReply(route, asked, world);
    // Where nobody said what there is, there is everything, as in the contract's examples.
    const isOpen = ![`${route.context}.${route.resource}.list`, 'app.missions.list'].some(world.lists.isGiven);
    return isOpen && reply === NOT_FOUND ? genericReply(route, asked, world) : reply;
  }

  /** The same key, the same answer; and never another request under it. */
  function once(route: Route, asked: Asked): Reply {
    const key = asked.headers.get('idempotency-key');
    if (key === null) return replyTo(route, asked);
    const text = JSON.stringify([route.name, asked.path, asked.body]);
    const before = kept.get(key);
    if (before !== undefined && before.asked !== text)
      return { problem: 'idempotency_mismatch', detail: 'The key was used for another request.' };
    if (before !== undefined) {
      const { reply } = before;
      return isRefusal(reply) ? reply : { ...reply, headers: { ...reply.headers, 'idempotent-replayed': 'true' } };
    }
    const reply = structuredClone(replyTo(route, asked));
    kept.set(key, { asked: text, reply });
    return reply;
  }

  function responseTo(route: Route, asked: Asked, requestId: string): Response {
    const failure = failureOf(route);
    if (failure?.how === 'no_connection') return Response.error();
    if (failure !== undefined) {
      const { detail = 'The test asked for it.', retryAfter } = failure.options;
      const refusal = { problem: failure.how, detail, ...(retryAfter === undefined ? {} : { retryAfter }) };
      return refused(refusal, asked.path, requestId);
    }
    const isOpen = route.name.startsWith('platform.health.');
    if (!isOpen && !asked.headers.get('authorization')?.startsWith('Bearer '))
      return refused({ problem: 'invalid_token', detail: 'Send a token.' }, asked.path, requestId);
    if (route.name === 'app.live.subscribe') return stream.open(asked.headers.get('last-event-id'));
    return written(route, once(route, asked), asked, requestId);
  }

  return {
    calls,
    async answer(request, path) {
      const requestId = newId('req');
      const found = findRoute(request.method, path);
      if (found === undefined) return refused(NOT_FOUND, path, requestId);
      const { route, params } = found;
      const body = await bodyOf(request);
      const asked = { params, query: new URL(request.url).searchParams, headers: request.headers, body, path };
      const response = responseTo(route, asked, requestId);
      calls.push({ operation: route.name, params, body, status: response.status });
      return response;
    },
    fail(operation, how, options = {}) {
      failures.push({ operation, how, options, left: options.times ?? 1 });
    },
    tell: stream.tell,
    reset() {
      world = begin();
      kept = new Map();
      failures = [];
      calls.length = 0;
      stream.reset();
    },
  };
}
