import type { Contract } from '@laurel/contract';
import type { BatchItem, BatchReceipt, Event, EventReceipt } from '@laurel/contract/events/schema';
import type { User } from '@laurel/contract/users/schema';
import { utcInstant } from '../calendar/civil.ts';
import { type EventRecord, getEvent, listEvents, listPlayerEvents } from '../store/events.ts';
import { ATTEMPTS, backOff } from './attempts.ts';
import { type BatchTurn, batchTurns } from './batch-turns.ts';
import { type CallContext, type Handlers, type PlayerRef, pageOf, reachOf } from './call.ts';
import { addresseeOf, findUsers, personOf } from './event-users.ts';
import { explainEvent } from './explain.ts';
import type { Ingest, SentEvent } from './incoming.ts';
import { ingestForPlayer } from './ingest.ts';
import { AlreadyMade, MADE, withNewcomer } from './newcomers.ts';
import { roomsOf } from './people/usage-room.ts';
import type { Outcome } from './plan-events.ts';
import { playerEventPage } from './player-events.ts';
import { notFound, ProblemError, problemBody } from './problem.ts';
import { playerOf, workspaceOf } from './reader.ts';
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

/** Counts events of any players, in order for each of them, and answers for each event. */
async function ingestAll(call: CallContext, events: readonly Addressed[], dryRun: boolean): Promise<Outcome[]> {
  const [workspace, rulebook, rooms] = await Promise.all([
    workspaceOf(call),
    call.platform.rulebooks(call.scope),
    roomsOf(call, dryRun),
  ]);
  const ingest: Ingest = { call, workspace, rulebook, dryRun, rooms };
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
  // Where the plan may not have room for all, the first have it, and a dry run answers the same.
  const isTight = rooms.events.left() < events.length || rooms.players.left() < groups.length;
  await Promise.all(Array.from({ length: isTight ? 1 : PLAYERS_AT_A_TIME }, work));
  return outcomes;
}

async function ingestGroup(
  ingest: Ingest & { readonly turn: BatchTurn },
  group: readonly Addressed[],
  known: ReadonlyMap<string, User>,
): Promise<readonly Outcome[]> {
  const [first] = group;
  if (first === undefined) return [];
  const sent = group.map((one) => one.sent);
  const refused = (problem: ProblemError) => group.map((): Outcome => ({ problem }));
  let users = known;
  try {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const addressee = addresseeOf(ingest, first.player, users);
      if (!('unknown' in addressee)) return await ingestForPlayer({ ...ingest, making: MADE }, addressee, sent);
      const settled = await ingestForNewcomer(ingest, addressee.unknown, sent, refused);
      if (settled?.some((outcome) => 'receipt' in outcome)) return settled;
      // What was refused may be what a call that was quicker has made the user with, and is theirs then.
      users = await findUsers(ingest.call, [first.player]);
      if (settled !== undefined && users.size === 0) return settled;
      await backOff(attempt);
    }
    throw new ProblemError('conflict');
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return refused(error);
  }
}

/** The same of somebody unknown; nothing where a call that was quicker has made them. */
async function ingestForNewcomer(
  ingest: Ingest & { readonly turn: BatchTurn },
  externalId: string,
  sent: readonly SentEvent[],
  refused: (problem: ProblemError) => readonly Outcome[],
): Promise<readonly Outcome[] | undefined> {
  try {
    return await withNewcomer(ingest, externalId, (user, making) => ingestForPlayer({ ...ingest, making }, user, sent));
  } catch (error) {
    if (error instanceof AlreadyMade) return undefined;
    if (error instanceof ProblemError) return refused(error);
    throw error;
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
