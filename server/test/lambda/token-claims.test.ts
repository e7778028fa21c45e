import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readPreTokenConfig } from '../../src/lambda/environment.ts';
import { type MayGoTo, type TokenEvent, withClaims } from '../../src/lambda/token-claims.ts';
import { PERSON, recorded } from './world.ts';

const config = readPreTokenConfig({ LAUREL_RESOURCE_SERVER: 'laurel', LAUREL_TABLE: 'laurel' });

/** Whoever is of the recorded events is a member of `other/main` beside their home. */
const asked: string[] = [];
const mayGoTo: MayGoTo = async ({ tenant, workspace }, { subject }) => {
  asked.push(`${tenant}/${workspace}/${subject}`);
  return `${tenant}/${workspace}` === 'other/main' && subject === PERSON;
};
const claimed = (event: TokenEvent) => withClaims(event, config, mayGoTo);

async function overridesOf(event: TokenEvent) {
  return (await claimed(event)).response.claimsAndScopeOverrideDetails?.accessTokenGeneration;
}

test("a machine's scopes lose the resource server's name, and the event is otherwise as it came", async () => {
  const event = recorded('pre-token-machine');
  const { response, ...rest } = await claimed(event);
  const { response: _before, ...before } = event;
  expect(rest).toEqual(before);
  expect(response.claimsAndScopeOverrideDetails).toEqual({
    accessTokenGeneration: {
      scopesToAdd: ['users:read', 'users:tokens'],
      scopesToSuppress: ['laurel/users:read', 'laurel/users:tokens'],
    },
  });
});

test('a machine is given no scope that it did not ask this resource server for', async () => {
  const scope = fc.oneof(
    fc.stringMatching(/^laurel\/[a-z:]{1,12}$/),
    fc.stringMatching(/^(laurel2|other|xlaurel)\/[a-z:]{1,12}$/),
    fc.stringMatching(/^[a-z:]{1,12}$/),
  );
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(scope), async (scopes) => {
      const event = recorded('pre-token-machine');
      const { scopesToAdd } = (await overridesOf({ ...event, request: { ...event.request, scopes } })) ?? {};
      expect(scopesToAdd?.map((one) => `laurel/${one}`)).toEqual(scopes.filter((one) => /^laurel\//.test(one)));
    }),
  );
});

test.each(['TokenGeneration_HostedAuth', 'TokenGeneration_RefreshTokens', 'TokenGeneration_Authentication'])(
  'a person is placed where administrators put them (%s)',
  async (triggerSource) => {
    expect(await overridesOf({ ...recorded('pre-token-person'), triggerSource })).toEqual({
      claimsToAddOrOverride: { tenant: 'demo', workspace: 'main' },
    });
  },
);

test.each(['custom:tenant', 'custom:workspace'])('a person without %s gets no token', async (attribute) => {
  const event = recorded('pre-token-person');
  const { [attribute]: _missing, ...userAttributes } = event.request.userAttributes;
  await expect(claimed({ ...event, request: { ...event.request, userAttributes } })).rejects.toThrow(/no workspace/);
  const odd = { ...userAttributes, [attribute]: 'Demo#' };
  await expect(claimed({ ...event, request: { ...event.request, userAttributes: odd } })).rejects.toThrow();
});

test('an event of another version, which could not change access tokens, is refused', async () => {
  const event: object = { ...recorded('pre-token-machine'), version: '1' };
  await expect(claimed(event as TokenEvent)).rejects.toThrow(/V3_0/);
});

test('a renewal that names a workspace of theirs is for that, by one question about the member', async () => {
  asked.length = 0;
  expect(await overridesOf(recorded('pre-token-refresh'))).toEqual({
    claimsToAddOrOverride: { tenant: 'other', workspace: 'main' },
  });
  expect(asked).toEqual([`other/main/${PERSON}`]);
});

test('a workspace of others is refused in the words for one that is not there, and for a name that is none', async () => {
  const event = recorded('pre-token-refresh');
  const places: Record<string, string>[] = [
    { tenant: 'third', workspace: 'main' },
    { tenant: 'other', workspace: 'nothing' },
    { tenant: 'other' },
    { workspace: 'main' },
    { tenant: 'other#', workspace: 'main' },
    { tenant: 'other', workspace: '../main' },
    { tenant: '', workspace: '' },
  ];
  for (const clientMetadata of places) {
    await expect(claimed({ ...event, request: { ...event.request, clientMetadata } })).rejects.toThrow(
      /^You are not a member of such a workspace\.$/,
    );
  }
});

test.each(['TokenGeneration_HostedAuth', 'TokenGeneration_Authentication', 'TokenGeneration_ClientCredentials'])(
  'metadata of any other request say nothing (%s)',
  async (triggerSource) => {
    asked.length = 0;
    const { claimsToAddOrOverride } = (await overridesOf({ ...recorded('pre-token-refresh'), triggerSource })) ?? {};
    expect(claimsToAddOrOverride ?? { tenant: 'demo', workspace: 'main' }).toEqual({
      tenant: 'demo',
      workspace: 'main',
    });
    expect(asked).toEqual([]);
  },
);
