import type { LedgerEntry } from '@laurel/contract/types';
import type { User } from '@laurel/contract/users/schema';
import { expiredBy, isToBeMoved, lapsedHolds, type Outcome, partsOf } from '../domain/index.ts';
import { commit, type Write } from '../store/commit.ts';
import { getSheet } from '../store/players.ts';
import { planAct } from './acts.ts';
import { ATTEMPTS, backOff } from './attempts.ts';
import type { PlayContext } from './call.ts';
import type { Platform } from './platform.ts';
import { nextPlayerDue, nextTimeDue } from './player-due.ts';
import { ProblemError } from './problem.ts';
import { workspaceOf, zoneOf } from './reader.ts';
import { planEnding } from './redemptions.ts';
import { playerQueue } from './serial.ts';

/** Something that time did to a player, once it is written. */
export type Settled =
  /** Lots expired, holds went back, claims lapsed, missions expired or were moved, streaks took a freeze or broke. */
  | {
      readonly kind: 'ledger';
      readonly at: string;
      readonly ledger: readonly LedgerEntry[];
      /** The streaks that took a freeze, and those whose run broke. */
      readonly frozen: readonly string[];
      readonly broken: readonly string[];
      /** The progress that expired, and what was moved to a newer version, by id. */
      readonly expired: readonly string[];
      readonly moved: readonly string[];
    }
  | { readonly kind: 'redemptionExpired'; readonly at: string; readonly redemption: string };

/** What time does next to a player, ready to be written. */
export interface SettlingStep {
  readonly settled: Settled;
  readonly writes: readonly Write[];
}

/** What is due for a player by an instant first, if anything, and when more is due after that. */
export interface Settling {
  readonly step: SettlingStep | null;
  readonly next: string | null;
}

/** The streaks that a word of a turn's marks names. */
function namedBy(marks: readonly string[], word: string): string[] {
  const named = marks.map((mark) => mark.split(' ')).flatMap(([first, streak]) => (first === word ? [streak] : []));
  return [...new Set(named.flatMap((streak) => streak ?? []))];
}

/** What became of missions in a turn in which nothing but time went by. */
function missionsOf({ marks, touched }: Outcome): { readonly expired: string[]; readonly moved: string[] } {
  const expired = expiredBy(marks);
  const progress = touched.map(partsOf).flatMap(([kind, id]) => (kind === 'progress' ? [id] : []));
  return { expired, moved: progress.filter((id) => !expired.includes(id)) };
}

/** Plans what time does to a player first, of what is due by an instant. */
export async function planSettling(call: Omit<PlayContext, 'now'>, user: User, at: string): Promise<Settling> {
  const { platform, scope } = call;
  const { state } = await getSheet(platform.table, scope, user.id);
  const [workspace, { ruleset }] = await Promise.all([workspaceOf(call), platform.rulebooks(scope)]);
  const clock = { rules: ruleset.streaksById, userZone: zoneOf(user, workspace) };
  const due = nextPlayerDue(state, clock);
  const isDue = due !== null && due <= at;
  if (!isDue && !isToBeMoved(state, ruleset, at)) return { step: null, next: due };
  const [lapsed] = lapsedHolds(state, at);
  const byTime = nextTimeDue(state, clock);
  const lapsesAt = lapsed?.lapsesAt ?? null;
  if (lapsed !== undefined && lapsesAt !== null && (byTime === null || lapsesAt <= byTime)) {
    // A redemption's holds are named after it.
    const redemption = lapsed.id.slice(0, lapsed.id.lastIndexOf('.'));
    const end = { state: 'expired', by: 'system:clock', note: null } as const;
    const { planned, writes } = await planEnding({ ...call, now: lapsesAt }, user, redemption, end);
    return {
      step: { settled: { kind: 'redemptionExpired', at: lapsesAt, redemption }, writes },
      next: planned.plan.due,
    };
  }
  const now = lapsesAt === null ? at : lapsesAt;
  const { ledger, outcome, plan, writes } = await planAct({ ...call, now }, user, { kind: 'tick' });
  // Whatever is due at a time and is not done by it would be due for ever.
  if (isDue && plan.due === due) throw new Error(`what was due for a player at ${due} is not done`);
  // A version that seemed to move what is running does not.
  if (!isDue && outcome.touched.length === 0) return { step: null, next: due };
  const [frozen, broken] = ['streakFrozen', 'streakBroken'].map((word) => namedBy(outcome.marks, word));
  return {
    step: {
      settled: { kind: 'ledger', at: now, ledger, frozen: frozen ?? [], broken: broken ?? [], ...missionsOf(outcome) },
      writes,
    },
    next: plan.due,
  };
}

/**
 * Lets time pass for a player until an instant: what fell due by then happens, in order, and is written. Where nothing
 * fell due nothing is written, so that it makes no difference how often it is done, or by how many at once.
 */
export async function settlePlayer(
  call: Omit<PlayContext, 'now'> & { readonly platform: Pick<Platform, 'serial'> },
  user: User,
  at: string,
): Promise<Settled[]> {
  const done: Settled[] = [];
  for (let attempt = 1; ; ) {
    const step = await call.platform.serial(playerQueue(call.scope, user.id), async () => {
      const { step: next } = await planSettling(call, user, at);
      if (next === null) return 'settled';
      const result = await commit(call.platform.table, next.writes);
      return result.kind === 'committed' ? next.settled : 'moved';
    });
    if (step === 'settled') return done;
    if (step !== 'moved') {
      done.push(step);
      attempt = 1;
      continue;
    }
    if (attempt >= ATTEMPTS) throw new ProblemError('conflict');
    await backOff(attempt);
    attempt += 1;
  }
}
