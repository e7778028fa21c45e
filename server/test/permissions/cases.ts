import { contract, routesOf } from '@laurel/contract';
import type { RoleConditions } from '@laurel/contract/types';
import fc from 'fast-check';
import { aboutsOf, grantable } from '../../src/identity/permissions.ts';
import { type Principal, type RoleId, roles } from '../../src/identity/principal.ts';
import type { About, HeldRole, PolicyRequest } from '../../src/ports/policy.ts';

const metas = [
  ...new Map(routesOf(contract).flatMap(({ meta }) => (meta ? [[meta.action, meta] as const] : []))).values(),
];
const scopes = [...new Set(metas.map(({ scope }) => scope))];
const permissions = [...grantable];

/** Names and values that would break out of a text, or find what every object has. */
const nasty = [
  'north',
  '"',
  '\\',
  '") || true || ("',
  '"]; permit (principal, action, resource); //',
  '@id("x")',
  '\n\u0000\u2028',
  '__proto__',
  'constructor',
  '{{tenant}}',
  '?principal',
  '*',
  '',
  'Ünïcødé 🦊',
] as const;

/** A value in so many of a hundred cases. */
function maybe<T>(percent: number, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: percent, arbitrary }, { weight: 100 - percent, arbitrary: fc.constant(undefined) });
}

const values = fc.constantFrom<string | number | boolean>(...nasty, 0, 1, -1, 1.5, true, false, '1', 'true');
const attribute = fc.constantFrom('region', 'level', 'constructor', 'toString', 'hasOwnProperty');
const teams = ['red', 'blue', 'red/blue', '..', '__proto__'];

const time = fc.integer({ min: 0, max: 1439 }).map((minute) => {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
});
const hours = fc
  .record({
    days: fc.subarray(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const, { minLength: 1 }),
    from: time,
    to: fc.oneof(time, fc.constant('24:00')),
    zone: fc.constantFrom(
      'UTC',
      'Europe/Rome',
      'America/New_York',
      'Asia/Kathmandu',
      'Pacific/Apia',
      'Australia/Lord_Howe',
    ),
  })
  .filter(({ from, to }) => from !== to);

const ranges = fc.constantFrom(
  '0.0.0.0/0',
  '192.0.2.0/24',
  '192.0.2.7',
  '10.0.0.0/8',
  '::/0',
  '2001:db8::/32',
  '::1',
  'fe80::/10',
);
const address = fc.constantFrom<string | undefined>(
  undefined,
  '192.0.2.7',
  '192.0.3.0',
  '10.255.255.255',
  '::ffff:192.0.2.9',
  '2001:db8:0:0::5',
  '2001:DB9::1',
  '::1',
  'fe80::1',
  'no address',
  'fe80::1%eth0',
);

const conditions: fc.Arbitrary<RoleConditions> = fc
  .record({
    users: maybe(35, fc.record({ attribute, values: fc.array(values, { minLength: 1, maxLength: 4 }) })),
    teams: maybe(25, fc.subarray(teams, { minLength: 1 })),
    hours: maybe(25, hours),
    addresses: maybe(30, fc.array(ranges, { minLength: 1, maxLength: 3 })),
  })
  .map(({ users, teams: own, hours: open, addresses }) => ({
    ...(users === undefined ? {} : { users }),
    ...(own === undefined ? {} : { teams: own }),
    ...(open === undefined ? {} : { hours: open }),
    ...(addresses === undefined ? {} : { addresses }),
  }));

const place = fc.record({
  tenant: fc.constantFrom('acme', 'bolt', 'acme-2'),
  workspace: fc.constantFrom('main', 'side', 'acme'),
});

const custom: readonly RoleId[] = ['rol_01JD8QZ4M3V5K7R9T1X3Z5B7D9', 'rol_01JD8QZ4M3V5K7R9T1X3Z5B7DA'];

const role: fc.Arbitrary<HeldRole> = fc.record({
  id: fc.constantFrom(...custom),
  permissions: fc.subarray(permissions, { minLength: 1 }),
  conditions,
});

const about: fc.Arbitrary<About | undefined> = maybe(
  90,
  fc.oneof(
    fc.constantFrom<About>({ kind: 'everyone' }, { kind: 'nobody' }),
    fc.record({ kind: fc.constant('team' as const), id: fc.constantFrom(...teams) }),
    fc.record({
      kind: fc.constant('user' as const),
      id: fc.constantFrom('ada', 'bob"'),
      attributes: fc.dictionary(attribute, values, { maxKeys: 3 }),
      team: fc.option(fc.constantFrom(...teams)),
    }),
  ),
);

/** What an action may be about, and of that what a role shows. */
function shown({ conditions: { users, teams: own } }: HeldRole, action: string, pick: number): About | undefined {
  const kinds = aboutsOf(action);
  const kind = kinds[pick % kinds.length];
  const team = own?.[pick % own.length] ?? 'red';
  if (kind === 'team') return { kind, id: team };
  if (kind !== 'user') return kind === undefined ? undefined : { kind };
  const value = users?.values[pick % users.values.length];
  return { kind, id: 'eve', attributes: users && value !== undefined ? { [users.attribute]: value } : {}, team };
}

const principal: fc.Arbitrary<Principal> = fc
  .record({
    at: place,
    platform: fc.boolean(),
    scopes: fc.subarray(scopes),
    role: fc.constantFrom<RoleId>(...roles, ...custom, ...custom, ...custom),
    kind: fc.constantFrom('operator', 'operator', 'operator', 'machine', 'player'),
  })
  .map(({ at, platform, scopes: granted, role: own, kind }): Principal => {
    const same = { ...at, subject: 'someone', platform };
    if (kind === 'operator') return { ...same, kind, scopes: [], role: own };
    return kind === 'machine' ? { ...same, kind, scopes: granted } : { ...same, kind, scopes: [], platform: false };
  });

/** Requests of all kinds. Some of what they have is fitted to the caller's role, or nearly all would be denied. */
export const requests: fc.Arbitrary<PolicyRequest> = fc
  .record({
    principal,
    meta: fc.constantFrom(...metas),
    away: maybe(35, place),
    about,
    actingFor: maybe(10, fc.constant('ada')),
    role: maybe(95, role),
    chance: fc.array(fc.nat(99), { minLength: 5, maxLength: 5 }),
    pick: fc.nat(),
    at: maybe(92, fc.date({ min: new Date('2024-01-01'), max: new Date('2027-12-31'), noInvalidDate: true })),
    address,
  })
  .map(({ principal: caller, meta, away, role: given, pick, chance, ...rest }) => {
    const [isOwn = 0, isHeld = 0, isShown = 0, isNear = 0, isHome = 0] = chance;
    const isCustom = caller.role?.startsWith('rol_') === true;
    const held = given !== undefined && isCustom && isOwn < 92 ? { ...given, id: caller.role ?? given.id } : given;
    const wanted = isHeld < 85 ? held?.permissions[pick % held.permissions.length] : undefined;
    const asked = (isCustom && metas.find(({ action }) => action === wanted)) || meta;
    const thing = held !== undefined && isShown < 70 ? shown(held, asked.action, pick) : rest.about;
    const [range] = held?.conditions.addresses ?? [];
    const from = range !== undefined && isNear < 60 ? range.split('/')[0] : rest.address;
    const home = { tenant: caller.tenant, workspace: caller.workspace };
    return {
      principal: caller,
      action: asked.action,
      scope: asked.scope,
      resource: away === undefined || (isCustom && isHome < 70) ? home : away,
      ...(thing === undefined ? {} : { about: thing }),
      ...(rest.actingFor === undefined ? {} : { actingFor: rest.actingFor }),
      ...(held === undefined || !isCustom ? {} : { role: held }),
      ...(rest.at === undefined ? {} : { at: rest.at.toISOString() }),
      ...(from === undefined ? {} : { address: from }),
    };
  });
