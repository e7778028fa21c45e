import type { Laurel } from '@laurel/sdk/server';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Fetch, verifyJwt, verifyProof } from '../credentials/verifier.ts';
import { ACME_SIDE } from '../support/platform.ts';
import { clockAt, codeOf, type Game, HOME, laurelOf, openGame, times } from './world.ts';

type Badge = Parameters<Laurel['badges']['create']>[0];

const NOW = '2026-11-24T09:30:00.500Z';
const clock = clockAt(NOW);
let game: Game;
let laurel: Laurel;
beforeAll(async () => {
  game = await openGame({ clock });
  laurel = game.laurel;
});
afterEach(() => clock.set(NOW));
afterAll(() => game.close());

let made = 0;
/** A badge of its own for a test, and a user. */
async function begin(
  own: Partial<Badge> = {},
): Promise<{ badge: string; userId: string; as: ReturnType<Laurel['as']> }> {
  made += 1;
  const [badge, userId] = [`badge-${made}`, `user-${made}`];
  await laurel.badges.create({
    id: badge,
    name: { en: 'Explorer', it: 'Esploratore' },
    criteria: { en: 'Look around.' },
    ...own,
  });
  await laurel.users.create({ id: userId, externalId: `external-${made}` });
  return { badge, userId, as: laurel.as({ userId }) };
}
const award = (userId: string, badge: string) => laurel.badgeAwards.create(userId, { badge, reason: 'Helped.' });
const TIERS: Badge['tiers'] = [
  { count: 1, name: { en: 'Bronze' } },
  { count: 3, name: { en: 'Silver' } },
];

/** The network of a stranger, who has no token: this platform's addresses, which are plain HTTP here. */
const stranger: Fetch = async (url) => {
  const answer = await fetch(url.replace('https:', 'http:'));
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  return answer.json();
};
const moment = () => new Date(clock.now());

describe('my badges', () => {
  test('are locked with what is left, then earned, tier by tier', async () => {
    const { badge, userId, as } = await begin({
      tiers: [{ count: 2, name: { en: 'Bronze' } }, { count: 3 }],
      image: 'https://cdn.example.com/e.png',
    });
    expect(await as.badges.get(badge)).toMatchObject({
      earned: false,
      awardedAt: null,
      count: 0,
      tier: 0,
      next: { tier: 1, count: 2, left: 2 },
      image: 'https://cdn.example.com/e.png',
    });
    await award(userId, badge);
    expect(await as.badges.get(badge)).toMatchObject({ earned: false, count: 1, tier: 0, next: { tier: 1, left: 1 } });
    clock.set('2026-11-24T09:30:01.500Z');
    await award(userId, badge);
    const earned = { earned: true, awardedAt: clock.now(), count: 2, tier: 1, next: { tier: 2, count: 3, left: 1 } };
    expect(await as.badges.get(badge)).toMatchObject({
      ...earned,
      tiers: [
        { tier: 1, name: 'Bronze', count: 2, reachedAt: clock.now() },
        { tier: 2, name: null, count: 3, reachedAt: null },
      ],
    });
    await award(userId, badge);
    await award(userId, badge);
    expect(await as.badges.get(badge)).toMatchObject({ count: 3, tier: 2, next: null });
  });

  test('are listed by id, by state, page by page, in my language', async () => {
    const { badge, userId } = await begin();
    await award(userId, badge);
    const as = laurel.as({ userId });
    const all = await as.badges.list().toArray({ max: 200 });
    expect(all.map(({ id }) => id)).toEqual(all.map(({ id }) => id).toSorted());
    expect(await as.badges.list({ limit: 1 }).toArray({ max: 200 })).toEqual(all);
    const [earned, locked] = await Promise.all(
      (['earned', 'locked'] as const).map((state) => as.badges.list({ state }).toArray({ max: 200 })),
    );
    expect(earned?.map(({ id }) => id)).toEqual([badge]);
    expect([...(earned ?? []), ...(locked ?? [])].map(({ id }) => id).toSorted()).toEqual(all.map(({ id }) => id));
    await laurel.users.update(userId, { language: 'it' }, { ifMatch: (await laurel.users.get(userId)).version });
    expect((await as.badges.get(badge)).name).toBe('Esploratore');
  });

  test('that are secret are not there until they are earned', async () => {
    const { badge, userId, as } = await begin({ secret: true, tiers: [{ count: 2 }] });
    const ids = async () => (await as.badges.list().toArray({ max: 200 })).map(({ id }) => id);
    await award(userId, badge);
    expect(await ids()).not.toContain(badge);
    expect(await codeOf(as.badges.get(badge))).toBe('not_found');
    await award(userId, badge);
    expect(await ids()).toContain(badge);
    expect(await as.badges.get(badge)).toMatchObject({ secret: true, earned: true });
  });

  test('that are archived are shown to those alone who earned them; what was promised is still given', async () => {
    const [{ badge, userId, as }, other] = [await begin(), await begin()];
    await award(userId, badge);
    await laurel.badges.archive(badge);
    expect(await as.badges.get(badge)).toMatchObject({ earned: true });
    expect(await codeOf(other.as.badges.get(badge))).toBe('not_found');
    await award(other.userId, badge);
    expect(await other.as.badges.get(badge)).toMatchObject({ earned: true });
    expect((await as.badges.credential(badge)).credential.id).toMatch(/^urn:uuid:/);
  });

  test('count on by the version that they started on', async () => {
    const { badge, userId, as } = await begin({ tiers: [{ count: 1 }, { count: 2 }] });
    await award(userId, badge);
    const { version } = await laurel.badges.get(badge);
    const changed = { name: { en: 'Explorer' }, criteria: { en: 'Look around.' }, tiers: [{ count: 50 }] };
    await laurel.badges.update(badge, changed, { ifMatch: version });
    expect(await as.badges.get(badge)).toMatchObject({ tier: 1, next: { tier: 2, count: 2, left: 1 } });
    await award(userId, badge);
    expect(await as.badges.get(badge)).toMatchObject({ tier: 2, next: null });
    await laurel.badgeAwards.revoke(userId, badge, { reason: 'Begins anew.' });
    expect(await as.badges.get(badge)).toMatchObject({ tier: 0, next: { tier: 1, count: 50, left: 50 } });
  });
});

describe('awards by hand', () => {
  test('of many operators at once each count, and a repeat counts once', async () => {
    const { badge, userId } = await begin({ repeatable: true });
    await Promise.all(times(10, () => award(userId, badge)));
    const key = { idempotencyKey: 'once' };
    const given = { badge, reason: 'Helped.' };
    const first = await laurel.badgeAwards.create(userId, given, key);
    expect(await laurel.badgeAwards.create(userId, given, key)).toEqual(first);
    const [kept] = await laurel.badgeAwards.list(userId).toArray({ max: 10 });
    expect(kept).toMatchObject({ badge, count: 11, tier: 1, lastChange: { kind: 'awarded', reason: 'Helped.' } });
  });

  test('are refused of what is not there, and for whom is not there or suspended', async () => {
    const { badge, userId } = await begin();
    expect(await codeOf(award(userId, 'nothing'))).toBe('unknown_reference');
    expect(await codeOf(award('nobody', badge))).toBe('not_found');
    expect(await codeOf(laurel.badgeAwards.revoke(userId, badge, { reason: 'x' }))).toBe('not_found');
    const { version } = await laurel.users.get(userId);
    await laurel.users.update(userId, { status: 'suspended' }, { ifMatch: version });
    expect(await codeOf(award(userId, badge))).toBe('unprocessable');
  });

  test('are taken back with all tiers; twice is once', async () => {
    const { badge, userId, as } = await begin({ tiers: [{ count: 1 }, { count: 2 }] });
    await award(userId, badge);
    await award(userId, badge);
    clock.set('2026-11-24T09:30:02.500Z');
    const revoked = await laurel.badgeAwards.revoke(userId, badge, { reason: 'By mistake.' });
    expect(revoked).toMatchObject({ count: 0, tier: 0, reachedAt: [], revokedAt: clock.now() });
    expect(revoked.lastChange).toMatchObject({ kind: 'revoked', reason: 'By mistake.' });
    expect(await laurel.badgeAwards.revoke(userId, badge, { reason: 'Again.' })).toEqual(revoked);
    expect(await as.badges.get(badge)).toMatchObject({ earned: false, count: 0 });
  });

  test.each<[string, Partial<Badge>]>([
    ['an image of a script', { image: 'data:text/html;base64,PGI+' }],
    ['an image over plain HTTP', { image: 'http://cdn.example.com/x.png' }],
    ['an image that is too large', { image: `data:image/png;base64,${'A'.repeat(32_768)}` }],
    ['tiers that do not rise', { tiers: [{ count: 2 }, { count: 2 }] }],
    ['no tier', { tiers: [] }],
  ])('%s is refused', async (_name, own) => {
    expect(await codeOf(begin(own))).toBe('invalid_request');
  });
});

describe('the credential', () => {
  test('is verified by a stranger, who has the answer and what the platform publishes, and nothing else', async () => {
    const { badge, userId, as } = await begin({ tiers: TIERS, description: { en: 'For the curious.' } });
    await award(userId, badge);
    const { credential, jwt } = await as.badges.credential(badge);
    const verdict = await verifyProof(credential, stranger, moment());
    expect(verdict.error).toBeUndefined();
    expect(verdict.verified).toBe(true);
    expect(await verifyJwt(jwt, stranger, moment())).toMatchObject({ jti: credential.id, name: 'Explorer: Bronze' });
    expect(credential).toMatchObject({
      validFrom: '2026-11-24T09:30:00Z',
      issuer: { name: 'main' },
      credentialSubject: { achievement: { description: 'For the curious.', criteria: { narrative: 'Look around.' } } },
    });
    expect(JSON.stringify(credential)).not.toMatch(new RegExp(`${userId}"|external-`));
  });

  test('carries its image in itself where the badge does', async () => {
    const image = 'data:image/png;base64,iVBORw0KGgo=';
    const { badge, userId, as } = await begin({ image });
    await award(userId, badge);
    const { credential } = await as.badges.credential(badge);
    expect(credential.credentialSubject.achievement.image).toEqual({ id: image, type: 'Image' });
    expect((await verifyProof(credential, stranger, moment())).verified).toBe(true);
  });

  test('is there only for what is earned and not taken back', async () => {
    const { badge, userId, as } = await begin({ tiers: [{ count: 2 }] });
    expect(await codeOf(as.badges.credential(badge))).toBe('not_found');
    await award(userId, badge);
    expect(await codeOf(as.badges.credential(badge))).toBe('not_found');
    await award(userId, badge);
    expect(await codeOf(as.badges.credential(badge))).toBe('none');
    await laurel.badgeAwards.revoke(userId, badge, { reason: 'By mistake.' });
    expect(await codeOf(as.badges.credential(badge))).toBe('not_found');
    expect(await codeOf(as.badges.credential('nothing'))).toBe('not_found');
  });

  test('that went out before the badge was taken back is listed as revoked, for every tier; a new one holds', async () => {
    const { badge, userId, as } = await begin({ tiers: TIERS });
    await award(userId, badge);
    const bronze = await as.badges.credential(badge);
    await award(userId, badge);
    await award(userId, badge);
    const silver = await as.badges.credential(badge);
    expect(silver.credential.id).not.toBe(bronze.credential.id);
    const holds = async (one: typeof bronze) => (await verifyProof(one.credential, stranger, moment())).verified;
    expect(await Promise.all([bronze, silver].map(holds))).toEqual([true, true]);
    await laurel.badgeAwards.revoke(userId, badge, { reason: 'By mistake.' });
    expect(await Promise.all([bronze, silver].map(holds))).toEqual([false, false]);
    // At the very same moment, again and again: what is given is never what was taken.
    for (const _round of times(2, String)) {
      await award(userId, badge);
      const again = await as.badges.credential(badge);
      expect(await Promise.all([bronze, again].map(holds))).toEqual([false, true]);
      await laurel.badgeAwards.revoke(userId, badge, { reason: 'Again.' });
      expect(await holds(again)).toBe(false);
    }
  });
});

describe('what the platform publishes', () => {
  const at = (path: string, init?: RequestInit) => fetch(`${game.platform.baseUrl}/${HOME.tenant}${path}`, init);

  test('is read without a token and may be kept for a while', async () => {
    for (const path of ['/issuers/main/did.json', '/issuers/main/revocations/0']) {
      const answer = await at(path);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('cache-control')).toBe('public, max-age=300');
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
      expect((await at(path, { method: 'HEAD' })).status).toBe(200);
    }
    expect((await at('/issuers/main/did.json')).headers.get('content-type')).toBe('application/did+json');
  });

  test('holds no private part of a key', async () => {
    const text = await (await at('/issuers/main/did.json')).text();
    expect(text).not.toMatch(/"(?:d|p|q|dp|dq|qi)":/);
  });

  test('does not tell which workspaces there are; a tenant that is not there has nothing', async () => {
    const shape = async (workspace: string) => {
      const answers = await Promise.all(
        ['did.json', 'revocations/1'].map((rest) => at(`/issuers/${workspace}/${rest}`)),
      );
      return Promise.all(answers.map(async (one) => `${one.status} ${(await one.text()).replaceAll(workspace, 'x')}`));
    };
    await game.platform.createWorkspaceClient(ACME_SIDE);
    expect(await shape('side')).toEqual(await shape('nowhere'));
    expect((await fetch(`${game.platform.baseUrl}/nobody/issuers/main/did.json`)).status).toBe(404);
  });

  test('lists a workspace’s own revocations alone', async () => {
    const side = laurelOf(await game.platform.createWorkspaceClient(ACME_SIDE));
    await side.badges.create({ id: 'sided', name: { en: 'Side' }, criteria: { en: 'Be there.' } });
    await side.users.create({ id: 'zoe' });
    await side.badgeAwards.create('zoe', { badge: 'sided', reason: 'x' });
    const { credential } = await side.as({ userId: 'zoe' }).badges.credential('sided');
    await side.badgeAwards.revoke('zoe', 'sided', { reason: 'A reason that is nobody’s business.' });
    const lists = (workspace: string) =>
      Promise.all(times(8, async (list) => (await at(`/issuers/${workspace}/revocations/${list}`)).text()));
    const [mine, theirs] = [(await lists('side')).join(), (await lists('main')).join()];
    expect(mine).toContain(credential.id);
    expect(mine).not.toMatch(/zoe|business/);
    expect(theirs).not.toContain(credential.id);
  });

  test.each([
    '/issuers/main',
    '/issuers/main/did.json/',
    '/issuers/main/revocations/8',
    '/issuers/main/revocations/-1',
    '/issuers/MAIN/did.json',
    '/issuers/../did.json',
    '/issuers/a/did.json',
    '/issuers/main%23side/did.json',
  ])('is nothing at %s', async (path) => {
    expect([401, 404]).toContain((await at(path)).status);
  });

  test('is not written to', async () => {
    expect((await at('/issuers/main/did.json', { method: 'POST' })).status).toBe(404);
    expect((await at('/issuers/main/did.json', { method: 'DELETE' })).status).toBe(404);
  });
});
