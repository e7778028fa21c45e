import { afterAll, describe, expect, test } from 'vitest';
import { createIds } from '../../src/api/ids.ts';
import { mayGoTo } from '../../src/api/people/domain-entry.ts';
import { readPreTokenConfig } from '../../src/lambda/environment.ts';
import { type TokenEvent, withClaims } from '../../src/lambda/token-claims.ts';
import { readWaiting } from '../../src/store/audit.ts';
import { commit } from '../../src/store/commit.ts';
import { getMember, saveMember } from '../../src/store/members.ts';
import { listEntrances } from '../../src/store/people.ts';
import { workspaceScope } from '../../src/store/scope.ts';
import { demoTable, JOINERS, PERSON, proveDomain, recorded } from './world.ts';

const config = readPreTokenConfig({ LAUREL_RESOURCE_SERVER: 'laurel', LAUREL_TABLE: 'laurel' });
const database = await demoTable();
afterAll(() => database.close());
const { table } = database;
const OTHER = { tenant: 'other', workspace: 'main' };
const scope = workspaceScope(OTHER.tenant, OTHER.workspace);
await proveDomain(table, OTHER, 'proven.example');

/** What Cognito sends when somebody renews their token for the workspace of another tenant. */
function renewal(attributes: Record<string, string>): TokenEvent {
  const event = recorded('pre-token-refresh');
  const userAttributes = { ...event.request.userAttributes, ...attributes };
  return { ...event, request: { ...event.request, userAttributes } };
}

async function claimsOf(attributes: Record<string, string>) {
  const letting = { platform: { table, newId: createIds() }, realNow: '2026-11-24T10:00:00.000Z' };
  const answer = await withClaims(renewal(attributes), config, (place, person) => mayGoTo(letting, person, place));
  return answer.response.claimsAndScopeOverrideDetails?.accessTokenGeneration?.claimsToAddOrOverride;
}

/** What is recorded of people who came in by a domain. */
async function recordedEntries() {
  const waiting = await readWaiting(table, scope, 100);
  return waiting.flatMap(({ records }) => records).filter(({ action }) => action === 'system:member.entered');
}

describe('whoever renews for a workspace that they are no member of', () => {
  test('comes in by a proven domain, once, with its role, and leaves a record', async () => {
    const ada = { sub: 'per_ada', email: 'ada@proven.example' };
    expect(await claimsOf(ada)).toEqual(OTHER);
    const member = await getMember(table, scope, ada.sub);
    expect(member).toMatchObject({ role: JOINERS, status: 'active', version: 1 });
    expect(await listEntrances(table, ada.sub)).toEqual([OTHER]);
    expect(await claimsOf(ada)).toEqual(OTHER);
    expect(await getMember(table, scope, ada.sub)).toEqual(member);
    expect(await recordedEntries()).toMatchObject([{ target: { member: ada.sub, domainRule: 'dom_1' } }]);
  });

  test.each([
    ['an address of another domain', { email: 'eve@proven.example.org' }],
    ['an address of a subdomain', { email: 'eve@mail.proven.example' }],
    ['an address that has not proven to be theirs', { email: 'eve@proven.example', email_verified: 'false' }],
    ['an address of which nothing is known', { email: 'eve@proven.example', email_verified: '' }],
    ['no address', { email: '' }],
  ])('is refused with %s', async (_what, attributes) => {
    const eve = { sub: 'per_eve', ...attributes };
    await expect(claimsOf(eve)).rejects.toThrow(/^You are not a member of such a workspace\.$/);
    expect(await getMember(table, scope, eve.sub)).toBeUndefined();
  });

  test('stays out once they were suspended there, whatever their domain', async () => {
    const bob = { sub: 'per_bob', email: 'bob@proven.example' };
    const joinedAt = '2026-11-24T09:00:00.000Z';
    const member = { subject: bob.sub, email: bob.email, role: 'viewer', status: 'suspended', joinedAt } as const;
    await commit(table, [saveMember(table, scope, { ...member, version: 1 })]);
    await expect(claimsOf(bob)).rejects.toThrow(/not a member/);
    expect(await getMember(table, scope, bob.sub)).toMatchObject({ status: 'suspended', version: 1 });
  });
});

test('whoever is a member goes there by that, without any rule', async () => {
  const grace = { tenant: 'demo', workspace: 'main' };
  const event = renewal({ sub: PERSON, email: 'grace@example.com' });
  const letting = { platform: { table, newId: createIds() }, realNow: '2026-11-24T10:00:00.000Z' };
  const asked = { ...event, request: { ...event.request, clientMetadata: grace } };
  const answer = await withClaims(asked, config, (place, person) => mayGoTo(letting, person, place));
  expect(answer.response.claimsAndScopeOverrideDetails?.accessTokenGeneration?.claimsToAddOrOverride).toEqual(grace);
});
