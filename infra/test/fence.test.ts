import { describe } from 'vitest';
import { testRule } from './faults.ts';
import { fenceFaults } from './rules/fence.ts';
import { resourcesOf, type Templates, templatesOf, theOne, threeTenants } from './templates.ts';

const templates = await templatesOf(threeTenants);
const acl = (copy: Templates) => theOne(copy, 'AWS::WAFv2::WebACL');
function rule(copy: Templates) {
  const [first] = acl(copy).Rules;
  if (first?.Statement.RateBasedStatement === undefined) throw new Error('there is no rule to seed a fault in');
  return { ...first, counting: first.Statement.RateBasedStatement };
}

describe('before every API stands what counts calls by address', () => {
  testRule(templates, fenceFaults, [
    [
      'an API with nothing before it',
      /nothing stands before/,
      (copy) => {
        const [first] = resourcesOf(copy, 'AWS::WAFv2::WebACLAssociation');
        if (first !== undefined) delete copy[first.stack]?.Resources[first.id];
      },
    ],
    ['a fence without a gate', /lets nobody/, (copy) => Object.assign(acl(copy), { DefaultAction: { Block: {} } })],
    ['no count at all', /counts no addresses/, (copy) => Object.assign(acl(copy), { Rules: [] })],
    ['a count of all callers together', /counts no addresses/, (copy) => rule(copy).counting.CustomKeys?.shift()],
    ['one count for all tenants', /all tenants together/, (copy) => rule(copy).counting.CustomKeys?.pop()],
    ['a limit that is none', /can use up/, (copy) => Object.assign(rule(copy).counting, { Limit: 60_000 })],
    ['a limit for people', /busy backend/, (copy) => Object.assign(rule(copy).counting, { Limit: 100 })],
    ['a bare refusal', /when to try again/, (copy) => Object.assign(rule(copy).Action ?? {}, { Block: {} })],
    [
      'samples of requests',
      /samples/,
      (copy) => Object.assign(rule(copy).VisibilityConfig, { SampledRequestsEnabled: true }),
    ],
  ]);
});
