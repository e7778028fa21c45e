import { domainOfEmail } from '../../identity/mail-domain.ts';
import { commit } from '../../store/commit.ts';
import { findDomainRule, getDomainRule } from '../../store/domain-rules.ts';
import { getMember } from '../../store/members.ts';
import type { Membership } from '../../store/people.ts';
import { workspaceScope } from '../../store/scope.ts';
import { getTenant, getWorkspace } from '../../store/tenants.ts';
import { ATTEMPTS, backOff } from '../attempts.ts';
import { ProblemError } from '../problem.ts';
import type { Allotting } from './allotments.ts';
import { enter } from './entering.ts';

/** Somebody who has signed in at the pool. */
export interface SignedIn {
  readonly subject: string;
  readonly email: string;
  /** Whether the mailbox has proven to be theirs. */
  readonly emailVerified: boolean;
}

/**
 * Lets somebody in whose domain has proven to be the tenant's, at the moment in which they sign in and ask for that
 * tenant: nobody is a member of what they did not ask for, and what they are elsewhere stays.
 * @returns where they may go, or nothing: whatever the reason is, it looks the same
 */
export async function enterByDomain(
  allotting: Allotting,
  person: SignedIn,
  asked: { readonly tenant: string; readonly workspace: string | undefined },
): Promise<Membership | undefined> {
  const { table } = allotting.platform;
  const { tenant } = asked;
  const domain = person.emailVerified ? domainOfEmail(person.email) : undefined;
  if (domain === undefined) return undefined;
  const line = await findDomainRule(table, tenant, domain);
  if (line === undefined || (asked.workspace !== undefined && asked.workspace !== line.workspace)) return undefined;
  const scope = workspaceScope(tenant, line.workspace);
  const place = { tenant, workspace: line.workspace };
  const { subject, email } = person;
  for (let attempt = 1; attempt < ATTEMPTS; attempt += 1) {
    const [rule, member, owner, workspace] = await Promise.all([
      getDomainRule(table, scope, line.id),
      getMember(table, scope, subject),
      getTenant(table, tenant),
      getWorkspace(table, tenant, line.workspace),
    ]);
    if (member !== undefined) return place;
    const isOpen = owner?.status === 'active' && workspace?.status === 'active';
    if (!isOpen || rule === undefined || rule.verifiedAt === null) return undefined;
    const workspaces = [line.workspace];
    const writes = await writesOf(() => enter(allotting, { tenant, subject, email, role: rule.role, workspaces }));
    if (writes === undefined) return undefined;
    if ((await commit(table, writes)).kind === 'committed') return place;
    await backOff(attempt);
  }
  return undefined;
}

/** What is to be written, or nothing where no seat is left, or the role of the rule is gone. */
async function writesOf(entering: () => ReturnType<typeof enter>) {
  try {
    return (await entering()).writes;
  } catch (error) {
    if (error instanceof ProblemError && ['plan_limit_reached', 'invalid_code'].includes(error.code)) return undefined;
    throw error;
  }
}
