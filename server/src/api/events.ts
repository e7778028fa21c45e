import type { Contract } from '@laurel/contract';
import type { BatchItem, BatchReceipt, Event, EventReceipt } from '@laurel/contract/events/schema';
import type { User } from '@laurel/contract/users/schema';
import { utcInstant } from '../calendar/civil.ts';
import { commit } from '../store/commit.ts';
import { type EventRecord, getEvent, listEvents, listPlayerEvents } from '../store/events.ts';
import { getUsers, userIdsByExternalId } from '../store/users.ts';
import { ATTEMPTS, backOff } from './attempts.ts';
import { type BatchTurn, batchTurns } from './batch-turns.ts';
import { type CallContext, type Handlers, type PlayerRef, pageOf, reachOf } from './call.ts';
import { explainEvent } from './explain.ts';
import type { Ingest, SentEvent } from './incoming.ts';
import { ingestForPlayer, type Outcome } from './ingest.ts';
import { playerEventPage } from './player-events.ts';
import { notFound, ProblemError, problemBody, unknownReference } from './problem.ts';
import { newUser } from './profile.ts';
import { findUser, playerOf, workspaceOf } from './reader.ts';
import { userCreated } from './user-writes.ts';
import { voidEvent } from './void.ts';

/** An event and whose it is. */
interface Addressed {
  readonly sent: SentEvent;
  readonly player: PlayerRef;
}

/** How many players of a batch are worked on at a time. */
const PLAYERS_AT_A_TIME = 8;

function refOf(sent: {
  readonly userId?: string | undefined;
  readonly externalUserId?: string | undefined;
}): PlayerRef {
  const { userId, externalUserId } = sent;
  if (userId !== undefined && externalUserId === undefined) return { userId };
  if (externalUserId !== undefined && userId === undefined) return { externalUserId };
  const error = { pointer: '/userId', code: 'invalid', message: 'name the user by userId or by externalUserId' };
  throw new ProblemError('invalid_request', 'Name the user by userId or by externalUserId, never both.', {
    errors: [error],
  });
}

function nameOf(player: PlayerRef): string {
  return 'userId' in player ? `id ${player.userId}` : `external ${player.externalUserId}`;
}

/** Who a reference means, as one name for all references to the same user. */
function personOf(known: ReadonlyMap<string, User>, player: PlayerRef): string {
  const user = known.get(nameOf(player));
  return nameOf(user === undefined ? player : { userId: user.id });
}

/** Creates the user of an unknown external id; a call that was quicker has made the same user. */
async function createUnknown({ call, dryRun }: Ingest, externalId: string): Promise<User> {
  const user = newUser({ externalId }, call.platform.newId('user'), call.now);
  if (dryRun) return user;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const result = await commit(call.platform.table, await userCreated(call, user));
    if (result.kind === 'committed') return user;
    const found = await findUser(call, { externalUserId: externalId });
    if (found !== undefined) return found;
    await backOff(attempt);
  }
  throw new ProblemError('conflict');
}

/** The users whom references name, by `nameOf`; unknown ones are absent. */
async function findUsers(call: CallContext, players: readonly PlayerRef[]): Promise<Map<string, User>> {
  const { table } = call.platform;
  const external = players.flatMap((player) => ('externalUserId' in player ? [player.externalUserId] : []));
  const ids = await userIdsByExternalId(table, call.scope, external);
  const idOf = (player: PlayerRef) => ('userId' in player ? player.userId : ids.get(player.externalUserId));
  const users = await getUsers(
    table,
    call.scope,
    players.flatMap((player) => idOf(player) ?? []),
  );
  return new Map(
    players.flatMap((player) => {
      const user = users.get(idOf(player) ?? '');
      return user === undefined ? [] : [[nameOf(player), user] as const];
    }),
  );
}

/** Where the player was named: in a header on the app's routes, in the body elsewhere. */
function pointerTo({ call }: Ingest, player: PlayerRef): string {
  const [header, field] = 'userId' in player ? ['x-user-id', 'userId'] : ['x-external-user-id', 'externalUserId'];
  return call.player === undefined ? `/${field}` : `/headers/${header}`;
}

async function userFor(ingest: Ingest, player: PlayerRef, known: ReadonlyMap<string, User>): Promise<User> {
  const user = known.get(nameOf(player));
  if (user !== undefined) {
    if (user.status !== 'active') throw new ProblemError('unprocessable', 'The user is suspended and earns nothing.');
    return user;
  }
  if ('externalUserId' in player && ingest.workspace.createsUnknownUsers)
    return createUnknown(ingest, player.externalUserId);
  throw unknownReference(pointerTo(ingest, player), 'user');
}

/** Counts events of any players, in order for each of them, and answers for each event. */
async function ingestAll(call: CallContext, events: readonly Addressed[], dryRun: boolean): Promise<Outcome[]> {
  const [workspace, rulebook] = await Promise.all([workspaceOf(call), call.platform.rulebooks(call.scope)]);
  const ingest: Ingest = { call, workspace, rulebook, dryRun };
  const known = await findUsers(
    call,
    events.map(({ player }) => player),
  );
  const indexed = events.map((event, index) => ({ ...event, index }));
  // By who they are, not by what they are called: a batch may name one player in both ways.
  const groups = [...Map.groupBy(indexed, ({ player }) => personOf(known, player)).values()];
  const turns = batchTurns(groups.map((group) => group.flatMap(({ sent }) => sent.id ?? [])));
  const outcomes: Outcome[] = new Array(events.length);
  const waiting = groups.entries();
  const work = async () => {
    for (const [place, group] of waiting) {
      const turn = turns[place];
      if (turn === undefined) throw new Error('a player of a batch has no turn');
      try {
        const settled = await ingestGroup({ ...ingest, turn }, group, known);
        for (const [position, { index }] of group.entries()) {
          const outcome = settled[position];
          if (outcome !== undefined) outcomes[index] = outcome;
        }
      } finally {
        turn.done();
      }
    }
  };
  await Promise.all(Array.from({ length: PLAYERS_AT_A_TIME }, work));
  return outcomes;
}

async function ingestGroup(
  ingest: Ingest & { readonly turn: BatchTurn },
  group: readonly Addressed[],
  known: ReadonlyMap<string, User>,
): Promise<readonly Outcome[]> {
  const [first] = group;
  if (first === undefined) return [];
  try {
    const user = await userFor(ingest, first.player, known);
    return await ingestForPlayer(
      ingest,
      user,
      group.map(({ sent }) => sent),
    );
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return group.map(() => ({ problem: error }));
  }
}

async function track(
  call: CallContext,
  event: Addressed,
  dryRun: boolean | undefined,
): Promise<{ body: EventReceipt }> {
  const [outcome] = await ingestAll(call, [event], dryRun ?? false);
  if (outcome === undefined) throw new Error('an event was left without an answer');
  if ('problem' in outcome) throw outcome.problem;
  return { body: outcome.receipt };
}

function itemOf(call: CallContext, outcome: Outcome): BatchItem {
  if ('receipt' in outcome) return { status: 'accepted', receipt: outcome.receipt };
  return { status: 'rejected', problem: problemBody(outcome.problem, { path: call.path, requestId: call.requestId }) };
}

function batchOf(call: CallContext, outcomes: readonly Outcome[]): { body: BatchReceipt } {
  const items = outcomes.map((outcome) => itemOf(call, outcome));
  const accepted = items.filter((item) => item.status === 'accepted').length;
  return { body: { accepted, rejected: items.length - accepted, items } };
}

function requiredPlayer(call: CallContext): PlayerRef {
  if (call.player === undefined) throw notFound();
  return call.player;
}

async function eventOfMine(call: CallContext, id: string): Promise<EventRecord> {
  const user = await playerOf(call);
  const record = await eventIn(call, id);
  if (record.event.userId !== user.id) throw notFound();
  return record;
}

export const appEvents: Handlers<Contract['app']['events']> = {
  async track(call) {
    const { dryRun, ...sent } = call.body;
    return track(call, { sent, player: requiredPlayer(call) }, dryRun);
  },

  async trackBatch(call) {
    const { events: sent, dryRun } = call.body;
    const player = requiredPlayer(call);
    return batchOf(
      call,
      await ingestAll(
        call,
        sent.map((one) => ({ sent: one, player })),
        dryRun ?? false,
      ),
    );
  },

  async list(call) {
    return { body: await playerEventPage(call, (await playerOf(call)).id) };
  },

  async get(call) {
    return { body: await eventOfMine(call, call.params.id) };
  },

  async explain(call) {
    return { body: await explainEvent(call, await eventOfMine(call, call.params.id), 'player') };
  },
};

/** What has become of an event. */
function stateOf({ voidedAt, limited }: Event): 'counted' | 'limited' | 'voided' {
  if (voidedAt !== null) return 'voided';
  return limited ? 'limited' : 'counted';
}

async function eventIn(call: CallContext, id: string): Promise<EventRecord> {
  const record = await getEvent(call.platform.table, call.scope, id);
  if (record === undefined) throw notFound();
  return record;
}

export const events: Handlers<Contract['dashboard']['events']> = {
  async track(call) {
    const { dryRun, userId, externalUserId, ...sent } = call.body;
    return track(call, { sent, player: refOf({ userId, externalUserId }) }, dryRun);
  },

  async trackBatch(call) {
    const { events: sent, dryRun } = call.body;
    const addressed = sent.map(({ userId, externalUserId, ...one }): Addressed | ProblemError => {
      try {
        return { sent: one, player: refOf({ userId, externalUserId }) };
      } catch (error) {
        if (error instanceof ProblemError) return error;
        throw error;
      }
    });
    const good = addressed.flatMap((one) => (one instanceof ProblemError ? [] : [one]));
    const settled = (await ingestAll(call, good, dryRun ?? false)).values();
    const outcomes = addressed.map((one): Outcome => {
      if (one instanceof ProblemError) return { problem: one };
      const { value } = settled.next();
      if (value === undefined) throw new Error('an event was left without an answer');
      return value;
    });
    return batchOf(call, outcomes);
  },

  async list(call) {
    const { userId, activity, state } = call.query;
    const from = call.query.from && utcInstant(call.query.from);
    const to = call.query.to && utcInstant(call.query.to);
    const filters = { userId, activity, from, to, state };
    const keep = (event: Event) =>
      (activity === undefined || event.activity === activity) &&
      (state === undefined || stateOf(event) === state) &&
      (from === undefined || event.occurredAt >= from) &&
      (to === undefined || event.occurredAt < to);
    const reach = reachOf(call, filters);
    const { table } = call.platform;
    const found =
      userId === undefined
        ? await listEvents(table, call.scope, reach, keep)
        : await listPlayerEvents(table, call.scope, userId, reach, keep);
    return { body: pageOf(call, filters, found, (event) => event) };
  },

  async get(call) {
    return { body: await eventIn(call, call.params.id) };
  },

  async explain(call) {
    return { body: await explainEvent(call, await eventIn(call, call.params.id), 'operator') };
  },

  async void(call) {
    return voidEvent(call, await eventIn(call, call.params.id), call.body.note);
  },
};
