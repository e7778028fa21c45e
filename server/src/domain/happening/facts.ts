import type { Fact, StreakEffect } from '@laurel/contract/types';
import { isLimited, limitFlips } from '../activity/limits.ts';
import type { Change, Difference } from '../fold/difference.ts';
import type { Entry } from '../fold/entry.ts';
import { recordsOf } from '../fold/records.ts';
import type { Movement } from '../ledger/post.ts';
import { compareText } from '../order.ts';
import type { PlayerState, ProgressRecord, WalletState } from '../player.ts';
import { lookup } from '../record.ts';
import { type Given, isClaimCause } from '../reward/give.ts';
import { type ClaimChanges, claimFacts, givenOf, sourceOf } from './claims.ts';
import { tellMark } from './marks.ts';
import { type StreakView, streakMarkFacts } from './streaks.ts';

/** The progress of a mission before and after a change of the history; null where there was or is none. */
export interface ProgressChange {
  readonly id: string;
  readonly before: ProgressRecord | null;
  readonly after: ProgressRecord | null;
}

/** A change of a player's history, as far as there is something to tell of it. */
export interface Changed {
  readonly added: readonly Entry[];
  readonly voided: Entry | null;
  /** What each entry came to before, and comes to now. */
  readonly changes: readonly Change[];
  readonly difference: Difference;
  readonly progress: readonly ProgressChange[];
  readonly claims: ClaimChanges;
  readonly streaks: StreakView;
  /** What there is to tell besides. */
  readonly told: readonly Fact[];
  readonly wallets: { readonly before: PlayerState['wallets']; readonly after: PlayerState['wallets'] };
  /** When it is committed. What is taken back is taken back then, however long ago it was given. */
  readonly now: string;
}

/**
 * What the outside is told of a change: what time ended before it, the events, then what they moved, and last what the player has now. It is made
 * of what differs, so that nothing is told again that was so before; acts are told by what they bring about.
 */
export function factsOf(changed: Changed): Fact[] {
  const { difference, now } = changed;
  const times = timesOf(changed);
  const streaks = streakMarkFacts(difference, changed.streaks, times, now);
  return [
    ...expiryFacts(changed),
    ...streaks.before,
    ...eventFacts(changed),
    ...limitFacts(changed),
    ...changed.told,
    ...joinedFacts(changed),
    ...changed.progress.flatMap(progressFacts),
    ...markFacts(changed, times),
    ...streakFacts(changed),
    ...streaks.after,
    ...givenFacts(changed),
    ...claimFacts(changed.claims),
    ...difference.movements.flatMap((movement) => movementFacts(movement, now)),
    ...walletFacts(changed),
  ];
}

function eventFacts({ added, voided, changes, now }: Changed): Fact[] {
  const limited = new Set(changes.flatMap(({ entry, after }) => (after && isLimited(after) ? [entry.id] : [])));
  const counted = added.flatMap(({ act, id, activity, value, occurredAt }): Fact[] => {
    const data = { eventId: id, activity, value, limited: limited.has(id) };
    return act === null ? [{ type: 'event.counted', occurredAt, data }] : [];
  });
  if (voided === null || voided.act !== null) return counted;
  const data = { eventId: voided.id, activity: voided.activity };
  return [...counted, { type: 'event.voided', occurredAt: now, data }];
}

/** Events that a late or voided one put over a limit, or brought back. */
function limitFacts({ changes, now }: Changed): Fact[] {
  return limitFlips(changes).map(({ entry, limited }): Fact => {
    const data = { eventId: entry.id, activity: entry.activity, limited };
    return { type: 'event.limited', occurredAt: now, data };
  });
}

/** Progress that went on; that it went back is told by what it had completed. */
function progressFacts({ id, before, after }: ProgressChange): Fact[] {
  if (after === null || after.amount <= (before?.amount ?? 0)) return [];
  const { mission, period, amount, target, movedAt } = after;
  const data = { progressId: id, mission, period, amount, target };
  return [{ type: 'mission.progressed', occurredAt: movedAt, data }];
}

/** Progress that time ended. That a late event completes it after all is told as its completion. */
function expiryFacts({ progress }: Changed): Fact[] {
  const facts = progress.flatMap(({ id, before, after }): Fact[] => {
    if (after?.expired !== true || after.endsAt === undefined || before?.expired === true) return [];
    const { mission, period, endsAt } = after;
    return [{ type: 'mission.expired', occurredAt: endsAt, data: { progressId: id, mission, period } }];
  });
  return facts.toSorted((a, b) => compareText(a.occurredAt, b.occurredAt));
}

/** When the entries behind marks occurred. */
function timesOf({ changes }: Changed): ReadonlyMap<string, string> {
  return new Map(
    changes.flatMap(({ entry, after }) => (after?.marks ?? []).map((mark) => [mark, entry.occurredAt] as const)),
  );
}

function markFacts({ difference, now }: Changed, times: ReadonlyMap<string, string>): Fact[] {
  return [
    ...difference.lost.flatMap((mark) => tellMark(mark, 'lost', now) ?? []),
    ...difference.gained.flatMap((mark) => tellMark(mark, 'gained', times.get(mark) ?? now) ?? []),
  ];
}

function streakFacts({ added, changes }: Changed): Fact[] {
  const fresh = new Set(added.map(({ id }) => id));
  const told = ({ streak, run, longest }: StreakEffect, occurredAt: string): Fact => ({
    type: 'streak.extended',
    occurredAt,
    data: { streak, run, longest },
  });
  return changes.flatMap(({ entry, after }) =>
    fresh.has(entry.id) ? (after?.streaks ?? []).map((effect) => told(effect, entry.occurredAt)) : [],
  );
}

/** What a movement was given for, by kind and id; nothing where it is no reward. */
function causeOf({ source, entry }: Movement): { source: string; sourceId: string } | undefined {
  return source === null ? undefined : sourceOf(source, entry);
}

/** Missions that were begun by hand: players joined them, or were assigned to them. */
function joinedFacts({ added, changes, progress }: Changed): Fact[] {
  const joins = new Map(
    added.flatMap(({ id, act }) => (act?.kind === 'mission' && act.does === 'start' ? [[id, act.mission]] : [])),
  );
  return changes.flatMap(({ entry, after }) => {
    if (after === null || !joins.has(entry.id)) return [];
    // What time ended before it, such as what was joined the day before, is no joining.
    const own = recordsOf(after.records.values(), 'progress').filter(({ record }) => record?.expired !== true);
    const started = progress.filter((change) => own.some(({ id }) => id === change.id));
    return started.flatMap(({ id, after: record }): Fact[] => {
      if (record === null || record.mission !== joins.get(entry.id)) return [];
      const data = { progressId: id, mission: record.mission, period: record.period };
      return [{ type: 'mission.joined', occurredAt: entry.occurredAt, data }];
    });
  });
}

/** What was given besides amounts, or to be claimed, by its cause; that it is claimed is told by the claim. */
function givenIn(changes: readonly Change[], side: 'before' | 'after'): Map<string, { entry: Entry; given: Given }> {
  const all = changes.flatMap((change) =>
    (change[side]?.given ?? []).map((given) => [given.cause, { entry: change.entry, given }] as const),
  );
  // Experience that is given at once is an amount, and told as such.
  const isAmount = ({ claim, reward }: Given) => claim === null && reward.kind === 'experience';
  return new Map(all.filter(([cause, { given }]) => !isClaimCause(cause) && !isAmount(given)));
}

function givenFacts({ changes, now }: Changed): Fact[] {
  const [before, after] = [givenIn(changes, 'before'), givenIn(changes, 'after')];
  const told = (
    type: 'reward.granted' | 'reward.reverted',
    occurredAt: string,
    entry: Entry,
    { source, reward }: Given,
  ): Fact => ({
    type,
    occurredAt,
    data: { ...sourceOf(source, entry.id), ...givenOf(reward) },
  });
  return [
    ...[...before].flatMap(([cause, { entry, given }]) =>
      after.has(cause) ? [] : told('reward.reverted', now, entry, given),
    ),
    ...[...after].flatMap(([cause, { entry, given }]) =>
      before.has(cause) ? [] : told('reward.granted', entry.occurredAt, entry, given),
    ),
  ];
}

function movementFacts(movement: Movement, now: string): Fact[] {
  const { currency, amount, occurredAt, track } = movement;
  const source = causeOf(movement);
  if (source === undefined || movement.claimed) return [];
  const what = track === undefined ? { kind: 'currency', of: currency } : { kind: 'experience', of: track };
  const data = { ...source, ...what, amount: Math.abs(amount) };
  return amount > 0
    ? [{ type: 'reward.granted', occurredAt, data }]
    : [{ type: 'reward.reverted', occurredAt: now, data }];
}

/** What of a wallet can be spent. */
function availableIn(wallets: PlayerState['wallets'], currency: string): WalletState['balance'] {
  return lookup(wallets, currency)?.balance ?? 0;
}

function walletFacts({ wallets, now }: Changed): Fact[] {
  const currencies = [...new Set([...Object.keys(wallets.before), ...Object.keys(wallets.after)])];
  return currencies.toSorted(compareText).flatMap((currency): Fact[] => {
    const available = availableIn(wallets.after, currency);
    const change = available - availableIn(wallets.before, currency);
    if (change === 0) return [];
    return [{ type: 'wallet.changed', occurredAt: now, data: { currency, change, available } }];
  });
}
