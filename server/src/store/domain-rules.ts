import type { DomainRule } from '@laurel/contract/domain-rules/schema';
import { putNew, type Write } from './commit.ts';
import { afterOf, type Listing, listing, type Reach, sortKeyOf } from './listing.ts';
import { type Key, keyOf, type Scope, sortPrefix, tenantScope } from './scope.ts';
import { getItem, queryItems, recordOf, type Table } from './table.ts';

/** A rule as it is stored. */
export type DomainRuleRecord = Omit<DomainRule, 'record' | 'status'>;

function ruleKey(scope: Scope, id: string): Key {
  return keyOf(scope, ['DOMAIN-RULES'], ['RULE', id]);
}

/** A domain brings people into one workspace of a tenant: by this line it is found when they sign in. */
function lineKey(tenant: string, domain: string): Key {
  return keyOf(tenantScope(tenant), ['DOMAIN', domain], ['RULE']);
}

/** Creates a rule; a domain is for one workspace of a tenant. */
export function createDomainRule(table: Table, scope: Scope, record: DomainRuleRecord): Write[] {
  const line = { workspace: scope.workspace, id: record.id };
  return [
    { item: putNew(table, { ...ruleKey(scope, record.id), record }), refusal: 'already_exists' },
    { item: putNew(table, { ...lineKey(scope.tenant, record.domain), record: line }), refusal: 'already_exists' },
  ];
}

/** Keeps that a domain has proven to be theirs. */
export function verifyDomainRule(table: Table, scope: Scope, { id }: DomainRuleRecord, verifiedAt: string): Write {
  const { pk, sk } = ruleKey(scope, id);
  return {
    item: {
      Update: {
        TableName: table.name,
        Key: { pk, sk },
        UpdateExpression: 'SET #record.#at = :at',
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeNames: { '#record': 'record', '#at': 'verifiedAt' },
        ExpressionAttributeValues: { ':at': verifiedAt },
      },
    },
    refusal: 'not_found',
  };
}

/** Removes a rule, and frees its domain. */
export function removeDomainRule(table: Table, scope: Scope, { id, domain }: DomainRuleRecord): Write[] {
  return [ruleKey(scope, id), lineKey(scope.tenant, domain)].map(({ pk, sk }) => ({
    item: {
      Delete: { TableName: table.name, Key: { pk, sk }, ConditionExpression: 'attribute_exists(pk)' },
    },
    refusal: 'not_found',
  }));
}

/** Reads a rule. */
export async function getDomainRule(table: Table, scope: Scope, id: string): Promise<DomainRuleRecord | undefined> {
  const item = await getItem(table, ruleKey(scope, id));
  return item && recordOf<DomainRuleRecord>(item);
}

/** Finds in which workspace of a tenant a domain has a rule, and its id. */
export async function findDomainRule(
  table: Table,
  tenant: string,
  domain: string,
): Promise<{ readonly workspace: string; readonly id: string } | undefined> {
  const item = await getItem(table, lineKey(tenant, domain));
  return item && recordOf<{ workspace: string; id: string }>(item);
}

/** Lists the rules of a workspace, the oldest first. */
export async function listDomainRules(table: Table, scope: Scope, reach: Reach): Promise<Listing<DomainRuleRecord>> {
  const { pk: partition } = ruleKey(scope, 'x');
  const prefix = sortPrefix(['RULE']);
  const items = await queryItems(table, { partition, prefix, limit: reach.limit + 1, ...afterOf(reach) });
  return listing(items, reach, sortKeyOf, recordOf<DomainRuleRecord>);
}
