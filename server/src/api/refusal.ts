import type { RouteMeta } from '@laurel/contract';
import { civilMinute } from '../calendar/civil.ts';
import { unmetConditions } from '../domain/index.ts';
import { plainAddress } from '../identity/address.ts';
import type { PolicyRequest } from '../ports/policy.ts';
import { notFound, ProblemError } from './problem.ts';

/** What of a call decides what its refusal may tell. */
export type Refused = Omit<PolicyRequest, 'action' | 'scope'>;

/** The conditions of the caller's role about the call itself that do not hold. */
export function unmetIn({ role, at, address }: Pick<Refused, 'role' | 'at' | 'address'>): ('hours' | 'addresses')[] {
  if (role === undefined) return [];
  const zone = role.conditions.hours?.zone;
  const clock = zone === undefined || at === undefined ? undefined : civilMinute(at, zone);
  return unmetConditions(role.conditions, { clock, address: plainAddress(address) });
}

const details = {
  hours: "The caller's role does not hold at this hour.",
  addresses: "The caller's role does not hold at this address.",
} as const;

/**
 * What a refused caller may know: the lack of a scope, the lack of a right, what their role waits for, or nothing but
 * absence. A player whom their role does not show is as absent as one who never was.
 */
export function refusal(refused: Refused, meta: RouteMeta): ProblemError {
  const { principal, resource, role, about } = refused;
  if (resource.tenant !== principal.tenant || resource.workspace !== principal.workspace) return notFound();
  if (principal.kind === 'machine' && !principal.scopes.includes(meta.scope)) {
    return new ProblemError('insufficient_scope', `The token lacks the scope ${meta.scope}.`);
  }
  if (role?.permissions.includes(meta.action) !== true || !meta.callers.includes(principal.kind)) {
    return new ProblemError('forbidden', `This caller lacks the permission ${meta.action}.`);
  }
  const [unmet] = unmetIn(refused);
  if (unmet !== undefined) return new ProblemError('forbidden', details[unmet]);
  if (about?.kind === 'user' || about?.kind === 'team') return notFound();
  return new ProblemError('forbidden', "The caller's role is for some players, and this is about all of them.");
}
