import type { Happening, Me } from '../../generated/types.ts';
import { fixtures } from '../fixtures.ts';
import { createFailures, type FailureKind, type FailureOptions, type Failures } from './failures.ts';
import { genericReply } from './generic.ts';
import { createKeys } from './keys.ts';
import { type Given, listsOf } from './lists.ts';
import type { OperationNames } from './names.ts';
import { simulated } from './player.ts';
import { type Asked, NOT_FOUND, type Reply } from './reply.ts';
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
  fail(operation: OperationNames, how: FailureKind, options?: FailureOptions): void;
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

function worldOf(state: MockState, newId: World['newId'], tell: World['tell']): World {
  return {
    lists: listsOf(state.given ?? {}, state.examples === false),
    rules: state.rules ?? [],
    receipts: new Map(),
    me: fixtures.me(state.me),
    now: () => new Date(state.now?.() ?? Date.now()).toISOString(),
    newId,
    tell,
  };
}

function idMaker(): (kind: string) => string {
  let made = 0;
  return (kind) => {
    made += 1;
    // As Laurel's own look: some of them must.
    return `${kind.slice(0, 3)}_${String(made).padStart(26, '0')}`;
  };
}

function replyTo(route: Route, asked: Asked, world: World): Reply {
  const reply = simulated[route.name]?.(world, asked);
  if (reply === undefined) return genericReply(route, asked, world);
  // Where nobody said what there is, there is everything, as in the contract's examples.
  const isOpen = ![`${route.context}.${route.resource}.list`, 'app.missions.list'].some(world.lists.isGiven);
  return isOpen && reply === NOT_FOUND ? genericReply(route, asked, world) : reply;
}

/** Why a call gets no answer of its operation: a failure that was asked for, or no token. */
function obstacle(route: Route, asked: Asked, failures: Failures, requestId: string): Response | undefined {
  const failure = failures.next(route);
  if (failure?.how === 'no_connection') return Response.error();
  if (failure !== undefined) {
    const { detail = 'The test asked for it.', retryAfter } = failure.options;
    const refusal = { problem: failure.how, detail, ...(retryAfter === undefined ? {} : { retryAfter }) };
    return refused(refusal, asked.path, requestId);
  }
  const isPublic = route.resource === 'health';
  if (isPublic || asked.headers.get('authorization')?.startsWith('Bearer ') === true) return undefined;
  return refused({ problem: 'invalid_token', detail: 'Send a token.' }, asked.path, requestId);
}

/** A mock of the whole API for one player, with its state in memory. */
export function createMock(state: MockState): Mock {
  const stream = telling();
  const newId = idMaker();
  const failures = createFailures();
  const keys = createKeys();
  const calls: MockCall[] = [];
  let world = worldOf(state, newId, stream.tell);

  function responseTo(route: Route, asked: Asked, requestId: string): Response {
    const refusal = obstacle(route, asked, failures, requestId);
    if (refusal !== undefined) return refusal;
    if (route.name === 'app.live.subscribe') return stream.open(asked.headers.get('last-event-id'));
    const reply = keys.once(route, asked, () => replyTo(route, asked, world));
    return written(route, reply, asked, requestId);
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
    fail: failures.add,
    tell: stream.tell,
    reset() {
      world = worldOf(state, newId, stream.tell);
      keys.reset();
      failures.reset();
      calls.length = 0;
      stream.reset();
    },
  };
}
