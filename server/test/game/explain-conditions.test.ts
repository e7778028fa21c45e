import type { Laurel } from '@laurel/sdk/server';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { boardOf, defineBasics, missionOf, streakOf } from './definitions.ts';
import { teamMission, teamOf } from './team-play.ts';
import { clockAt, type Game, openGame } from './world.ts';

let game: Game;
let laurel: Laurel;
beforeEach(async () => {
  game = await openGame({ clock: clockAt('2026-06-30T12:00:00Z') });
  laurel = game.laurel;
  await defineBasics(laurel);
});
afterEach(() => game.close());

const STEP = { activity: 'lesson', adds: 'one' as const, target: 3 };

/** A definition of every kind that states conditions, each of which asks for a score of 50 and one fact of its own. */
async function defineConditions() {
  const name = { en: 'Conditions' };
  const condition = 'event.attributes.score >= 50';
  const lots = [{ kind: 'currency' as const, currency: 'xp', amount: 5 }];
  const trigger = { kind: 'event' as const, activity: 'lesson' };
  await laurel.rewardRules.create({
    id: 'rule',
    name,
    trigger,
    condition: `${condition} && player.balances["xp"] < 1000`,
    rewards: lots,
  });
  await laurel.rewardRules.create({
    id: 'capped',
    name,
    trigger,
    condition: `${condition} && event.value == 4`,
    caps: { perPlayer: 1 },
    rewards: lots,
  });
  await laurel.missions.create({
    id: 'mission',
    ...missionOf(3),
    steps: [{ ...STEP, condition: `${condition} && event.value > 1` }],
  });
  await laurel.missions.create({
    id: 'triggered',
    ...missionOf(3),
    assignment: { kind: 'event', activity: 'lesson', condition: `${condition} && event.value > 2` },
    steps: [{ ...STEP, condition: 'player.balances["xp"] < 500' }],
  });
  await laurel.streaks.create({ id: 'streak', ...streakOf('UTC'), condition: `${condition} && event.value > 3` });
  await laurel.segments.create({ id: 'all', name, condition: 'user.zone != "nowhere"' });
  await laurel.leaderboards.create({
    id: 'board',
    ...boardOf('competition'),
    audience: { segment: 'all' },
    condition: `${condition} && event.value < 9`,
  });
  await laurel.missions.create({ ...teamMission('team', 10), steps: [{ ...STEP, condition }] });
}

/** What the conditions of each rule looked at; no other value of an explanation is named by a path. */
async function seenBy(client: Pick<Laurel, 'events'> | ReturnType<Laurel['as']>, event: string) {
  const { rules } = await client.events.explain(event);
  return Object.fromEntries(
    rules.map(({ id, fired, values }) => {
      const facts = Object.entries(values).filter(([name]) => /[.[]|segment/.test(name));
      return [id, { fired, ...Object.fromEntries(facts) }];
    }),
  );
}

test('an explanation shows what each condition looked at, whether it held or not', async () => {
  await defineConditions();
  await teamOf(laurel, 'reds', ['ada']);
  const lesson = { userId: 'ada', activity: 'lesson', value: 4 };
  await laurel.events.track({ ...lesson, id: 'good', attributes: { score: 80 } });
  await laurel.events.track({ ...lesson, id: 'bad', attributes: { score: 20 } });
  await laurel.events.track({ ...lesson, id: 'again', attributes: { score: 81 } });

  const seen = (fired: boolean, score: number, xp: number) => {
    const facts = { fired, 'event.attributes.score': score };
    const value = { 'event.value': 4 };
    const balance = { 'player.balances["xp"]': xp };
    return {
      rule: { ...facts, ...balance },
      capped: { ...facts, ...value },
      mission: { ...facts, ...value },
      streak: { ...facts, ...value },
      board: { ...facts, ...value, segment: 'all' },
      team: facts,
      triggered: { ...facts, ...value, ...balance },
    };
  };
  expect(await seenBy(laurel, 'good')).toEqual(seen(true, 80, 0));
  const bad = seen(false, 20, 10);
  // The progress is running, so that nobody asks any more what started it.
  expect(await seenBy(laurel, 'bad')).toEqual({
    ...bad,
    triggered: { fired: true, 'player.balances["xp"]': 10 },
  });
  const again = seen(true, 81, 10);
  expect(await seenBy(laurel, 'again')).toMatchObject({
    rule: again.rule,
    // Held, and the cap kept it from paying.
    capped: { ...again.capped, fired: false },
    mission: again.mission,
    // The day counted before.
    streak: { ...again.streak, fired: false },
    board: again.board,
  });
  for (const event of ['good', 'bad', 'again']) {
    const told = Object.values(await seenBy(laurel.as({ userId: 'ada' }), event));
    expect(told.flatMap((rule) => Object.keys(rule)).filter((key) => key !== 'fired')).toEqual([]);
  }
});
