import type { Laurel } from '@laurel/sdk/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeOf } from '../game/world.ts';
import { signIn } from '../support/sign-in.ts';
import { clientOf, openPeople, type People } from './world.ts';

let people: People;
let acme: Laurel;
let bolt: Laurel;
beforeAll(async () => {
  people = await openPeople();
  acme = await people.machine();
  bolt = await people.machine(undefined, { tenant: 'bolt', workspace: 'main' });
});
afterAll(() => people.test.close());

const PASSWORD = 'correct horse battery staple';
const HOMELESS = { tenant: 'elsewhere', workspace: 'main' };

/** Somebody who works in another tenant, with an address of a domain. */
async function somebody(email: string) {
  await people.platform.createOperator(HOMELESS, { email, password: PASSWORD, role: 'viewer' });
  return { email, password: PASSWORD };
}

const enter = (person: { email: string; password: string }, tenant: string) =>
  signIn(people.platform.baseUrl, person, { tenant });

/** A rule whose domain is proven. */
async function proven(laurel: Laurel, domain: string) {
  const { id, record } = await laurel.domainRules.create({ domain, role: 'viewer' });
  people.dns.set(record.name, [...(people.dns.get(record.name) ?? []), record.value]);
  return laurel.domainRules.verify(id);
}

test('whoever has an address of a proven domain comes in by signing in for the tenant, and not before', async () => {
  const grace = await somebody('grace@proven.example');
  const { id, record, status } = await acme.domainRules.create({ domain: 'Proven.Example', role: 'viewer' });
  expect({ status, name: record.name }).toEqual({ status: 'pending', name: '_laurel-challenge.proven.example' });
  await expect(enter(grace, 'acme')).rejects.toThrow('access_denied');
  expect(await codeOf(acme.domainRules.verify(id))).toBe('domain_not_proven');
  people.dns.set(record.name, ['unrelated', record.value]);
  expect(await acme.domainRules.verify(id)).toMatchObject({ status: 'verified' });

  const token = await enter(grace, 'acme');
  const laurel = clientOf({ baseUrl: `${people.platform.baseUrl}/acme`, token });
  expect(await laurel.me.get()).toMatchObject({
    email: 'grace@proven.example',
    memberships: [{ workspace: 'main', role: 'viewer', status: 'active' }],
  });
  await acme.domainRules.remove(id);
  await expect(enter(await somebody('late@proven.example'), 'acme')).rejects.toThrow('access_denied');
});

describe("a domain swallows nobody's people", () => {
  test("another tenant's record proves nothing, and each has its own", async () => {
    const first = await proven(acme, 'both.example');
    const second = await bolt.domainRules.create({ domain: 'both.example', role: 'viewer' });
    expect(second.record.value).not.toBe(first.record.value);
    expect(await codeOf(bolt.domainRules.verify(second.id))).toBe('domain_not_proven');
    const person = await somebody('ada@both.example');
    await expect(enter(person, 'bolt')).rejects.toThrow('access_denied');
    // Whom a rule would take is nowhere without asking, and stays where they are.
    const members = async () => (await acme.members.list().toArray({ max: 200 })).map(({ email }) => email);
    expect(await members()).not.toContain('ada@both.example');
    await enter(person, 'acme');
    expect(await members()).toContain('ada@both.example');
    await expect(enter(person, HOMELESS.tenant)).resolves.toMatch(/\./);
  });

  test('looks alike are others, and so are subdomains', async () => {
    await proven(acme, 'alike.example');
    for (const domain of ['xn--like-53d.example', 'sub.alike.example', 'alike.example.evil.example'])
      await expect(enter(await somebody(`eve@${domain}`), 'acme')).rejects.toThrow('access_denied');
    const cyrillic = await acme.domainRules.create({ domain: 'аlike.example', role: 'viewer' });
    expect(cyrillic.domain).toMatch(/^xn--/);
    expect(await codeOf(acme.domainRules.create({ domain: 'ALIKE.example', role: 'viewer' }))).toBe('already_exists');
  });

  test('domains that give addresses to anybody are refused, in any spelling', async () => {
    for (const domain of ['gmail.com', 'GMAIL.com', 'ｇmail.com', 'outlook.com', 'proton.me'])
      expect(await codeOf(acme.domainRules.create({ domain, role: 'viewer' })), domain).toBe('unprocessable');
  });

  test('what is no domain is refused', async () => {
    for (const domain of ['localhost', 'com', '127.0.0.1', 'a b.example', 'x@y.example', '..a.example', 'a_b.example'])
      expect(await codeOf(acme.domainRules.create({ domain, role: 'viewer' })), domain).toBe('invalid_request');
  });
});

test('nobody makes, proves or removes a rule for a role above their own', async () => {
  const [owner, admin] = [await people.operator('owner'), await people.operator('admin')];
  const { id, record } = await owner.domainRules.create({ domain: 'owners.example', role: 'owner' });
  people.dns.set(record.name, [record.value]);
  expect(await codeOf(admin.domainRules.create({ domain: 'admins.example', role: 'owner' }))).toBe('forbidden');
  expect(await codeOf(admin.domainRules.verify(id))).toBe('forbidden');
  expect(await codeOf(admin.domainRules.remove(id))).toBe('forbidden');
  expect(await owner.domainRules.verify(id)).toMatchObject({ status: 'verified' });
  expect(await codeOf(owner.domainRules.remove(id))).toBe('none');
});
