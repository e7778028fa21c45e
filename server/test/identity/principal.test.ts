import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromContext, type Principal, roles, toContext } from '../../src/identity/principal.ts';
import { hasDuplicateKeys } from '../../src/identity/unique-keys.ts';

const slug = fc.stringMatching(/^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$/);
const subject = fc.stringMatching(/^[A-Za-z0-9_:-]{1,128}$/);
const scope = fc.stringMatching(/^[a-z-]{1,40}:[a-z]{1,20}$/);
const tokenId = fc.option(fc.stringMatching(/^[\x21-\x7e]{1,64}$/), { nil: undefined });

const principal: fc.Arbitrary<Principal> = fc
  .record({ tenant: slug, workspace: slug, subject, platform: fc.boolean(), tokenId })
  .chain(({ tokenId: id, ...base }) => {
    const common = { ...base, ...(id === undefined ? {} : { tokenId: id }) };
    return fc.oneof(
      fc.array(scope, { maxLength: 5 }).map((scopes): Principal => ({ ...common, kind: 'machine', scopes })),
      fc.constantFrom(...roles).map((role): Principal => ({ ...common, kind: 'operator', scopes: [], role })),
      fc.constant<Principal>({ ...common, kind: 'player', scopes: [] }),
    );
  });

describe('a principal in the context of a gateway', () => {
  test('comes back as it went', () => {
    fc.assert(
      fc.property(principal, (one) => {
        expect(fromContext(toContext(one))).toEqual(one);
      }),
    );
  });

  test('survives what API Gateway adds', () => {
    fc.assert(
      fc.property(principal, (one) => {
        const context = { ...toContext(one), principalId: 'machine:x', integrationLatency: 12 };
        expect(fromContext(context)).toEqual(one);
      }),
    );
  });

  test('is nothing once any required part is missing or is not a string', () => {
    const required = ['kind', 'tenant', 'workspace', 'subject', 'scopes', 'platform'];
    fc.assert(
      fc.property(
        principal,
        fc.constantFrom(...required),
        fc.constantFrom<unknown>(undefined, null, true, 1, [], ['acme'], {}),
        (one, name, value) => {
          expect(fromContext({ ...toContext(one), [name]: value })).toBeUndefined();
        },
      ),
    );
  });

  const machine: Principal = {
    kind: 'machine',
    tenant: 'acme',
    workspace: 'main',
    subject: 'cli_a',
    scopes: ['users:read'],
    platform: false,
  };

  test.each<[string, Record<string, unknown>]>([
    ['a space after a name', { tenant: 'acme ' }],
    ['capitals', { tenant: 'Acme' }],
    ['a newline', { workspace: 'main\n' }],
    ['a key’s separator', { workspace: 'main#x' }],
    ['another truth', { platform: 'TRUE' }],
    ['another kind', { kind: 'admin' }],
    ['a role of a machine', { role: 'owner' }],
    ['an operator without a role', { kind: 'operator', scopes: '' }],
    ['an operator of no known role', { kind: 'operator', scopes: '', role: 'root' }],
    ['an operator with scopes', { kind: 'operator', role: 'viewer' }],
    ['a player with scopes', { kind: 'player' }],
    ['two spaces between scopes', { scopes: 'users:read  events:write' }],
    ['an empty token id', { tokenId: '' }],
  ])('is nothing with %s', (_what, change) => {
    expect(fromContext({ ...toContext(machine), ...change })).toBeUndefined();
  });

  test.each([undefined, null, 'machine', 1, []])('%j is no context', (value) =>
    expect(fromContext(value)).toBeUndefined(),
  );
});

describe('keys named twice', () => {
  test('no text that JSON.stringify writes repeats a key', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        expect(hasDuplicateKeys(text)).toBe(false);
      }),
    );
  });

  test('every object with one of its keys again does', () => {
    const objects = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { minKeys: 1, noNullPrototype: true });
    fc.assert(
      fc.property(objects, fc.jsonValue({ maxDepth: 2 }), fc.nat(), fc.boolean(), (object, value, at, nested) => {
        const keys = Object.keys(object);
        const again = `${JSON.stringify(keys[at % keys.length])} : ${JSON.stringify(value)}`;
        const text = `${JSON.stringify(object).slice(0, -1)},${again}}`;
        expect(hasDuplicateKeys(nested ? `{"x":[1,{},${text}]}` : text)).toBe(true);
      }),
    );
  });

  test('equal keys of different objects are none', () => {
    expect(hasDuplicateKeys('{"a":{"a":[{"a":1},{"a":"\\"a\\":1"}]},"b":{"a":1}}')).toBe(false);
  });
});
