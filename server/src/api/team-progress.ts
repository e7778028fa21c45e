import type { Contract } from '@laurel/contract';
import type { TeamProgress, TeamProgressShare } from '@laurel/contract/teams/progress';
import {
  countIn,
  type MissionShare,
  type Position,
  shareId,
  shareProgress,
  type TeamProgressRecord,
} from '../domain/index.ts';
import type { Rulebook } from '../store/definitions.ts';
import { listMoves } from '../store/progress-log.ts';
import { listShares } from '../store/shares.ts';
import { getTeamProgress, listTeamProgress } from '../store/team-progress.ts';
import { getTeam } from '../store/teams.ts';
import { type CallContext, type Handlers, pageOf, reachOf } from './call.ts';
import { presentProgress } from './present-progress.ts';
import { notFound } from './problem.ts';
import { momentIn } from './reader.ts';

/** A team has no zone of its own, and its missions name theirs. */
const NO_USER = 'UTC';

/** A team's progress as operators see it. */
function present(call: CallContext, rulebook: Rulebook, progress: TeamProgressRecord): TeamProgress {
  const { cancelledAt: _, ...shown } = presentProgress(progress, rulebook, momentIn(NO_USER, call.now));
  return { ...shown, team: progress.team, movedAt: progress.movedAt };
}

type TeamCall = CallContext & { readonly params: { readonly id: string } };
type ProgressCall = TeamCall & { readonly params: { readonly progress: string } };

/** The mission and the period that the id of a progress names. */
function placeOf(id: string): { readonly mission: string; readonly period: string } {
  const byCron = /^(.+):(\d{4}-\d\d-\d\dT\d\d:\d\dZ)$/.exec(id);
  const [, mission = '', period = ''] = byCron ?? /^(.+):([^:]+)$/.exec(id) ?? [];
  return { mission, period };
}

/** Reads the progress that a call names. */
async function progressOf(call: ProgressCall): Promise<TeamProgressRecord> {
  const place = { team: call.params.id, ...placeOf(call.params.progress) };
  const { progress } = await getTeamProgress(call.platform.table, call.scope, place);
  if (progress === null) throw notFound();
  return progress;
}

/** What a share is to its team's progress; nothing where none of it counts for the version that the team is on. */
function presentShare(userId: string, share: MissionShare, countedAs: number): TeamProgressShare | undefined {
  const count = countIn(share, countedAs);
  if (count === undefined) return undefined;
  const { member, joinedAt } = share;
  const { steps, startedAt, movedAt } = count;
  return { userId, member, joinedAt, steps: [...steps], startedAt, movedAt };
}

/** More members than a team ever had in a period. */
const ALL = { limit: 100_000, after: undefined };

/** Just before all entries of an instant. */
function before(instant: string): Position {
  return { at: new Date(Date.parse(instant) - 1).toISOString(), id: '~' };
}

type Reads = Pick<Handlers<Contract['dashboard']['teams']>, 'progress' | 'shares' | 'shareLog'>;

/** The reads of what teams do for missions. */
export const teamProgress: Reads = {
  async progress(call) {
    const { table, rulebooks } = call.platform;
    const { id: team } = call.params;
    if ((await getTeam(table, call.scope, team)) === undefined) throw notFound();
    const rulebook = await rulebooks(call.scope);
    const { mission, period, state } = call.query;
    const filters = { team, mission, period, state };
    const wanted = (one: TeamProgressRecord) =>
      (mission === undefined || one.mission === mission) &&
      (period === undefined || one.period === period) &&
      (state === undefined || present(call, rulebook, one).state === state);
    const found = await listTeamProgress(table, call.scope, team, reachOf(call, filters), wanted);
    return { body: pageOf(call, filters, found, (one) => present(call, rulebook, one)) };
  },

  async shares(call) {
    const { team, mission, period, countedAs } = await progressOf(call);
    const filters = { team, mission, period };
    const place = { of: 'mission', definition: mission, period, team } as const;
    const found = await listShares(call.platform.table, call.scope, place, reachOf(call, filters));
    const shown = found.items.flatMap(({ userId, share }) =>
      share.of === 'mission' ? (presentShare(userId, share, countedAs) ?? []) : [],
    );
    return { body: pageOf(call, filters, { ...found, items: shown }, (share) => share) };
  },

  async shareLog(call) {
    const { table } = call.platform;
    const { team, mission, period, countedAs } = await progressOf(call);
    const place = { of: 'mission', definition: mission, period, team } as const;
    const { member } = call.params;
    const { items } = await listShares(table, call.scope, place, ALL);
    const found = items.find((one) => one.share.member === member);
    const count = found?.share.of === 'mission' ? countIn(found.share, countedAs) : undefined;
    if (found === undefined || count === undefined) throw notFound();
    const id = shareId(place, { id: team, member });
    const filters = { team, id };
    const span = { progress: shareProgress(id, countedAs), after: before(count.startedAt), until: count.movedAt };
    const moves = await listMoves(table, call.scope, found.userId, span, reachOf(call, filters));
    return {
      body: pageOf(call, filters, moves, ({ entry, step, added, amount, voidedAt }) => ({
        at: entry.occurredAt,
        event: entry.id,
        step,
        added,
        amount,
        voidedAt,
      })),
    };
  },
};
