import { checkParseSchema, schemaToJson, validate } from '@cedar-policy/cedar-wasm/nodejs';
import { describe, expect, test } from 'vitest';
import { cedarSchema, permissionsOf } from '../generate/cedar.ts';
import { contract } from '../src/index.ts';
import { reads } from '../src/route.ts';
import { routes } from './all-routes.ts';
import { contractWith } from './new-route.ts';

const schema = cedarSchema(contract);
const permissions = permissionsOf(contract);

test('the schema of Cedar parses', () => {
  expect(checkParseSchema(schema)).toEqual({ type: 'success' });
});

test('the schema has every action of the contract, each in its level, and no others', () => {
  const parsed = schemaToJson(schema);
  const { actions = {} } = parsed.type === 'success' ? (parsed.json.Laurel ?? {}) : {};
  const declared = permissions.map(({ action, level }) => [action, [level]]);
  const found = Object.entries(actions)
    .filter(([, { memberOf = [] }]) => memberOf.length > 0)
    .map(([action, { memberOf = [] }]) => [action, memberOf.map(({ id }) => id)]);
  expect(Object.fromEntries(found)).toEqual(Object.fromEntries(declared));
});

test.each(permissions)('a policy may speak of $action, with all that it is told', ({ action, callers }) => {
  const operator = callers.has('operator');
  const policy = `permit (principal is Laurel::${operator ? 'Operator' : 'Player'}, action == Laurel::Action::"${action}", resource)
    when { principal.tenant == resource.tenant && principal.workspace == resource.workspace && context.scope != "" };`;
  const result = validate({ schema, policies: { staticPolicies: policy } });
  expect(result).toMatchObject({ type: 'success', validationErrors: [], validationWarnings: [] });
});

describe('one action means one level and one scope', () => {
  test.each(routes)('%s agrees with the other routes of its action', (_name, { meta }) => {
    const others = routes.filter(([, other]) => other.meta.action === meta.action);
    expect(new Set(others.map(([, other]) => `${other.meta.level} ${other.meta.scope}`)).size).toBe(1);
  });

  test('a second level is refused, with both routes named', () => {
    const twice = contractWith(reads('dashboard', 'missions', { level: 'own' }));
    expect(() => permissionsOf(twice)).toThrow(
      /dashboard:missions\.read has two levels: .*dashboard\.missions\.list.*dashboard\.stickers\.list/,
    );
  });

  test('a second scope is refused', () => {
    const twice = contractWith(reads('dashboard', 'missions', { scope: 'stickers:read' }));
    expect(() => permissionsOf(twice)).toThrow(/has two scopes/);
  });
});
