import { createHmac } from 'node:crypto';
import type { Contract } from '@laurel/contract';
import type { DomainRule } from '@laurel/contract/domain-rules/schema';
import { asciiDomain, isOpenDomain } from '../../identity/mail-domain.ts';
import {
  createDomainRule,
  type DomainRuleRecord,
  getDomainRule,
  listDomainRules,
  removeDomainRule,
  verifyDomainRule,
} from '../../store/domain-rules.ts';
import type { Scope } from '../../store/scope.ts';
import { type CallContext, type Handlers, pageOf, reachOf } from '../call.ts';
import { invalidField, notFound, ProblemError } from '../problem.ts';
import { assertMayTouch, give } from './role-grants.ts';

/** The record that proves a domain for one rule of one workspace: of no use to anybody else who claims the domain. */
function proofOf({ tenant, workspace }: Scope, { id, domain }: DomainRuleRecord): DomainRule['record'] {
  const value = createHmac('sha256', id)
    .update(JSON.stringify([tenant, workspace, domain]))
    .digest('hex')
    .slice(0, 32);
  return { name: `_laurel-challenge.${domain}`, value: `laurel-domain=${value}` };
}

function present(scope: Scope, rule: DomainRuleRecord): DomainRule {
  const { id, domain, role, createdAt, verifiedAt } = rule;
  const status = verifiedAt === null ? 'pending' : 'verified';
  return { id, domain, role, status, record: proofOf(scope, rule), createdAt, verifiedAt };
}

type RuleCall = CallContext & { readonly params: { readonly id: string } };

async function ruleOf(call: RuleCall): Promise<DomainRuleRecord> {
  const found = await getDomainRule(call.platform.table, call.scope, call.params.id);
  if (found === undefined) throw notFound();
  return found;
}

/** What stands at the record's name. A DNS that does not answer says nothing about whose the domain is. */
async function textsAt({ platform }: CallContext, name: string): Promise<readonly string[]> {
  try {
    return await platform.domainProofs.textsAt(name);
  } catch (error) {
    platform.logger.warn('the DNS did not answer', { error: error instanceof Error ? error : String(error) });
    throw new ProblemError('unavailable', 'The DNS did not answer: try again shortly.');
  }
}

export const domainRules: Handlers<Contract['dashboard']['domainRules']> = {
  async list(call) {
    const found = await listDomainRules(call.platform.table, call.scope, reachOf(call, null));
    return { body: pageOf(call, null, found, (rule) => present(call.scope, rule)) };
  },

  async create(call) {
    const domain = asciiDomain(call.body.domain);
    if (domain === undefined) throw invalidField('/domain', 'Name a domain, such as acme.example.');
    if (isOpenDomain(domain))
      throw new ProblemError('unprocessable', `Anybody can have an address of ${domain}: invite people one by one.`);
    const { role } = call.body;
    const given = await give(call, role);
    const id = call.platform.newId('domainRule');
    const rule = { id, domain, role, createdAt: call.realNow, verifiedAt: null };
    return {
      body: present(call.scope, rule),
      writes: [...createDomainRule(call.platform.table, call.scope, rule), ...given],
    };
  },

  async get(call) {
    return { body: present(call.scope, await ruleOf(call)) };
  },

  async verify(call) {
    const rule = await ruleOf(call);
    if (rule.verifiedAt !== null) return { body: present(call.scope, rule) };
    const given = await give(call, rule.role);
    const { name, value } = proofOf(call.scope, rule);
    if (!(await textsAt(call, name)).includes(value)) throw new ProblemError('domain_not_proven');
    const verified = { ...rule, verifiedAt: call.realNow };
    return {
      body: present(call.scope, verified),
      writes: [verifyDomainRule(call.platform.table, call.scope, rule, call.realNow), ...given],
    };
  },

  async remove(call) {
    const rule = await ruleOf(call);
    await assertMayTouch(call, rule.role);
    return { body: present(call.scope, rule), writes: removeDomainRule(call.platform.table, call.scope, rule) };
  },
};
