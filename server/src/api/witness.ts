import type { RouteMeta } from '@laurel/contract';
import type { OfficeHours } from '@laurel/contract/types';
import { civilMinute } from '../calendar/civil.ts';
import { unmetConditions } from '../domain/index.ts';
import { aboutsOf } from '../identity/permissions.ts';
import type { About, HeldRole, PolicyRequest } from '../ports/policy.ts';
import type { Refused } from './refusal.ts';

const STEP = 15 * 60_000;
const WEEK = 7 * 24 * 3_600_000;

/** The first moment from a given one at which hours are open, by quarters of an hour and then by minutes. */
function openMoment(hours: OfficeHours, from: string): string {
  const start = Date.parse(from);
  const isOpen = (at: number): boolean => {
    const clock = civilMinute(new Date(at).toISOString(), hours.zone);
    return unmetConditions({ hours }, { clock }).length === 0;
  };
  for (const step of [STEP, 60_000]) {
    // Eight days, since clocks may be put forward over the only open minutes of one.
    for (let at = start; at <= start + WEEK + WEEK / 7; at += step) if (isOpen(at)) return new Date(at).toISOString();
  }
  return from;
}

/** A player whom a role shows. */
function shownPlayer({ conditions: { users, teams } }: HeldRole): About {
  const [value] = users?.values ?? [];
  const attributes = users === undefined || value === undefined ? {} : { [users.attribute]: value };
  return { kind: 'user', id: 'any', attributes, team: teams?.[0] ?? null };
}

/** Whom a request may be about for a role to permit it: of each kind that the action knows, one that the role shows. */
function shownOf(role: HeldRole | undefined, action: string): readonly About[] {
  return aboutsOf(action).flatMap((kind): About[] => {
    if (kind === 'everyone' || kind === 'nobody') return [{ kind }];
    if (kind === 'user')
      return [role === undefined ? { kind, id: 'any', attributes: {}, team: null } : shownPlayer(role)];
    const [team = 'any'] = role?.conditions.teams ?? [];
    return [{ kind, id: team }];
  });
}

/**
 * Requests that meet every condition of the caller's role, one for each kind of thing that an action may be about: if the
 * policies permit none, the caller does not hold the permission at all.
 */
export function witnessesOf(asked: Refused, meta: Pick<RouteMeta, 'action' | 'scope'>): PolicyRequest[] {
  const { role } = asked;
  const { hours, addresses } = role?.conditions ?? {};
  const met = {
    ...asked,
    ...(hours === undefined || asked.at === undefined ? {} : { at: openMoment(hours, asked.at) }),
    ...(addresses === undefined ? {} : { address: addresses[0]?.split('/')[0] ?? '' }),
  };
  return shownOf(role, meta.action).map((about) => ({ ...met, about, action: meta.action, scope: meta.scope }));
}
