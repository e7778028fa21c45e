import { type Laurel, wholeReport } from '@laurel/sdk/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defineBasics, defineRule, missionOf } from '../game/definitions.ts';
import { chunks, clockAt, type Game, HOME, openGame, refusalOf, times } from '../game/world.ts';

const DAYS = { from: '2026-06-01', to: '2026-06-20' };
/** More than one answer looks at. */
const USERS = 1_400;
/** Every seventh did something. */
const isPlayer = (index: number) => index % 7 === 0;
const inItalian = (index: number) => index % 2 === 0;
const idOf = (index: number) => `user-${index}`;
const dayOf = (index: number) => 1 + (index % 9);

let game: Game;
let laurel: Laurel;
beforeAll(async () => {
  game = await openGame({ clock: clockAt('2026-06-20T12:00:00Z') });
  laurel = game.laurel;
  await defineBasics(laurel);
  await defineRule(laurel, 10);
  await laurel.missions.create({ id: 'one', ...missionOf(1), rewards: [] });
  const wanted = 'user.language == "it"';
  await laurel.segments.create({ id: 'italians', name: { en: 'Italians' }, condition: wanted });
  await laurel.segments.create({ id: 'nobody', name: { en: 'Nobody' }, condition: 'user.language == "fr"' });
  for (const some of chunks(times(USERS, idOf), 40)) {
    await Promise.all(
      some.map((id) => laurel.users.create({ id, language: inItalian(Number(id.slice(5))) ? 'it' : 'en' })),
    );
  }
  const events = times(USERS, (index) => index)
    .filter(isPlayer)
    .map((index) => ({
      userId: idOf(index),
      activity: 'lesson',
      occurredAt: `2026-06-0${dayOf(index)}T10:00:00Z`,
    }));
  expect((await laurel.events.trackBatch({ events })).rejected).toBe(0);
  await game.platform.inside.streams.settled();
}, 120_000);
afterAll(() => game.close());

const ITALIANS = { ...DAYS, segment: 'italians' };

/** All parts of a report, by its own hints alone. */
async function partsOf<R extends { nextPart: string | null }>(
  ask: (query: typeof ITALIANS & { part?: string }) => Promise<R>,
): Promise<R[]> {
  const parts = [await ask(ITALIANS)];
  for (let next = parts[0]?.nextPart ?? null; next !== null; next = parts.at(-1)?.nextPart ?? null) {
    parts.push(await ask({ ...ITALIANS, part: next }));
  }
  return parts;
}

describe('a report on a segment of more users than one answer looks at', () => {
  test('says of each part how many it looked at, and never that it is all', async () => {
    const parts = await partsOf(laurel.analytics.users);
    expect(parts.length).toBeGreaterThan(1);
    for (const { complete, players } of parts) {
      expect(complete).toBe(false);
      expect(players?.looked).toBeGreaterThan(0);
      expect(players?.looked).toBeLessThanOrEqual(1_000);
    }
    const sum = (of: (part: (typeof parts)[number]) => number) => parts.reduce((all, part) => all + of(part), 0);
    expect(sum(({ players }) => players?.looked ?? 0)).toBe(USERS);
    expect(sum(({ players }) => players?.members ?? 0)).toBe(USERS / 2);
  });

  test('adds up over its parts to what all its members did', async () => {
    const members = times(USERS, (index) => index).filter((index) => isPlayer(index) && inItalian(index));
    const on = (day: number) => members.filter((index) => dayOf(index) === day).length;
    const until = (day: number) => members.filter((index) => dayOf(index) <= day).length;
    const days = times(20, (index) => index + 1);

    const overview = await wholeReport(laurel.analytics.overview, ITALIANS);
    expect(overview).toMatchObject({ complete: true, nextPart: null, players: { looked: USERS, members: USERS / 2 } });
    const date = (day: number) => `2026-06-${String(day).padStart(2, '0')}`;
    expect(overview.rows.map(({ day, active, events, activeInMonth }) => [day, active, events, activeInMonth])).toEqual(
      days.map((day) => [date(day), on(day), on(day), members.length]),
    );
    const economy = await wholeReport(laurel.analytics.economy, ITALIANS);
    const moved = economy.rows.filter(({ minted }) => minted > 0);
    expect(moved.map(({ day, currency, minted, outstanding }) => [day, currency, minted, outstanding])).toEqual(
      days.filter((day) => on(day) > 0).map((day) => [date(day), 'xp', 10 * on(day), 10 * until(day)]),
    );
    for (const { day, outstanding } of economy.rows)
      expect([day, outstanding]).toEqual([day, 10 * until(Number(day.slice(8)))]);
    const funnels = await wholeReport(laurel.analytics.funnels, ITALIANS);
    expect(funnels.rows.filter(({ stage }) => stage === 'completed').map(({ day, players }) => [day, players])).toEqual(
      days.filter((day) => on(day) > 0).map((day) => [date(day), on(day)]),
    );
    const rewards = await wholeReport(laurel.analytics.rewards, ITALIANS);
    expect(rewards.rows.reduce((sum, { times: paid }) => sum + paid, 0)).toBe(members.length);
  }, 60_000);

  test('comes as CSV with all its parts, each of which names the next', async () => {
    const parts = await partsOf(laurel.analytics.rewards);
    const rows = parts.flatMap((part) => part.rows).map((row) => Object.values(row).join(','));
    const csv = await laurel.csv.analytics.rewards(ITALIANS);
    expect(csv.trimEnd().split('\r\n')).toEqual(['day,source,id,kind,of,amount,times', ...rows]);

    const { baseUrl, clientId, clientSecret, tokenEndpoint } = await game.platform.createWorkspaceClient(HOME);
    const body = new URLSearchParams({ grant_type: 'client_credentials' });
    const authorization = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
    const granted: { access_token?: string } = Object(
      await (await fetch(tokenEndpoint, { method: 'POST', headers: { authorization }, body })).json(),
    );
    const headers = { authorization: `Bearer ${granted.access_token}`, accept: 'text/csv' };
    const first = await fetch(`${baseUrl}/dashboard/v1/analytics/rewards?${new URLSearchParams(ITALIANS)}`, {
      headers,
    });
    expect(first.headers.get('link')).toMatch(/^<\?.*part=.*>; rel="next"$/);
    expect(first.headers.get('content-disposition')).toBe('attachment; filename="analytics-rewards-part.csv"');
  });

  test('goes on only with what it was asked at first', async () => {
    const { nextPart } = await laurel.analytics.users(ITALIANS);
    const part = nextPart ?? '';
    for (const other of [
      laurel.analytics.users({ ...DAYS, segment: 'nobody', part }),
      laurel.analytics.users({ ...DAYS, to: '2026-06-19', segment: 'italians', part }),
      laurel.analytics.overview({ ...ITALIANS, part }),
      laurel.analytics.users({ ...DAYS, part }),
      laurel.analytics.users({ ...DAYS, segment: 'italians', part: 'x' }),
    ]) {
      expect(await refusalOf(other)).toMatchObject({ code: 'invalid_cursor', pointers: ['/query/part'] });
    }
  });

  test('of nobody says that it looked at all', async () => {
    expect(await wholeReport(laurel.analytics.rewards, { ...DAYS, segment: 'nobody' })).toMatchObject({
      players: { looked: USERS, members: 0 },
      rows: [],
    });
  });
});

test('a report on everybody looks at nobody by themselves, and is whole', async () => {
  const report = await laurel.analytics.overview(DAYS);
  expect(report).toMatchObject({ complete: true, nextPart: null, players: null });
  expect(await wholeReport(laurel.analytics.overview, DAYS)).toEqual(report);
});
