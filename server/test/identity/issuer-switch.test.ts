import { afterAll, afterEach, describe, expect, test } from 'vitest';
import {
  authorizationRequest,
  authorizerAt,
  browser,
  codeOf,
  expectQuiet,
  issuerWorld,
  PASSWORD,
  payloadOf,
  redeem,
  refresh,
} from './issuer-world.ts';

const world = await issuerWorld();
const { base } = world;
afterAll(() => world.close());
afterEach(expectQuiet);

/** Somebody who signed in to acme's main workspace. */
async function signedIn(name: 'ada' | 'bob') {
  const { go } = browser();
  const { url, verifier } = authorizationRequest(base, { tenant: 'acme' });
  const done = await go((await go(url)).url, { email: `${name}@example.com`, password: PASSWORD });
  return (await redeem(base, codeOf(done.url), verifier)).body;
}

const MAIN = { tenant: 'acme', workspace: 'main' };
const BOLT = { tenant: 'bolt', workspace: 'main' };
const placeIn = (body: Readonly<Record<string, unknown>>) => {
  const { sub, tenant, workspace } = payloadOf(String(body.access_token));
  return { sub, tenant, workspace };
};

describe('one identity, many workspaces, one workspace in a token', () => {
  test('a refresh that names another workspace of theirs is a token for that, and the next goes on there', async () => {
    const first = await signedIn('ada');
    expect(placeIn(first)).toEqual({ sub: 'ada', ...MAIN });
    const there = await refresh(base, first.refresh_token, BOLT);
    expect(there.status).toBe(200);
    expect(placeIn(there.body)).toEqual({ sub: 'ada', ...BOLT });
    const on = await refresh(base, there.body.refresh_token);
    expect(placeIn(on.body)).toEqual({ sub: 'ada', ...BOLT });
    expect(placeIn((await refresh(base, on.body.refresh_token, MAIN)).body)).toEqual({ sub: 'ada', ...MAIN });
  });

  test('each token opens its own tenant alone', async () => {
    const first = await signedIn('ada');
    const { body } = await refresh(base, first.refresh_token, BOLT);
    for (const [tenant, mine, other] of [
      ['acme', first, body],
      ['bolt', body, first],
    ] as const) {
      const authorize = authorizerAt(base, tenant);
      expect(await authorize(`Bearer ${mine.access_token}`)).toMatchObject({ kind: 'allowed', principal: { tenant } });
      expect(await authorize(`Bearer ${other.access_token}`)).toMatchObject({ kind: 'denied', status: 401 });
    }
  });

  test('a workspace that they are no member of is refused alike, whether or not it exists, and keeps the session', async () => {
    let { refresh_token: token } = await signedIn('bob');
    const refusals = [];
    for (const place of [
      BOLT,
      { tenant: 'nobody', workspace: 'main' },
      { tenant: 'acme', workspace: 'nothing' },
      { tenant: '', workspace: '' },
      { tenant: '__proto__', workspace: 'constructor' },
    ])
      refusals.push(await refresh(base, token, place));
    expect(refusals[0]).toMatchObject({ status: 400, body: { error: 'access_denied' } });
    for (const refusal of refusals) expect(refusal).toEqual(refusals[0]);
    // Half a name is none.
    expect(await refresh(base, token, { workspace: 'main' })).toEqual(refusals[0]);
    ({ refresh_token: token } = (await refresh(base, token)).body);
    expect(placeIn((await refresh(base, token, MAIN)).body)).toEqual({ sub: 'bob', ...MAIN });
  });

  test('whoever lost the membership cannot come back', async () => {
    const first = await signedIn('ada');
    const ada = world.people.get('ada');
    if (ada === undefined) throw new Error('there is no Ada');
    world.people.set('ada', { ...ada, memberships: [MAIN] });
    expect(await refresh(base, first.refresh_token, BOLT)).toMatchObject({ body: { error: 'access_denied' } });
    world.people.set('ada', ada);
  });
});
