import { readPolicies } from '@laurel/server/identity/cedar-policies';
import { describe, expect, test } from 'vitest';
import { POLICIES } from '../src/bundle.ts';
import { schemaAsJson } from '../src/policies.ts';
import { testRule } from './faults.ts';
import { policyFaults } from './rules/policies.ts';
import { resourcesOf, type Templates, templatesOf, theOne } from './templates.ts';

const templates = await templatesOf();
const texts = await readPolicies(POLICIES);
const schema = schemaAsJson(texts.schema);
const store = (copy: Templates) => theOne(copy, 'AWS::VerifiedPermissions::PolicyStore');

function policyOf(copy: Templates) {
  const [found] = resourcesOf(copy, 'AWS::VerifiedPermissions::Policy');
  if (found === undefined) throw new Error('there is no policy to seed a fault in');
  return found;
}

describe('Verified Permissions has the policies of server/policies', () => {
  testRule(templates, (copy) => policyFaults(copy, texts, schema), [
    [
      'another text',
      /is missing or another/,
      (copy) => {
        const { Static } = policyOf(copy).resource.Properties.Definition;
        Static.Statement = Static.Statement.replace('permit', 'forbid').concat(' ');
      },
    ],
    [
      'a missing policy',
      /is missing or another/,
      (copy) => {
        const { stack, id } = policyOf(copy);
        delete copy[stack]?.Resources[id];
      },
    ],
    [
      'one too many',
      /everything is one too many/,
      (copy) => {
        const { stack, resource } = policyOf(copy);
        const more = structuredClone(resource);
        more.Properties.Definition.Static.Description = 'everything';
        Object.assign(copy[stack]?.Resources ?? {}, { more });
      },
    ],
    ['another schema', /schema is another/, (copy) => Object.assign(store(copy).Schema, { CedarJson: '{}' })],
    [
      'policies that are not validated',
      /not validated/,
      (copy) => Object.assign(store(copy).ValidationSettings, { Mode: 'OFF' }),
    ],
  ]);
});

test('a schema that is no Cedar is refused', () => {
  expect(() => schemaAsJson('entity {')).toThrow();
});
