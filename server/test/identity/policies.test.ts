import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { validate } from '@cedar-policy/cedar-wasm/nodejs';
import { contract, type Level, type RouteMeta, routesOf } from '@laurel/contract';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cedarEngine } from '../../src/identity/cedar-engine.ts';
import { readPolicies } from '../../src/identity/cedar-policies.ts';
import { type Principal, type Role, roles } from '../../src/identity/principal.ts';

const folder = fileURLToPath(new URL('../../policies', import.meta.url));
const texts = await readPolicies(folder);
const engine = cedarEngine(texts);

const metas: readonly RouteMeta[] = [
  ...new Map(
    routesOf(contract).flatMap(({ meta }) => (meta === undefined ? [] : [[meta.action, meta] as const])),
  ).values(),
];

const home = { tenant: 'acme', workspace: 'main' };
const operator = (role: Role, platform = false): Principal => ({
  ...home,
  kind: 'operator',
  subject: 'ada',
  scopes: [],
  role,
  platform,
});
const machine = (scopes: readonly string[], platform = false): Principal => ({
  ...home,
  kind: 'machine',
  subject: 'cli_a',
  scopes,
  platform,
});
const player: Principal = { ...home, kind: 'player', subject: 'usr_1', scopes: [], platform: false };

const asks = (principal: Principal, { action, scope }: Pick<RouteMeta, 'action' | 'scope'>, resource = home) =>
  engine.decide({ principal, action, scope, resource });

/** The levels of each role, written down apart from the policies. */
const levelsOf: Readonly<Record<Role, readonly Level[]>> = {
  viewer: ['read'],
  member: ['read', 'operate'],
  manager: ['read', 'operate', 'author'],
  admin: ['read', 'operate', 'author', 'administer'],
  owner: ['read', 'operate', 'author', 'administer', 'own'],
};

describe('the policies', () => {
  test('are valid, strictly, by the schema of the contract', () => {
    const answer = validate({ schema: texts.schema, policies: { staticPolicies: { ...texts.policies } } });
    expect(answer).toMatchObject({ type: 'success', validationErrors: [] });
  });

  test('each has an id that begins with its file', async () => {
    for (const id of Object.keys(texts.policies)) {
      const [file] = id.split('.');
      expect(await readFile(`${folder}/${file}.cedar`, 'utf8')).toContain(`@id("${id}")`);
    }
  });

  test('the contract has routes to decide about, of every level', () => {
    expect(new Set(metas.map(({ level }) => level))).toEqual(
      new Set(['play', 'read', 'operate', 'author', 'administer', 'own', 'run']),
    );
  });

  test('texts that are no Cedar are refused at the start', () => {
    expect(() => cedarEngine({ ...texts, policies: { x: 'permit (' } })).toThrow();
    expect(() => cedarEngine({ ...texts, schema: 'entity' })).toThrow();
  });
});

describe.each(metas.map((meta) => [meta.action, meta] as const))('%s', (_action, meta) => {
  test.each(roles)('%s', async (role) => {
    const expected = meta.callers.includes('operator') && levelsOf[role].includes(meta.level);
    const { allowed, errors } = await asks(operator(role), meta);
    expect(allowed).toBe(expected);
    expect(errors.length > 0).toBe(!meta.callers.includes('operator'));
  });

  test('an owner of the platform', async () => {
    const expected = meta.callers.includes('operator') && (meta.level === 'run' || levelsOf.owner.includes(meta.level));
    expect((await asks(operator('owner', true), meta)).allowed).toBe(expected);
    expect((await asks(operator('admin', true), meta)).allowed).toBe(expected && !['run', 'own'].includes(meta.level));
  });

  test('a machine with the scope, with all others, with none', async () => {
    const others = metas.map(({ scope }) => scope).filter((scope) => scope !== meta.scope);
    const expected = meta.callers.includes('machine');
    expect((await asks(machine([meta.scope]), meta)).allowed).toBe(expected && meta.level !== 'run');
    expect((await asks(machine([meta.scope], true), meta)).allowed).toBe(expected);
    expect((await asks(machine(others, true), meta)).allowed).toBe(false);
    expect((await asks(machine([]), meta)).allowed).toBe(false);
  });

  test('a player', async () => {
    const expected = meta.callers.includes('player') && meta.level === 'play';
    expect((await asks(player, meta)).allowed).toBe(expected);
  });
});

describe('tenancy', () => {
  const level = (wanted: Level): RouteMeta => {
    const meta = metas.find((one) => one.level === wanted);
    if (meta === undefined) throw new Error(`no route of level ${wanted}`);
    return meta;
  };
  const elsewhere = { tenant: 'acme', workspace: 'test' };
  const abroad = { tenant: 'bolt', workspace: 'main' };

  test('what decided is named', async () => {
    expect(await asks(operator('viewer'), level('read'))).toEqual({
      allowed: true,
      policies: ['roles.viewer'],
      errors: [],
    });
    expect(await asks(operator('owner'), level('read'), abroad)).toMatchObject({
      allowed: false,
      policies: ['tenancy.tenant'],
    });
    expect(await asks(operator('viewer'), level('operate'))).toEqual({ allowed: false, policies: [], errors: [] });
  });

  test("an owner's level is about the tenant as a whole, and about no other tenant", async () => {
    expect((await asks(operator('owner'), level('own'), elsewhere)).allowed).toBe(true);
    expect((await asks(operator('admin'), level('own'), elsewhere)).allowed).toBe(false);
    expect((await asks(operator('owner'), level('administer'), elsewhere)).allowed).toBe(false);
    expect((await asks(operator('owner'), level('own'), abroad)).allowed).toBe(false);
  });

  test('a machine stays in its workspace', async () => {
    const { scope } = level('own');
    expect((await asks(machine([scope]), level('own'))).allowed).toBe(true);
    expect((await asks(machine([scope]), level('own'), elsewhere)).allowed).toBe(false);
    expect((await asks(machine([scope]), level('own'), abroad)).allowed).toBe(false);
  });

  test('whoever runs the platform reaches other tenants to run and own, and for nothing else', async () => {
    for (const wanted of ['run', 'own'] as const) {
      expect((await asks(operator('owner', true), level(wanted), abroad)).allowed).toBe(true);
      expect((await asks(machine([level(wanted).scope], true), level(wanted), abroad)).allowed).toBe(true);
    }
    for (const wanted of ['read', 'operate', 'author', 'administer'] as const) {
      expect((await asks(operator('owner', true), level(wanted), abroad)).allowed).toBe(false);
      expect((await asks(machine([level(wanted).scope], true), level(wanted), abroad)).allowed).toBe(false);
    }
  });

  test('only a machine acts for a player', async () => {
    const { action, scope } = level('play');
    const acting = { action, scope, resource: home, actingFor: 'usr_2' };
    expect((await engine.decide({ ...acting, principal: machine([scope]) })).allowed).toBe(true);
    expect(await engine.decide({ ...acting, principal: player })).toMatchObject({
      allowed: false,
      policies: ['players.as-themselves'],
    });
  });
});

describe('threat 30: by default no', () => {
  test.each(['app:me.delete', 'read', 'own', '', 'app:me.read"', 'APP:ME.READ', '__proto__'])(
    'the unknown action %j is an error, which denies',
    async (action) => {
      const decision = await engine.decide({ principal: machine(['x:y'], true), action, scope: 'x:y', resource: home });
      expect(decision.allowed).toBe(false);
      expect(decision.errors).not.toEqual([]);
    },
  );

  test('a policy that fails denies, whatever others permit', async () => {
    const failing = cedarEngine({
      ...texts,
      policies: {
        ...texts.policies,
        'x.fails': 'permit (principal, action, resource) when { principal.absent == 1 };',
      },
    });
    const [meta] = metas;
    if (meta === undefined) throw new Error('no routes');
    const decision = await failing.decide({ principal: machine([meta.scope]), resource: home, ...meta });
    expect(decision.allowed).toBe(false);
    expect(decision.errors).toHaveLength(1);
  });

  test('ten thousand random requests: none is permitted over a border but by whoever runs the platform', async () => {
    const slug = fc.constantFrom('acme', 'bolt', 'acme-2', 'main', 'test');
    const place = fc.record({ tenant: slug, workspace: slug });
    const scopes = fc.subarray([...new Set(metas.map(({ scope }) => scope))]);
    const principal = fc
      .record({ place, platform: fc.boolean(), scopes, role: fc.constantFrom(...roles) })
      .chain(({ place: at, platform, scopes: granted, role }) =>
        fc.constantFrom<Principal>(
          { ...operator(role, platform), ...at },
          { ...machine(granted, platform), ...at },
          { ...player, ...at },
        ),
      );
    let permits = 0;
    await fc.assert(
      fc.asyncProperty(
        principal,
        fc.constantFrom(...metas),
        place,
        fc.boolean(),
        async (caller, meta, resource, isHome) => {
          const target = isHome ? { tenant: caller.tenant, workspace: caller.workspace } : resource;
          const { allowed } = await asks(caller, meta, target);
          permits += allowed ? 1 : 0;
          const isTenantLevel = meta.level === 'own' || meta.level === 'run';
          const runsPlatform = caller.platform && isTenantLevel;
          if (target.tenant !== caller.tenant) expect(allowed && !runsPlatform).toBe(false);
          if (target.workspace !== caller.workspace) {
            expect(allowed && !runsPlatform && !(isTenantLevel && caller.role === 'owner')).toBe(false);
          }
        },
      ),
      { numRuns: 10_000 },
    );
    expect(permits).toBeGreaterThan(100);
  });
});
