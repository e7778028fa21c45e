import type { Fact, LedgerEntry } from '@laurel/contract/types';
import type { User } from '@laurel/contract/users/schema';
import { stampsOf } from '../calendar/civil.ts';
import { periodsOf } from '../calendar/schedule.ts';
import {
  type Act,
  actActivity,
  type Entry,
  type Outcome,
  type Refusal,
  userFactsOf,
  zonesOf,
} from '../domain/index.ts';
import type { Write } from '../store/commit.ts';
import { saveLine } from '../store/history.ts';
import { getSheet, type Sheet } from '../store/players.ts';
import type { PlayContext } from './call.ts';
import { walletEntries } from './entries.ts';
import { assertPlays, assertProcessed } from './may-play.ts';
import { type Plan, planChange } from './plan.ts';
import { foldedOf } from './plan-lines.ts';
import { storedView } from './player-view.ts';
import { ProblemError } from './problem.ts';
import { workspaceOf, zoneOf } from './reader.ts';
import { withTeam } from './team-stamps.ts';

/** An act that is ready to be committed. */
export interface PlannedAct {
  readonly entry: Entry;
  readonly plan: Plan;
  /** What it came to: also what it asks of wallets that they do not bear, which is the caller's to refuse. */
  readonly outcome: Outcome;
  /** What it moves in the player's wallets. */
  readonly ledger: readonly LedgerEntry[];
  readonly writes: readonly Write[];
}

/**
 * When an act is done: now, and never before what it was decided upon, whatever other clocks say. So an act is the last
 * of its history when it is decided, and no refold meets two acts in another order than they were decided in.
 */
function momentOf({ now }: PlayContext, { last }: Sheet): string {
  if (last === null || last.at < now) return now;
  return new Date(Date.parse(last.at) + 1).toISOString();
}

/**
 * Refuses to start anything for a user who is suspended, like their events: what ends or takes something is done. Of one
 * who is restricted nothing is.
 */
function assertMayPlay(user: User, act: Act): void {
  const plays = act.kind === 'claim' || (act.kind === 'mission' && act.does === 'start');
  if (plays) assertPlays(user, 'The user is suspended and earns nothing.');
  else assertProcessed(user);
}

/**
 * Plans an act of a player, now, as an entry of their history. The caller commits its writes; where the player moved
 * meanwhile (`sheet_moved`), it is planned anew.
 * @param read the player's sheet, where it was read before all else of them
 * @param told what there is to tell of it besides what it comes to
 */
export async function planAct(
  call: PlayContext,
  user: User,
  act: Act,
  read?: Sheet,
  told: readonly Fact[] = [],
): Promise<PlannedAct> {
  assertMayPlay(user, act);
  const planned = await planActAs(call, user, act, call.platform.newId('historyEntry'), { read, told });
  if ('kind' in planned) throw new ProblemError('unprocessable', planned.detail);
  return planned;
}

/** The same with an id of the caller's own; answers with why, where the act is refused. */
export async function planActAs(
  call: PlayContext,
  user: User,
  act: Act,
  id: string,
  { read, told = [] }: { readonly read?: Sheet | undefined; readonly told?: readonly Fact[] } = {},
): Promise<PlannedAct | Refusal> {
  const { table } = call.platform;
  const sheet = read ?? (await getSheet(table, call.scope, user.id));
  const [workspace, rulebook] = await Promise.all([workspaceOf(call), call.platform.rulebooks(call.scope)]);
  const view = storedView(call, user.id, sheet);
  const moment = momentOf(call, sheet);
  const userZone = zoneOf(user, workspace);
  const entry: Entry = await withTeam(call, rulebook.ruleset, {
    id,
    activity: actActivity(act.kind),
    userId: user.id,
    occurredAt: moment,
    receivedAt: call.now,
    value: 1,
    attributes: {},
    userZone,
    user: userFactsOf(user, workspace),
    stamps: stampsOf(moment, zonesOf(rulebook.ruleset, userZone)),
    periods: periodsOf(moment, rulebook.ruleset.schedules, userZone),
    ruleset: rulebook.version,
    act,
  });
  const plan = await planChange(call, view, { added: [entry], voided: null, told });
  if (plan.kind === 'refused') return plan;
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
