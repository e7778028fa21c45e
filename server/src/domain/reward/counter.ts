import type { RewardCaps, RewardRule } from '@laurel/contract/types';
import { type CivilStamp, periodKey } from '../calendar.ts';
import { millisecondsOf } from '../duration.ts';
import { type PlayerEvent, stampIn } from '../event.ts';
import { isOver } from '../fold/retire.ts';
import { lookup } from '../record.ts';
import type { TraceEntry } from '../trace.ts';

/** How often a rule has paid a player. */
export interface RuleCounter {
  readonly total: number;
  /** When it paid last. */
  readonly last: string;
  /** By the key of the day, week or month, as far as they are capped. */
  readonly periods: Readonly<Record<string, { readonly count: number; readonly last: string }>>;
}

/** Why a rule does not pay a player, by what it paid them before. */
export interface Held {
  readonly why: 'cap_reached' | 'cooling_down';
  readonly values: TraceEntry['values'];
}

type Limited = Pick<RewardRule, 'caps' | 'cooldown'>;

const periods = [
  ['perDay', 'day'],
  ['perWeek', 'week'],
  ['perMonth', 'month'],
] as const;

/** Whether what a rule paid a player is counted. */
export function isCounted({ caps, cooldown }: Limited): boolean {
  const ofPlayer = caps !== undefined && (caps.perPlayer ?? caps.perDay ?? caps.perWeek ?? caps.perMonth);
  return cooldown !== undefined || typeof ofPlayer === 'number';
}

/** The capped periods that an event falls in. */
function cappedPeriods(caps: RewardCaps | undefined, event: PlayerEvent) {
  if (caps === undefined) return [];
  return periods.flatMap(([cap, every]) => {
    const most = caps[cap];
    if (most === undefined) return [];
    const stamp: CivilStamp = stampIn(event, caps.zone);
    return [{ cap, most, period: periodKey(every, stamp) }];
  });
}

/** What keeps a rule from paying a player for an event, if anything does. */
export function heldBack(
  { caps, cooldown }: Limited,
  counter: RuleCounter | undefined,
  event: PlayerEvent,
): Held | null {
  if (counter === undefined) return null;
  if (cooldown !== undefined) {
    const since = Date.parse(event.occurredAt) - Date.parse(counter.last);
    if (since < millisecondsOf(cooldown)) return { why: 'cooling_down', values: { lastPaidAt: counter.last } };
  }
  if (caps?.perPlayer !== undefined && counter.total >= caps.perPlayer) {
    return { why: 'cap_reached', values: { cap: 'perPlayer', most: caps.perPlayer, paid: counter.total } };
  }
  for (const { cap, most, period } of cappedPeriods(caps, event)) {
    const paid = lookup(counter.periods, period)?.count ?? 0;
    if (paid >= most) return { why: 'cap_reached', values: { cap, most, paid, period } };
  }
  return null;
}

/** The counter after the rule paid for an event. Periods that nothing can fall in any more are forgotten. */
export function counted({ caps }: Limited, before: RuleCounter | undefined, event: PlayerEvent): RuleCounter {
  const { occurredAt } = event;
  const current = cappedPeriods(caps, event).map(({ period }) => {
    const count = (before === undefined ? 0 : (lookup(before.periods, period)?.count ?? 0)) + 1;
    return [period, { count, last: occurredAt }] as const;
  });
  const kept = Object.entries(before?.periods ?? {}).filter(([period, { last }]) => !isOver(period, last, occurredAt));
  return {
    total: (before?.total ?? 0) + 1,
    last: occurredAt,
    periods: Object.fromEntries([...kept, ...current]),
  };
}
