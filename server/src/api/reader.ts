import type { MissionSchedule } from '@laurel/contract/types';
import type { User } from '@laurel/contract/users/schema';
import type { Workspace } from '@laurel/contract/workspaces/schema';
import { civilStamp } from '../calendar/civil.ts';
import { periodOf } from '../calendar/schedule.ts';
import { type CivilStamp, type Definitions, periodKey, type UserFacts, userFactsOf } from '../domain/index.ts';
import type { Rulebook } from '../store/definitions.ts';
import { getWorkspace } from '../store/tenants.ts';
import { getUser, getUserByExternalId } from '../store/users.ts';
import type { CallContext, PlayContext, PlayerRef } from './call.ts';
import { notFound } from './problem.ts';

/** The workspace that a call is in. */
export async function workspaceOf({ platform, scope }: Pick<PlayContext, 'platform' | 'scope'>): Promise<Workspace> {
  const workspace = await getWorkspace(platform.table, scope.tenant, scope.workspace);
  if (workspace === undefined) throw notFound();
  return workspace;
}

/** The user whom a reference names, or nothing. */
export function findUser({ platform, scope }: CallContext, player: PlayerRef): Promise<User | undefined> {
  return 'userId' in player
    ? getUser(platform.table, scope, player.userId)
    : getUserByExternalId(platform.table, scope, player.externalUserId);
}

/** The player who calls, or for whom a machine calls. */
export async function playerOf(call: CallContext): Promise<User> {
  const user = call.player && (await findUser(call, call.player));
  if (user === undefined) throw notFound();
  return user;
}

/** When something is shown. */
export interface Moment {
  readonly now: string;
  /** The key of the present period of a schedule; null where it is closed. */
  readonly periodNow: (schedule: MissionSchedule) => string | null;
}

/** What answering a player takes: who it is, what is published, which languages and which zone are theirs. */
export interface Reader extends Moment {
  readonly user: User;
  readonly rulebook: Rulebook;
  readonly definitions: Definitions;
  readonly languages: readonly string[];
  readonly zone: string;
  /** What conditions see of the user. */
  readonly userFacts: UserFacts;
  /** The present civil date in a definition's zone. */
  readonly today: (zone: string) => CivilStamp;
}

/** A moment as a user of a zone has it. */
export function momentIn(zone: string, now: string): Moment {
  return { now, periodNow: (schedule) => periodOf(schedule, now, zone)?.key ?? null };
}

/** The zone that a user's days are counted in. */
export function zoneOf(user: Pick<User, 'zone'>, workspace: Pick<Workspace, 'zone'>): string {
  return user.zone ?? workspace.zone;
}

/** Reads what answering about a user takes. */
export async function readerFor(call: CallContext, user: User): Promise<Reader> {
  const [workspace, rulebook] = await Promise.all([workspaceOf(call), call.platform.rulebooks(call.scope)]);
  const zone = zoneOf(user, workspace);
  const stamps = new Map<string, CivilStamp>();
  return {
    user,
    rulebook,
    definitions: rulebook.definitions,
    languages: [...call.languages, ...(user.language === null ? [] : [user.language]), workspace.language],
    zone,
    userFacts: userFactsOf(user, workspace),
    today(definitionZone) {
      const resolved = definitionZone === 'user' ? zone : definitionZone;
      const stamp = stamps.get(resolved) ?? civilStamp(call.now, resolved);
      stamps.set(resolved, stamp);
      return stamp;
    },
    ...momentIn(zone, call.now),
  };
}

/** Reads what answering the player of this call takes. */
export async function readerOf(call: CallContext): Promise<Reader> {
  return readerFor(call, await playerOf(call));
}

/** The key of the current period of a schedule or window. */
export function currentPeriod(
  span:
    | { readonly kind: 'recurring'; readonly every: 'day' | 'week' | 'month'; readonly zone: string }
    | { readonly kind: string },
  today: Reader['today'],
): string {
  return 'every' in span ? periodKey(span.every, today(span.zone)) : 'all';
}
