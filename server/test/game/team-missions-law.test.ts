import type { Laurel } from '@laurel/sdk/server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defineBasics } from './definitions.ts';
import { settle, teamMission } from './team-play.ts';
import { clockAt, type Game, openGame, randomFrom, type TestClock, times } from './world.ts';

/** A Wednesday: week 22 ends with the Sunday. */
const START = '2026-05-27T12:00:00Z';
const MINUTE = 60_000;
const players = times(5, (index) => `p${index}`);
const teams = ['pandas', 'foxes', 'owls'];

let game: Game;
let laurel: Laurel;
let clock: TestClock;
beforeEach(async () => {
  clock = clockAt(START);
  game = await openGame({ clock });
  laurel = game.laurel;
  await defineBasics(laurel);
  await laurel.users.createBatch({ users: players.map((id) => ({ id })) });
  for (const id of teams) await laurel.teams.create({ id, name: id });
  const steps = [
    { activity: 'lesson', target: 5 },
    { activity: 'lesson', adds: 'value' as const, target: 1_000_000, condition: 'event.value < 8' },
  ];
  await laurel.missions.create(teamMission('sums', 1, { steps, combine: { kind: 'any', count: 1 } }));
});
afterEach(() => game.close());

/** What a person would note down who stands beside it. */
interface Note {
  readonly id: string;
  readonly player: string;
  readonly value: number;
  readonly at: number;
  voided: boolean;
}
interface Stay {
  readonly player: string;
  readonly team: string;
  readonly from: number;
  to: number;
}

/** The Monday and the Sunday of the ISO week, by arithmetic alone: 2026-05-25 was the Monday of week 22. */
function weekOf(at: number): string {
  return `2026-W${22 + Math.floor((at - Date.parse('2026-05-25T00:00:00Z')) / (7 * 24 * 60 * MINUTE))}`;
}

/** What teams have, by an addition of what was noted. */
function expectedOf(notes: readonly Note[], stays: readonly Stay[]): Map<string, [number, number]> {
  const sums = new Map<string, [number, number]>();
  for (const { player, value, at, voided } of notes) {
    const stay = stays.find((one) => one.player === player && one.from <= at && at < one.to);
    if (voided || stay === undefined) continue;
    for (const key of [`${stay.team} ${weekOf(at)}`, `${stay.team} ${weekOf(at)} ${player}`]) {
      const [count, sum] = sums.get(key) ?? [0, 0];
      sums.set(key, [count + 1, sum + (value < 8 ? value : 0)]);
    }
  }
  return sums;
}

async function countedOf(): Promise<Map<string, [number, number]>> {
  const sums = new Map<string, [number, number]>();
  for (const team of teams) {
    for (const { id, period, steps } of await laurel.teams.progress(team).toArray({ max: 100 })) {
      sums.set(`${team} ${period}`, [steps[0]?.amount ?? 0, steps[1]?.amount ?? 0]);
      for (const share of await laurel.teams.shares(team, id).toArray({ max: 100 })) {
        const key = `${team} ${period} ${share.userId}`;
        const [count, sum] = sums.get(key) ?? [0, 0];
        sums.set(key, [count + (share.steps[0] ?? 0), sum + (share.steps[1] ?? 0)]);
      }
    }
  }
  return sums;
}

async function play(seed: number): Promise<{ notes: Note[]; stays: Stay[] }> {
  const random = randomFrom(seed);
  const notes: Note[] = [];
  const stays: Stay[] = [];
  const pick = <T>(items: readonly T[]): T | undefined => items[random.below(items.length)];
  let now = Date.parse(START);

  const move = async (player: string) => {
    const stay = stays.find((one) => one.player === player && one.to === Number.POSITIVE_INFINITY);
    if (stay !== undefined) {
      const members = await laurel.teams.members(stay.team).toArray({ max: 100 });
      const member = members.find(({ userId }) => userId === player);
      await laurel.teams.removeMember(stay.team, member?.id ?? '');
      stay.to = now;
      if (random.below(3) === 0) return;
    }
    const team = pick(teams) ?? '';
    await laurel.teams.addMember(team, { userId: player });
    stays.push({ player, team, from: now, to: Number.POSITIVE_INFINITY });
  };
  const send = async () => {
    const fresh = times(1 + random.below(6), (index): Note => {
      // Half of it occurs now, the rest up to five days ago.
      const at = random.below(2) === 0 ? now : Math.max(now - random.below(5 * 24 * 60) * MINUTE, Date.parse(START));
      return {
        id: `e${notes.length + index}`,
        player: pick(players) ?? '',
        value: random.below(12),
        at,
        voided: false,
      };
    });
    const events = fresh.map(({ id, player, value, at }) => ({
      id,
      userId: player,
      activity: 'lesson',
      value,
      occurredAt: new Date(at).toISOString(),
    }));
    await laurel.events.trackBatch({ events });
    notes.push(...fresh);
  };

  for (const player of players) await move(player);
  for (let step = 0; step < 40; step += 1) {
    now += (1 + random.below(8 * 60)) * MINUTE;
    clock.set(new Date(now).toISOString());
    const dice = random.below(10);
    const victim = pick(notes.filter(({ voided }) => !voided));
    if (dice < 2) await move(pick(players) ?? '');
    else if (dice < 4 && victim !== undefined) {
      await laurel.events.void(victim.id, { note: 'A mistake.' });
      victim.voided = true;
    } else await send();
    if (random.below(8) === 0) await settle(game);
  }
  return { notes, stays };
}

describe('what teams have', () => {
  test.each([1, 2, 3])(
    'is the sum of what was done in them, whatever history they have: %i',
    async (seed) => {
      const { notes, stays } = await play(seed);
      await settle(game);
      const expected = expectedOf(notes, stays);
      expect(expected.size).toBeGreaterThan(10);
      const counted = await countedOf();
      // Where all was taken back after it was completed, nothing is left to be counted.
      const left = [...counted].filter(([key]) => expected.has(key) || (counted.get(key)?.[0] ?? 0) > 0);
      expect(new Map(left.toSorted())).toEqual(new Map([...expected].toSorted()));
    },
    60_000,
  );
});
