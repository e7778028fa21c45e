import { readPolicies } from '@laurel/server/identity/cedar-policies';
import { expect, test } from 'vitest';
import { POLICIES } from '../src/bundle.ts';
import { schemaAsJson } from '../src/policies.ts';
import { statementsOf } from './rules/access.ts';
import { policyFaults } from './rules/policies.ts';
import { templatesOf, threeTenants } from './templates.ts';

const templates = await templatesOf({ ...threeTenants, decisions: 'verified-permissions' });
const texts = await readPolicies(POLICIES);
const stackOf = (slug: string) => `laurel-eu-tenant-${slug}`;
const actionsOn = (slug: string, role: string) =>
  statementsOf(templates, stackOf(slug), role)
    .filter(({ Action }) => [Action].flat().some((action) => String(action).startsWith('verifiedpermissions:')))
    .map(({ Action, Resource }) => ({ actions: [Action].flat(), resource: JSON.stringify(Resource) }));

test.each(threeTenants.tenants)(
  '$slug has a store of its own with all policies, which only its API may add to',
  ({ slug }) => {
    const own = templates[stackOf(slug)];
    expect(own && policyFaults({ own }, texts, schemaAsJson(texts.schema))).toEqual([]);
    const [api, live] = [actionsOn(slug, 'ApiRole'), actionsOn(slug, 'LiveRole')];
    const store = '{"Fn::GetAtt":["Policies","Arn"]}';
    for (const { resource } of [...api, ...live]) expect(resource).toBe(store);
    expect(
      live.flatMap(({ actions }) => actions).some((action) => /Create|Delete|Update|Put/.test(String(action))),
    ).toBe(false);
    expect(api.flatMap(({ actions }) => actions)).toEqual(expect.arrayContaining(['verifiedpermissions:CreatePolicy']));
  },
);
