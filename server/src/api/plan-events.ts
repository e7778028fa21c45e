import type { Event, EventReceipt } from '@laurel/contract/events/schema';
import type { User } from '@laurel/contract/users/schema';
import { stampsOf } from '../calendar/civil.ts';
import { periodsOf } from '../calendar/schedule.ts';
import {
  comparePositions,
  type Entry,
  isLimited,
  positionOf,
  recordsOf,
  type ScoreRecord,
  userFactsOf,
  zonesOf,
} from '../domain/index.ts';
import { monthOf } from '../domain/people/usage.ts';
import type { Write } from '../store/commit.ts';
import { saveEvent } from '../store/events.ts';
import { presentEffects } from './effects.ts';
import { walletEntries } from './entries.ts';
import type { Incoming, Ingest } from './incoming.ts';
import { type Plan, planChange } from './plan.ts';
import { foldedOf } from './plan-lines.ts';
import { type PlayerView, viewAfter } from './player-view.ts';
import { ProblemError } from './problem.ts';
import { momentIn, zoneOf } from './reader.ts';
import type { Taken } from './taken.ts';
import { withTeams } from './team-stamps.ts';

/** What an item came to. */
export type Outcome = { readonly receipt: EventReceipt } | { readonly problem: ProblemError };

/** How some events of a player were settled. */
export interface Settled {
  readonly outcomes: ReadonlyMap<number, Outcome>;
  /** The player after them. */
  readonly view: PlayerView;
  /** What they took of what all players share. */
  readonly taken: readonly Taken[];
}

/** Why an event is refused that does not even fit into a transaction by itself. */
const TOO_MUCH = 'The rules give more for this event than one transaction can hold: lower the number of rewards.';

/** How many events are decided together at first; where they do not fit into one transaction, ever fewer are. */
const TOGETHER = 24;

interface Planned extends Settled {
  readonly writes: readonly Write[];
  /** The scores that moved. */
  readonly moved: readonly ScoreRecord[];
  /** Whether any of it was decided by what all players share. */
  readonly asked: boolean;
}

/**
 * Plans the first events in the order of the history, as many as fit into the room that a transaction has for writes; the
 * rest is left for the next one.
 */
export async function planSome(
  ingest: Ingest,
  user: User,
  view: PlayerView,
  { fresh, room }: { readonly fresh: readonly Incoming[]; readonly room: number },
): Promise<Planned> {
  const entries = await withTeams(
    ingest.call,
    ingest.rulebook.ruleset,
    user.id,
    fresh.map(({ event }) => entryOf(ingest, user, event)),
  );
  const queue = fresh
    .flatMap((incoming, place) => entries.slice(place, place + 1).map((entry) => ({ incoming, entry })))
    .toSorted((a, b) => comparePositions(positionOf(a.entry), positionOf(b.entry)));
  let asked = false;
  for (let count = TOGETHER; ; count = Math.floor(count / 2)) {
    const chosen = queue.slice(0, count);
    const [first] = chosen;
    if (first === undefined) throw new Error('an event was left without a plan');
    const added = chosen.map(({ entry }) => entry);
    const plan = await planChange(ingest.call, view, { added, voided: null, usedIn: monthOf(ingest.call.realNow) });
    const refusal = 'code' in plan ? plan.detail : TOO_MUCH;
    if (plan.kind === 'planned') {
      asked ||= plan.asked;
      const told = chosen.map(({ incoming }, place) => tell(ingest, plan, incoming, place));
      const writes = [...plan.writes, ...told.flatMap((one) => one.writes)];
      if (writes.length <= room) {
        const outcomes = new Map(told.map(({ index, receipt }) => [index, { receipt }]));
        const lines = [...plan.lines, ...told.map(({ line }) => line)];
        const moved = recordsOf(plan.records.values(), 'score').flatMap(({ record }) => record ?? []);
        const taken = [{ draws: plan.draws, gifts: plan.gifts }];
        return { outcomes, writes, moved, asked, taken, view: viewAfter(view, { ...plan, lines }) };
      }
    }
    if (count > 1 && chosen.length > 1) {
      count = Math.min(count, chosen.length);
      continue;
    }
    const problem = new ProblemError('unprocessable', refusal);
    const outcomes = new Map([[first.incoming.index, { problem }]]);
    return { outcomes, writes: [], moved: [], asked, taken: [], view };
  }
}

/** The receipt of an event of a plan, and what keeps the event. */
function tell({ call, rulebook }: Ingest, plan: Plan, incoming: Incoming, place: number) {
  const { index, event, digest } = incoming;
  const entry = plan.added[place];
  const outcome = plan.outcomes[place];
  if (entry === undefined || outcome === undefined) throw new Error('an event of a plan has no outcome');
  const ledger = walletEntries(call.scope, event.userId, plan.postingsOf(event.id), call.now);
  const effects = presentEffects(
    { plan, entry: event.id, outcome, ledger },
    rulebook,
    momentIn(entry.userZone, call.now),
  );
  const receipt: EventReceipt = { event: { ...event, limited: isLimited(outcome) }, effects };
  const line = { entry, folded: foldedOf(outcome) };
  return {
    index,
    receipt,
    line: { ...line, voided: null },
    writes: saveEvent(call.platform.table, call.scope, receipt, line, digest),
  };
}

/** An event as an entry of its player's history. */
function entryOf({ workspace, rulebook }: Ingest, user: User, { voidedAt: _, limited: __, ...event }: Event): Entry {
  const userZone = zoneOf(user, workspace);
  return {
    ...event,
    userZone,
    user: userFactsOf(user, workspace),
    stamps: stampsOf(event.occurredAt, zonesOf(rulebook.ruleset, userZone)),
    periods: periodsOf(event.occurredAt, rulebook.ruleset.schedules, userZone),
    ruleset: rulebook.version,
    act: null,
  };
}
