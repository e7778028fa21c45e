import type { Activity, ActivityLimit } from '@laurel/contract/types';
import { ALL_TIME, periodKey } from '../calendar.ts';
import { type PlayerEvent, stampIn } from '../event.ts';
import type { Folded } from '../fold/decide.ts';
import type { Change } from '../fold/difference.ts';
import type { Entry } from '../fold/entry.ts';
import { isOver } from '../fold/retire.ts';
import type { Turn } from '../fold/turn.ts';
import { lookup, withEntry } from '../record.ts';

/** How many events of an activity counted in one period. */
export interface LimitCounter {
  readonly count: number;
  /** When the latest of them occurred. */
  readonly last: string;
}

/** By activity, then by period and zone as its limits name them: `2026-11-24 user`. */
export type LimitCounters = Readonly<Record<string, Readonly<Record<string, LimitCounter>>>>;

/** How an event stands to one limit. */
interface Standing {
  readonly limit: ActivityLimit;
  readonly key: string;
  readonly period: string;
  /** How many counted before it. */
  readonly counted: number;
}

/** Says of an entry that it is over a limit, among its marks. */
const MARK = 'limited';

/** Whether an event was over a limit when it was folded. */
export function isLimited({ marks }: Pick<Folded, 'marks'>): boolean {
  return marks.some((mark) => mark.startsWith(`${MARK} `));
}

/**
 * Whether the event of a turn is within the limits of its activity, and counts; it is counted then. What is over one
 * says so, is told in the trace, and takes up no other limit: limits are of events that count.
 */
export function admitEvent(turn: Turn): boolean {
  const activity = turn.ruleset.activities.get(turn.entry.activity);
  if (activity?.limits === undefined) return true;
  const counters = lookup(turn.state.limits ?? {}, activity.id) ?? {};
  const standings = activity.limits.map((limit) => standingOf(limit, counters, turn.entry));
  const reached = standings.find(({ limit, counted }) => counted >= limit.count);
  if (reached !== undefined) {
    turn.marks.push(`${MARK} ${turn.entry.id}`);
    turn.trace.push(traceOf(activity, reached));
    return false;
  }
  const limits = withEntry(turn.state.limits ?? {}, activity.id, counted(counters, standings, turn.entry));
  turn.state = { ...turn.state, limits };
  return true;
}

function standingOf(limit: ActivityLimit, counters: LimitCounters[string], event: PlayerEvent): Standing {
  const period = limit.every === 'ever' ? ALL_TIME : periodKey(limit.every, stampIn(event, limit.zone));
  const key = `${period} ${limit.zone}`;
  return { limit, key, period, counted: lookup(counters, key)?.count ?? 0 };
}

/** The counters after the event counted. Periods that nothing can fall in any more are forgotten. */
function counted(
  before: LimitCounters[string],
  standings: readonly Standing[],
  { occurredAt }: PlayerEvent,
): LimitCounters[string] {
  const kept = Object.entries(before).filter(([key, { last }]) => !isOver(key.split(' ')[0] ?? '', last, occurredAt));
  const current = standings.map(({ key, counted: count }) => [key, { count: count + 1, last: occurredAt }] as const);
  return Object.fromEntries([...kept, ...current]);
}

function traceOf({ id, version }: Activity, { limit, period, counted: already }: Standing): Turn['trace'][number] {
  const { every, zone, count: most } = limit;
  const values = { every, zone, period, most, counted: already };
  return { kind: 'activity', id, version, fired: false, why: 'limit_reached', values };
}

/** Entries that counted and are over a limit now, or the other way round, in their order. */
export function limitFlips(
  changes: readonly Change[],
): { readonly entry: Entry /** As it is now. */; readonly limited: boolean }[] {
  return changes.flatMap(({ entry, before, after }) => {
    if (before === null || after === null || isLimited(before) === isLimited(after)) return [];
    return [{ entry, limited: isLimited(after) }];
  });
}
