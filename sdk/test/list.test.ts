import { Laurel, type PlayerMission } from '@laurel/sdk';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { listOf } from '../src/core/list.ts';
import { serve } from './server.ts';

/** What serves pages of numbers, and counts how many it served. */
function pager(pages: readonly (readonly number[])[]) {
  const asked: (string | undefined)[] = [];
  const fetchPage = async (cursor: string | undefined): Promise<unknown> => {
    asked.push(cursor);
    const at = Number(cursor ?? 0);
    return { items: pages[at], nextCursor: at + 1 < pages.length ? String(at + 1) : null };
  };
  return { asked, fetchPage };
}

const somePages = fc.array(fc.array(fc.integer(), { maxLength: 5 }), { minLength: 1, maxLength: 6 });

test('iterating gives every item once, in order, and asks for every page once', async () => {
  await fc.assert(
    fc.asyncProperty(somePages, async (pages) => {
      const { asked, fetchPage } = pager(pages);
      const items: unknown[] = [];
      for await (const item of listOf(fetchPage)) items.push(item);
      expect(items).toEqual(pages.flat());
      expect(asked).toEqual(pages.map((_, at) => (at === 0 ? undefined : String(at))));
    }),
  );
});

test('toArray gives the first `max` items, and asks for no page beyond them', async () => {
  await fc.assert(
    fc.asyncProperty(somePages, fc.integer({ min: 1, max: 40 }), async (pages, max) => {
      const { asked, fetchPage } = pager(pages);
      expect(await listOf(fetchPage).toArray({ max })).toEqual(pages.flat().slice(0, max));
      const needed = pages.findIndex((_, at) => pages.slice(0, at + 1).flat().length >= max);
      expect(asked.length).toBe(needed === -1 ? pages.length : needed + 1);
    }),
  );
});

test('awaiting gives the first page; pages() goes on from it', async () => {
  const { asked, fetchPage } = pager([[1, 2], [], [3]]);
  const list = listOf(fetchPage);
  expect(await list).toEqual({ items: [1, 2], nextCursor: '1' });
  expect(asked).toEqual([undefined]);
  const pages: unknown[] = [];
  for await (const page of list.pages()) pages.push(page);
  expect(pages).toEqual([
    { items: [1, 2], nextCursor: '1' },
    { items: [], nextCursor: '2' },
    { items: [3], nextCursor: null },
  ]);
  expect(asked).toEqual([undefined, '1', '2']);
});

test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('toArray refuses the bound %d', async (max) => {
  const { fetchPage } = pager([[1]]);
  await expect(listOf(fetchPage).toArray({ max })).rejects.toMatchObject({ name: 'UsageError' });
});

test('toArray without its bound is a UsageError, also to who has no types', async () => {
  const list = listOf(pager([[1]]).fetchPage);
  await expect(Reflect.apply(list.toArray, list, [])).rejects.toMatchObject({ name: 'UsageError' });
});

test.each([{ items: [] }, { items: 1, nextCursor: null }, { items: [], nextCursor: 1 }, [], null])(
  'an answer that is no page is told: %j',
  async (answer) => {
    await expect(listOf(async () => answer)).rejects.toMatchObject({ name: 'ResponseError' });
  },
);

test('the cursor is sent with the filters of the list', async () => {
  const { url, received } = await serve((_, nth) => ({
    json: { items: [{ id: `m${nth}` }], nextCursor: nth < 3 ? `c&${nth}` : null },
  }));
  const laurel = new Laurel({ baseUrl: url, auth: { token: 't' } });
  const ids: string[] = [];
  for await (const mission of laurel.missions.list({ limit: 1 })) {
    const { id }: PlayerMission = mission;
    ids.push(id);
  }
  expect(ids).toEqual(['m1', 'm2', 'm3']);
  expect(received.map((request) => request.url)).toEqual([
    '/app/v1/missions?limit=1',
    '/app/v1/missions?limit=1&cursor=c%261',
    '/app/v1/missions?limit=1&cursor=c%262',
  ]);
});
