import type { LedgerEntry } from '@laurel/contract/types';
import type { User } from '@laurel/contract/users/schema';
import { stampsOf } from '../calendar/civil.ts';
import { periodsOf } from '../calendar/schedule.ts';
import { type Act, actActivity, type Entry, type Outcome, userFactsOf, zonesOf } from '../domain/index.ts';
import type { Write } from '../store/commit.ts';
import { saveLine } from '../store/history.ts';
import { getSheet } from '../store/players.ts';
import type { CallContext } from './call.ts';
import { walletEntries } from './entries.ts';
import { foldedOf, type Plan, planChange } from './plan.ts';
import { storedView } from './player-view.ts';
import { ProblemError } from './problem.ts';
import { workspaceOf, zoneOf } from './reader.ts';

/** An act that is ready to be committed. */
export interface PlannedAct {
  readonly entry: Entry;
  readonly plan: Plan;
  readonly outcome: Outcome;
  /** What it moves in the player's wallets. */
  readonly ledger: readonly LedgerEntry[];
  readonly writes: readonly Write[];
}

/**
 * Plans an act of a player, now, as an entry of their history. The caller commits its writes; where the player moved
 * meanwhile (`sheet_moved`), it is planned anew.
 */
export async function planAct(call: CallContext, user: User, act: Act): Promise<PlannedAct> {
  const [workspace, rulebook] = await Promise.all([workspaceOf(call), call.platform.rulebooks(call.scope)]);
  const { table } = call.platform;
  const view = storedView(call, user.id, await getSheet(table, call.scope, user.id));
  const userZone = zoneOf(user, workspace);
  const entry: Entry = {
    id: call.platform.newId('historyEntry'),
    activity: actActivity(act.kind),
    userId: user.id,
    occurredAt: call.now,
    receivedAt: call.now,
    value: 1,
    attributes: {},
    userZone,
    user: userFactsOf(user, workspace),
    stamps: stampsOf(call.now, zonesOf(rulebook.ruleset, userZone)),
    periods: periodsOf(call.now, rulebook.ruleset.schedules, userZone),
    ruleset: rulebook.version,
    act,
  };
  const plan = await planChange(call, view, { added: [entry], voided: null });
  if (plan.kind === 'refused') throw new ProblemError('unprocessable', plan.detail);
  const [outcome] = plan.outcomes;
  if (outcome === undefined) throw new Error('an act of a plan has no outcome');
  return {
    entry,
    plan,
    outcome,
    ledger: walletEntries(call.scope, user.id, plan.postingsOf(entry.id), call.now),
    writes: [...plan.writes, saveLine(table, call.scope, { entry, folded: foldedOf(outcome) }, null)],
  };
}
