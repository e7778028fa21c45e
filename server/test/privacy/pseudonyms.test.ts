import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Event } from '@laurel/contract/events/schema';
import { PseudonymousEvent, PseudonymousUser } from '@laurel/contract/pseudonyms/schema';
import { isPersonal, namedBy } from '@laurel/contract/shared/personal';
import { User } from '@laurel/contract/users/schema';
import type { Laurel } from '@laurel/sdk/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { type Game, laurelOf, openGame } from '../game/world.ts';
import { tracesIn } from './canary.ts';
import { defineGame, EVERY_WORD, liveALife, WORDS } from './person.ts';

describe('what is exported by pseudonyms follows from the marks', () => {
  const unmarked = (schema: z.ZodObject) =>
    Object.entries(schema.shape).flatMap(([name, field]) => (isPersonal(field) ? [] : [name]));

  test.each([
    ['events', Event, PseudonymousEvent],
    ['users', User, PseudonymousUser],
  ] as const)('%s', (_kind, whole, told) => {
    expect(Object.keys(told.shape).toSorted()).toEqual(unmarked(whole).toSorted());
    expect(unmarked(whole).length).toBeLessThan(Object.keys(whole.shape).length);
    const ids = Object.entries(whole.shape).filter(([name]) => /^id$|Id$/.test(name));
    for (const [name, field] of ids) expect(namedBy(field) ?? isPersonal(field), name).toBeTruthy();
    expect(JSON.stringify(z.toJSONSchema(told, { io: 'output' }))).not.toContain('x-personal');
  });
});

type ToldEvent = Awaited<ReturnType<Laurel['pseudonyms']['events']>>['items'][number];
type ToldUser = Awaited<ReturnType<Laurel['pseudonyms']['users']>>['items'][number];

interface Exported {
  readonly events: readonly ToldEvent[];
  readonly users: readonly ToldUser[];
  /** All that was answered, cursors included. */
  readonly text: string;
}

/** Reads both exports to the end, by small pages, as they come. */
async function exportOf(laurel: Laurel): Promise<Exported> {
  const pages: string[] = [];
  const events: ToldEvent[] = [];
  const users: ToldUser[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await laurel.pseudonyms.events({ limit: 7, ...(cursor === undefined ? {} : { cursor }) });
    pages.push(JSON.stringify(page));
    events.push(...page.items);
    cursor = page.nextCursor;
  }
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await laurel.pseudonyms.users({ limit: 1, ...(cursor === undefined ? {} : { cursor }) });
    pages.push(JSON.stringify(page));
    users.push(...page.items);
    cursor = page.nextCursor;
  }
  // A cursor is readable but for what is sealed in it.
  const positions = pages.map((page) => Buffer.from(/"nextCursor":"([^."]+)/.exec(page)?.[1] ?? '', 'base64url'));
  return { events, users, text: `${pages.join('\n')}\n${Buffer.concat(positions).toString('latin1')}` };
}

const namesIn = ({ users, events }: Exported) => ({
  users: users.map(({ id }) => id).toSorted(),
  players: [...new Set(events.map(({ userId }) => userId))].toSorted(),
  events: events.map(({ id }) => id).toSorted(),
});

let folder: string;
let game: Game;
let laurel: Laurel;
let ada: string;
let bo: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'laurel-pseudonyms-'));
  game = await openGame({ data: folder });
  ({ laurel } = game);
  await defineGame(laurel);
  ({ id: bo } = await laurel.users.create({ externalId: 'bo', displayName: 'Bo' }));
  await laurel.events.track({ id: 'first-of-bo', userId: bo, activity: 'lesson' });
  ada = await liveALife(game);
});
afterAll(async () => {
  await game.close();
  rmSync(folder, { recursive: true });
});

test('an export has each event and each user, and not a word or an id of anybody', async () => {
  const all = await exportOf(laurel);
  const { items } = await laurel.events.list({ limit: 100 });
  const told = ({ activity, occurredAt, value }: (typeof items)[number] | ToldEvent) =>
    [activity, occurredAt, value].join();
  expect(all.events.map(told).toSorted()).toEqual(items.map(told).toSorted());
  expect(all.users).toHaveLength(2);
  expect(new Set(all.events.map(({ userId }) => userId))).toEqual(new Set(all.users.map(({ id }) => id)));
  const ids = [ada, bo, ...items.map(({ id }) => id)];
  expect(tracesIn(Buffer.from(all.text, 'latin1'), [...EVERY_WORD, ...ids])).toEqual([]);
});

test('threat 27: two exports of one workspace link the same player, and those of two workspaces do not', async () => {
  const [first, second] = [await exportOf(laurel), await exportOf(laurel)];
  expect(namesIn(first)).toEqual(namesIn(second));
  // The very same ids elsewhere.
  const other = laurelOf(await game.platform.createWorkspaceClient({ tenant: 'acme', workspace: 'other' }));
  await other.activities.create({ id: 'lesson', name: { en: 'A name' } });
  for (const id of [ada, bo]) await other.users.create({ id });
  await other.events.track({ id: 'first-of-bo', userId: bo, activity: 'lesson' });
  const elsewhere = await exportOf(other);
  expect(elsewhere.users).toHaveLength(2);
  expect(elsewhere.events).toHaveLength(1);
  const here = new Set(Object.values(namesIn(first)).flat());
  expect(
    Object.values(namesIn(elsewhere))
      .flat()
      .filter((name) => here.has(name)),
  ).toEqual([]);
});

test('once they are renewed, no pseudonym of before is met again', async () => {
  const before = new Set(Object.values(namesIn(await exportOf(laurel))).flat());
  await laurel.pseudonyms.renew();
  const after = Object.values(namesIn(await exportOf(laurel))).flat();
  expect(after).not.toEqual([]);
  expect(after.filter((name) => before.has(name))).toEqual([]);
  expect(namesIn(await exportOf(laurel)).users).toHaveLength(2);
});

test('whoever withdraws from analytics, or is restricted, is not among it', async () => {
  await laurel.privacy.consent(bo, 'analytics', { granted: false });
  expect((await exportOf(laurel)).users).toHaveLength(1);
  await laurel.privacy.consent(bo, 'analytics', { granted: true });
  await laurel.privacy.restrict(bo);
  const without = await exportOf(laurel);
  expect([without.users.length, namesIn(without).players.length]).toEqual([1, 1]);
  await laurel.privacy.release(bo);
  expect(namesIn(await exportOf(laurel)).players).toHaveLength(2);
});

test('threat 56: an erased user cannot be linked: not by their id, nor by a backup, nor as whoever comes after them', async () => {
  const before = await exportOf(laurel);
  await game.platform.inside.streams.settled();
  cpSync(join(folder, 'data'), join(folder, 'backup'), { recursive: true });
  await laurel.privacy.erase(ada);
  const after = await exportOf(laurel);
  const left = new Set(namesIn(after).users);
  const [gone] = namesIn(before).users.filter((name) => !left.has(name));
  expect(after.users).toHaveLength(1);
  expect(after.text).not.toContain(gone);
  await laurel.events.track({ externalUserId: WORDS.externalId, activity: 'lesson' });
  expect((await exportOf(laurel)).text).not.toContain(gone);
  await game.close();
  rmSync(join(folder, 'data'), { recursive: true });
  cpSync(join(folder, 'backup'), join(folder, 'data'), { recursive: true });
  game = await openGame({ data: folder });
  ({ laurel } = game);
  const restored = await exportOf(laurel);
  expect(restored.users).toHaveLength(1);
  expect(restored.text).not.toContain(gone);
});
