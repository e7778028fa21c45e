import type { LedgerEntry } from '@laurel/contract/types';
import type { User } from '@laurel/contract/users/schema';
import { lapsedHolds, nextDue } from '../domain/index.ts';
import { commit, type Write } from '../store/commit.ts';
import { getSheet } from '../store/players.ts';
import { type PlannedAct, planAct } from './acts.ts';
import { ATTEMPTS, backOff } from './attempts.ts';
import type { PlayContext } from './call.ts';
import type { Platform } from './platform.ts';
import { ProblemError } from './problem.ts';
import { planEnding } from './redemptions.ts';
import { playerQueue } from './serial.ts';

/** Something that time did to a player, once it is written. */
export type Settled =
  /** Lots expired and holds went back. */
  | { readonly kind: 'ledger'; readonly at: string; readonly ledger: readonly LedgerEntry[] }
  | { readonly kind: 'redemptionExpired'; readonly at: string; readonly redemption: string };

/** What time does next to a player, ready to be written. */
export interface SettlingStep {
  /** Null where nothing is due yet. */
  readonly settled: Settled | null;
  readonly writes: readonly Write[];
  /** When something falls due next once it is written: at the same instant, where more than one thing falls due then. */
  readonly next: string | null;
}

/** Plans what falls due first by an instant. What one entry of the history can take falls due in one step. */
export async function planSettling(call: Omit<PlayContext, 'now'>, user: User, at: string): Promise<SettlingStep> {
  const { state } = await getSheet(call.platform.table, call.scope, user.id);
  const due = nextDue(state);
  if (due === null || due > at) return { settled: null, writes: [], next: due };
  const [lapsed] = lapsedHolds(state, at);
  if (lapsed?.lapsesAt === due) {
    // A redemption's holds are named after it.
    const redemption = lapsed.id.slice(0, lapsed.id.lastIndexOf('.'));
    const end = { state: 'expired', by: 'system:clock', note: null } as const;
    const { planned, writes } = await planEnding({ ...call, now: due }, user, redemption, end);
    return { settled: { kind: 'redemptionExpired', at: due, redemption }, writes, next: nextAfter(planned) };
  }
  // Up to a redemption that lapses each moment is for itself; what time does alone is one step, however much it is.
  const now = lapsed === undefined ? at : due;
  const planned = await planAct({ ...call, now }, user, { kind: 'tick' });
  const { ledger, writes } = planned;
  return { settled: { kind: 'ledger', at: now, ledger }, writes, next: nextAfter(planned) };
}

function nextAfter({ plan }: PlannedAct): string | null {
  return nextDue(plan.sheet.state);
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
      const next = await planSettling(call, user, at);
      if (next.settled === null) return 'settled';
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
