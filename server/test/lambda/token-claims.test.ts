import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readPreTokenConfig } from '../../src/lambda/environment.ts';
import { type TokenEvent, withClaims } from '../../src/lambda/token-claims.ts';
import { recorded } from './world.ts';

const config = readPreTokenConfig({ LAUREL_RESOURCE_SERVER: 'laurel' });

function overridesOf(event: TokenEvent) {
  return withClaims(event, config).response.claimsAndScopeOverrideDetails?.accessTokenGeneration;
}

test("a machine's scopes lose the resource server's name, and the event is otherwise as it came", () => {
  const event = recorded('pre-token-machine');
  const { response, ...rest } = withClaims(event, config);
  const { response: _before, ...before } = event;
  expect(rest).toEqual(before);
  expect(response.claimsAndScopeOverrideDetails).toEqual({
    accessTokenGeneration: {
      scopesToAdd: ['users:read', 'users:tokens'],
      scopesToSuppress: ['laurel/users:read', 'laurel/users:tokens'],
    },
  });
});

test('a machine is given no scope that it did not ask this resource server for', () => {
  const scope = fc.oneof(
    fc.stringMatching(/^laurel\/[a-z:]{1,12}$/),
    fc.stringMatching(/^(laurel2|other|xlaurel)\/[a-z:]{1,12}$/),
    fc.stringMatching(/^[a-z:]{1,12}$/),
  );
  fc.assert(
    fc.property(fc.uniqueArray(scope), (scopes) => {
      const event = recorded('pre-token-machine');
      const { scopesToAdd } = overridesOf({ ...event, request: { ...event.request, scopes } }) ?? {};
      expect(scopesToAdd?.map((one) => `laurel/${one}`)).toEqual(scopes.filter((one) => /^laurel\//.test(one)));
    }),
  );
});

test.each(['TokenGeneration_HostedAuth', 'TokenGeneration_RefreshTokens', 'TokenGeneration_Authentication'])(
  'a person is placed where administrators put them (%s)',
  (triggerSource) => {
    expect(overridesOf({ ...recorded('pre-token-person'), triggerSource })).toEqual({
      claimsToAddOrOverride: { tenant: 'demo', workspace: 'main' },
    });
  },
);

test.each(['custom:tenant', 'custom:workspace'])('a person without %s gets no token', (attribute) => {
  const event = recorded('pre-token-person');
  const { [attribute]: _missing, ...userAttributes } = event.request.userAttributes;
  expect(() => withClaims({ ...event, request: { ...event.request, userAttributes } }, config)).toThrow(/no workspace/);
  const odd = { ...userAttributes, [attribute]: 'Demo#' };
  expect(() => withClaims({ ...event, request: { ...event.request, userAttributes: odd } }, config)).toThrow();
});

test('an event of another version, which could not change access tokens, is refused', () => {
  const event: object = { ...recorded('pre-token-machine'), version: '1' };
  expect(() => withClaims(event as TokenEvent, config)).toThrow(/V3_0/);
});
