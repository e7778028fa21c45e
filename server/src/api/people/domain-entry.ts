import { recordOwn } from '../../audit/system.ts';
import { domainOfEmail } from '../../identity/mail-domain.ts';
import { commit, type Write } from '../../store/commit.ts';
import { type DomainRuleRecord, findDomainRule, getDomainRule } from '../../store/domain-rules.ts';
import { getMember } from '../../store/members.ts';
import type { Membership } from '../../store/people.ts';
import { type Scope, workspaceScope } from '../../store/scope.ts';
import { getTenant, getWorkspace } from '../../store/tenants.ts';
import { ATTEMPTS, backOff } from '../attempts.ts';
import type { Platform } from '../platform.ts';
import { ProblemError } from '../problem.ts';
import type { Allotting } from './allotments.ts';
import { enter } from './entering.ts';

/** What letting somebody in takes. */
export interface LettingIn extends Allotting {
  readonly platform: Pick<Platform, 'table' | 'newId'>;
}

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
  letting: LettingIn,
  person: SignedIn,
  asked: { readonly tenant: string; readonly workspace: string | undefined },
): Promise<Membership | undefined> {
  const { table } = letting.platform;
  const { tenant } = asked;
  const domain = person.emailVerified ? domainOfEmail(person.email) : undefined;
  if (domain === undefined) return undefined;
  const line = await findDomainRule(table, tenant, domain);
  if (line === undefined || (asked.workspace !== undefined && asked.workspace !== line.workspace)) return undefined;
  const scope = workspaceScope(tenant, line.workspace);
  const place = { tenant, workspace: line.workspace };
  const { subject } = person;
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
    const writes = await writesOf(letting, scope, person, rule);
    if (writes === undefined) return undefined;
    if ((await commit(table, writes)).kind === 'committed') return place;
    await backOff(attempt);
  }
  return undefined;
}

/**
 * What makes somebody a member by a rule, with the record of it, since nobody's call does it; or nothing, where no seat is
 * left, or the role of the rule is gone.
 */
async function writesOf(
  letting: LettingIn,
  scope: Scope,
  { subject, email }: SignedIn,
  rule: DomainRuleRecord,
): Promise<Write[] | undefined> {
  const { tenant, workspace } = scope;
  const doing = { action: 'member.entered', target: { member: subject, domainRule: rule.id } };
  try {
    const { writes } = await enter(letting, { tenant, subject, email, role: rule.role, workspaces: [workspace] });
    return [...writes, recordOwn(letting.platform, scope, doing)];
  } catch (error) {
    if (error instanceof ProblemError && ['plan_limit_reached', 'invalid_code'].includes(error.code)) return undefined;
    throw error;
  }
}

/** Whether somebody may go to a workspace that they ask for: as its member, or as one whom their domain makes one now. */
export async function mayGoTo(letting: LettingIn, person: SignedIn, place: Membership): Promise<boolean> {
  const scope = workspaceScope(place.tenant, place.workspace);
  const member = await getMember(letting.platform.table, scope, person.subject);
  return member === undefined
    ? (await enterByDomain(letting, person, place)) !== undefined
    : member.status === 'active';
}
