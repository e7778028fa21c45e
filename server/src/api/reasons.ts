import type { RouteMeta } from '@laurel/contract';
import type { AuthorizeReason } from '@laurel/contract/authorize/schema';
import { permissionsOfBuiltIn } from '../identity/permissions.ts';
import { meaningOf } from '../identity/policy-meanings.ts';
import { isBuiltIn, roles } from '../identity/principal.ts';
import type { PolicyDecision } from '../ports/policy.ts';
import { type Refused, unmetIn } from './refusal.ts';

type Code = AuthorizeReason['code'];

function because(code: Code, text: string, policy: string | null = null): AuthorizeReason {
  return { code, text, policy };
}

function policyReasons({ allowed, policies }: PolicyDecision): AuthorizeReason[] {
  const fallback = allowed ? "A role of the workspace's own holds it." : 'A policy forbids it.';
  return policies.map((id) => because(allowed ? 'permitted' : 'forbidden', meaningOf(id) ?? fallback, id));
}

/** Who may do it at all, where it is not this caller. */
function holdersOf(action: string): string {
  const least = roles.findLast((role) => permissionsOfBuiltIn(role).includes(action));
  return least === undefined ? 'No role of the dashboard holds it.' : `It takes the role ${least}, or one that has it.`;
}

/** What stands against something that no policy permits; all of it, as far as it can be told apart. */
function lacks(asked: Refused, { action, scope, callers }: RouteMeta): AuthorizeReason[] {
  const { principal, role, about } = asked;
  if (!callers.includes(principal.kind)) {
    return [because('not_for_this_caller', `It is for: ${callers.join(', ')}. This is one of kind ${principal.kind}.`)];
  }
  if (principal.kind === 'machine') {
    return principal.scopes.includes(scope) ? [] : [because('scope_missing', `The token lacks the scope ${scope}.`)];
  }
  if (principal.role === undefined || isBuiltIn(principal.role)) return [because('not_held', holdersOf(action))];
  if (role === undefined) return [because('role_gone', 'The role was deleted, and holds nothing any more.')];
  if (!role.permissions.includes(action)) {
    return [because('not_held', `The role does not hold ${action}. ${holdersOf(action)}`)];
  }
  const { hours, addresses } = role.conditions;
  const unmet = unmetIn(asked).map((condition) =>
    condition === 'hours'
      ? because(
          'outside_hours',
          `The role holds on ${hours?.days.join(', ')} from ${hours?.from} to ${hours?.to}, ${hours?.zone}.`,
        )
      : because('outside_addresses', `The role holds at these addresses alone: ${addresses?.join(', ')}.`),
  );
  if (unmet.length > 0) return unmet;
  if (about?.kind === 'user' || about?.kind === 'team') {
    return [because('not_among_players', 'The role is for some players or teams, and this is none of them.')];
  }
  return about?.kind === 'everyone'
    ? [because('concerns_everybody', 'The role is for some players, and this is about all of them.')]
    : [];
}

/** Why a decision came out as it did: the policies that decided, or what stood in the way of those that could have. */
export function reasonsOf(asked: Refused, meta: RouteMeta, decision: PolicyDecision): AuthorizeReason[] {
  const decided = policyReasons(decision);
  if (decided.length > 0) return decided;
  const missing = lacks(asked, meta);
  return missing.length > 0 ? missing : [because('failed', 'It could not be decided, which denies.')];
}
