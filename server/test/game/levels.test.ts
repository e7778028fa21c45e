import type { Laurel } from '@laurel/sdk/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeOf, type Game, openGame } from './world.ts';

type Track = Parameters<Laurel['levelTracks']['create']>[0];

let game: Game;
let laurel: Laurel;
beforeAll(async () => {
  game = await openGame();
  laurel = game.laurel;
  for (const id of ['xp', 'gems']) await laurel.currencies.create({ id, name: { en: id } });
  await laurel.levelTracks.create({
    id: 'rank',
    name: { en: 'Rank', it: 'Grado' },
    currency: 'xp',
    curve: { kind: 'quadratic', step: 100, growth: 50, levels: 4 },
    levels: [{ level: 3, name: { en: 'Veteran' } }],
  });
  await laurel.users.create({ id: 'ada' });
});
afterAll(() => game.close());

const give = (amount: number) =>
  laurel.users.grant('ada', { rewards: [{ kind: 'currency', currency: 'xp', amount }], note: 'test' });
const levelOf = async (track: string) =>
  (await laurel.as({ userId: 'ada' }).levels.list().toArray({ max: 50 })).find((one) => one.track === track);

describe('my levels', () => {
  test('begin at 1 and rise with what I have, to the last', async () => {
    const seen = async () => {
      const { level, levelName, amount, threshold, next } = (await levelOf('rank')) ?? {};
      return { level, levelName, amount, threshold, next };
    };
    expect(await seen()).toEqual({
      level: 1,
      levelName: null,
      amount: 0,
      threshold: 0,
      next: { level: 2, threshold: 100, left: 100 },
    });
    await give(99);
    expect(await seen()).toMatchObject({ level: 1, next: { left: 1 } });
    await give(151);
    expect(await seen()).toEqual({
      level: 3,
      levelName: 'Veteran',
      amount: 250,
      threshold: 250,
      next: { level: 4, threshold: 450, left: 200 },
    });
    await give(1000);
    expect(await seen()).toEqual({ level: 4, levelName: null, amount: 1250, threshold: 450, next: null });
  });

  test('are of each track at work, page by page, in my language', async () => {
    await laurel.levelTracks.create({
      id: 'wealth',
      name: { en: 'Wealth' },
      currency: 'gems',
      curve: { kind: 'thresholds', thresholds: [5, 6] },
    });
    const as = laurel.as({ userId: 'ada' });
    const all = await as.levels.list({ limit: 1 }).toArray({ max: 50 });
    expect(all.map(({ track, levels }) => [track, levels])).toEqual([
      ['rank', 4],
      ['wealth', 3],
    ]);
    await laurel.levelTracks.archive('wealth');
    expect(await levelOf('wealth')).toBeUndefined();
  });
});

describe('a level track', () => {
  const track = (own: Partial<Track>): Track => ({
    name: { en: 'Rank' },
    currency: 'xp',
    curve: { kind: 'linear', step: 100, levels: 10 },
    ...own,
  });

  test('is kept as it was authored', async () => {
    const curve = { kind: 'exponential', step: 100, percent: 120, levels: 30 } as const;
    const rewards = [{ kind: 'currency' as const, currency: 'gems', amount: 3 }];
    const made = await laurel.levelTracks.create(
      track({ id: 'kept', curve, levels: [{ level: 2, rewards }], goesDown: true }),
    );
    expect(await laurel.levelTracks.get('kept')).toEqual(made);
    expect(made).toMatchObject({ curve, goesDown: true, levels: [{ level: 2, rewards }], version: 1 });
  });

  test.each<[string, string, Partial<Track>]>([
    ['of a currency that is not there', 'unknown_reference', { currency: 'nothing' }],
    [
      'that gives a currency that is not there',
      'unknown_reference',
      { levels: [{ level: 2, rewards: [{ kind: 'currency', currency: 'nothing', amount: 1 }] }] },
    ],
    ['whose thresholds do not rise', 'invalid_request', { curve: { kind: 'thresholds', thresholds: [5, 5] } }],
    [
      'without an exact end',
      'invalid_request',
      { curve: { kind: 'exponential', step: 10, percent: 1000, levels: 500 } },
    ],
    ['that names a level twice', 'invalid_request', { levels: [{ level: 2 }, { level: 2 }] }],
    ['that names a level beyond its last', 'invalid_request', { levels: [{ level: 11 }] }],
    [
      'that gives something for the start',
      'invalid_request',
      { levels: [{ level: 1, rewards: [{ kind: 'currency', currency: 'gems', amount: 1 }] }] },
    ],
    ['of too many levels', 'invalid_request', { curve: { kind: 'linear', step: 1, levels: 501 } }],
  ])('%s is refused', async (_name, code, own) => {
    expect(await codeOf(laurel.levelTracks.create(track(own)))).toBe(code);
  });
});
