import { createPublicKey, type KeyObject } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createAuthorizer } from '../../src/identity/authorizer.ts';
import { type RotatingKeys, rotatingKeys, rotatingSigner } from '../../src/identity/key-rotation.ts';
import { mintPlayerToken } from '../../src/identity/player-token.ts';
import { folderShelf, memoryShelf } from '../../src/local/key-shelves.ts';
import { configFor, PLAYERS, twoTenants } from './doubles.ts';

const START = Date.parse('2026-03-01T12:00:00Z');
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: START });
});
afterEach(() => {
  vi.useRealTimers();
});

const at = (minutes: number) => vi.setSystemTime(START + minutes * MINUTE);
const kidOf = (header = ''): string =>
  JSON.parse(Buffer.from(header.split('.')[0]?.replace('Bearer ', '') ?? '', 'base64url').toString()).kid;

/** A signer, and an authorizer that keeps what it fetched of its keys as long as it may. */
function platformOn(keys: RotatingKeys) {
  const signer = rotatingSigner(PLAYERS, keys);
  const fetchJwks = async () => JSON.stringify(await signer.jwks());
  const authorize = createAuthorizer(configFor('acme'), { directory: twoTenants(), fetchJwks, now: Date.now });
  const mint = async () => {
    const player = { tenant: 'acme', workspace: 'main', user: 'usr_1', now: Date.now() };
    return `Bearer ${(await mintPlayerToken(signer, player)).token}`;
  };
  const kids = async () => (await signer.jwks()).keys.map(({ kid }) => kid);
  return { authorize, mint, kids };
}

const shelf = () => memoryShelf(Date.now);

describe("the key of players' tokens", () => {
  test('both are published while they change; a token lives to its end and no longer', async () => {
    const keys = rotatingKeys(shelf(), Date.now, 90 * DAY);
    const { authorize, mint, kids } = platformOn(keys);
    const first = await mint();
    expect(await authorize(first)).toMatchObject({ kind: 'allowed' });
    await keys.rotate();
    const [old, next] = await kids();
    expect([await kids(), kidOf(first)]).toEqual([[old, next], old]);
    at(14);
    const last = await mint();
    expect(kidOf(last)).toBe(old);
    at(15);
    const fresh = await mint();
    expect([kidOf(fresh), await kids()]).toEqual([next, [next, old]]);
    for (const header of [last, fresh]) expect(await authorize(header)).toMatchObject({ kind: 'allowed' });
    expect(await authorize(first)).toMatchObject({ kind: 'denied', status: 401 });
    at(28);
    expect(await authorize(last)).toMatchObject({ kind: 'allowed' });
    at(29);
    expect(await authorize(last)).toMatchObject({ kind: 'denied', status: 401 });
    at(30);
    expect(await kids()).toEqual([next]);
  });

  test('whoever keeps the old keys as long as they may refuses no good token', async () => {
    const keys = rotatingKeys(shelf(), Date.now, 90 * DAY);
    const { authorize, mint } = platformOn(keys);
    for (let minute = 0; minute <= 60; minute += 1) {
      at(minute);
      if (minute === 5) await keys.rotate();
      expect(await authorize(await mint()), `minute ${minute}`).toMatchObject({ kind: 'allowed' });
    }
  });

  test('a key that is gone is not believed, even for a token that would still live', async () => {
    const keys = rotatingKeys(shelf(), Date.now, 90 * DAY);
    const { authorize, mint } = platformOn(keys);
    const [{ key }] = await keys.published();
    await keys.rotate();
    at(31);
    await mint();
    const stolen = platformOn(fixed(key));
    const forged = await stolen.mint();
    expect(await stolen.authorize(forged)).toMatchObject({ kind: 'allowed' });
    expect(await authorize(forged)).toMatchObject({ kind: 'denied', status: 401 });
  });

  test('takes its turn by age, once, however many sign at the moment', async () => {
    const keys = rotatingKeys(shelf(), Date.now, 90 * DAY);
    const { mint, kids } = platformOn(keys);
    await mint();
    at(90 * 24 * 60 + 1);
    await Promise.all(Array.from({ length: 10 }, mint));
    expect(await kids()).toHaveLength(2);
    await keys.rotate();
    expect(await kids()).toHaveLength(2);
  });
});

/** One key for ever. */
function fixed(key: KeyObject): RotatingKeys {
  return { published: async () => [{ key, signsFrom: 0 }], rotate: async () => undefined };
}

describe('keys in a folder', () => {
  let folder: string;
  beforeEach(async () => {
    vi.useRealTimers();
    folder = await mkdtemp(join(tmpdir(), 'laurel-rotation-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const spki = (key: KeyObject) => createPublicKey(key).export({ type: 'spki', format: 'pem' });

  test('outlive the process, and are destroyed when their time is over', async () => {
    let ahead = 0;
    const open = () => rotatingKeys(folderShelf(folder), () => Date.now() + ahead, 90 * DAY);
    const [first] = await open().published();
    expect(spki((await open().published())[0].key)).toBe(spki(first.key));
    await open().rotate();
    ahead = 16 * MINUTE;
    const [next, former] = await open().published();
    expect(spki(former?.key ?? next.key)).toBe(spki(first.key));
    ahead = 31 * MINUTE;
    expect((await open().published()).map(({ key }) => spki(key))).toEqual([spki(next.key)]);
    expect(await readdir(folder)).toEqual([`players-key-${next.signsFrom}.pem`]);
  });
});
