import type { PlacedRoute } from '@laurel/contract';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { queryOf } from '../../../contract/generate/declared-route.ts';
import { createCursorCodec } from '../../src/api/cursor.ts';
import { workspaceScope } from '../../src/store/scope.ts';
import { allRoutes, furnish, nameIn } from '../support/examples.ts';
import { ACME, ACME_SIDE, type Access, BOLT, call, startTestPlatform } from '../support/platform.ts';
import { expectProblem, pointersOf } from '../support/problems.ts';

const laurel = await startTestPlatform();
afterAll(() => laurel.close());
const home = await laurel.machine(ACME);
const root = await laurel.platformMachine();
const furnished = await furnish(home, ACME);

const lists = allRoutes.filter(([, placed]) => {
  const query = queryOf(placed);
  return placed.route.method === 'GET' && query instanceof z.ZodObject && 'cursor' in query.shape;
});

describe('lists', async () => {
  // A second of each thing, and a second version of each definition, and for both users two events of both kinds: every list has more than one page.
  const second = await furnish(home, ACME, 'second');
  const side = await furnish(await laurel.machine(ACME_SIDE), ACME_SIDE);
  const bolt = await furnish(await laurel.machine(BOLT), BOLT);
  for (const id of ['tap', 'hop']) {
    const body = { id, name: { en: id }, playersMaySend: true };
    expect((await call(home, 'POST', '/dashboard/v1/activities', { body })).status).toBe(201);
  }
  for (const { userId } of [furnished, second]) {
    for (const mark of [furnished.mark, second.mark, furnished.mark, second.mark]) {
      const body = { userId, activity: nameIn(mark, 'lesson.completed') };
      expect((await call(home, 'POST', '/dashboard/v1/events', { body })).status).toBe(200);
    }
    for (const mark of [furnished.mark, second.mark]) {
      const body = { badge: nameIn(mark, 'explorer'), reason: 'For a second page.' };
      expect((await call(home, 'POST', `/dashboard/v1/users/${userId}/badges`, { body })).status).toBe(201);
    }
  }

  for (const [name, placed] of allRoutes) {
    if (!name.endsWith('.restore')) continue;
    const { path, body = {} } = furnished.exampleOf(placed);
    expect((await call(home, 'POST', path, { body })).status).toBe(200);
  }
  // The user has been in their team twice.
  for (const change of ['leave', 'join']) {
    const team = `/app/v1/teams/${nameIn(furnished.mark, 'red-pandas')}/${change}`;
    const parcel = { headers: { 'x-user-id': furnished.userId }, ...(change === 'join' ? { body: {} } : {}) };
    expect((await call(home, 'POST', team, parcel)).status).toBe(200);
  }

  await laurel.platform.inside.streams.settled();
  for (const { userId, mark } of [furnished, second]) {
    const path = `/app/v1/catalog/${nameIn(mark, 'sticker')}/redeem`;
    expect((await call(home, 'POST', path, { headers: { 'x-user-id': userId } })).status).toBe(201);
  }
  // The current period of a board, and one that was closed.
  const close = `/dashboard/v1/leaderboards/${nameIn(furnished.mark, 'lessons')}/close`;
  expect((await call(home, 'POST', close, { body: { period: '2020-W01' } })).status).toBe(200);

  // Two blocks of records, of the workspace's own calls and of what is done to its tenant.
  for (const id of ['first-issuer', 'second-issuer']) {
    expect((await call(home, 'GET', '/dashboard/v1/workspace')).status).toBe(200);
    const audiences = [{ audience: id, workspace: ACME.workspace }];
    const body = { id, issuer: `https://${id}.example.com`, audiences };
    expect((await call(root, 'POST', `/platform/v1/tenants/${ACME.tenant}/issuers`, { body })).status).toBe(201);
    await laurel.platform.inside.sealer.seal();
  }

  type Caller = { access: Access; furnished: typeof furnished; headers?: Record<string, string> };
  const me: Caller = { access: home, furnished };

  async function page(placed: PlacedRoute, caller: Caller, query: Readonly<Record<string, string>> | string) {
    const example = caller.furnished.exampleOf(placed);
    const path = `${example.path.split('?')[0]}?${new URLSearchParams(typeof query === 'string' ? query : { ...query })}`;
    const access = placed.context === 'platform' && caller.access === home ? root : caller.access;
    return call(access, 'GET', path, { headers: { ...example.headers, ...caller.headers } });
  }

  async function cursorOf(placed: PlacedRoute): Promise<string> {
    const answer = await page(placed, me, { limit: '1' });
    expect(answer.status).toBe(200);
    expect(typeof answer.body.nextCursor, `${placed.name} has a second page`).toBe('string');
    return String(answer.body.nextCursor);
  }

  const expectInvalid = async (placed: PlacedRoute, caller: Caller, query: Readonly<Record<string, string>>) => {
    const problem = expectProblem(await page(placed, caller, query), 'invalid_cursor');
    expect(pointersOf(problem)).toEqual(['/query/cursor']);
  };

  /** Lists that show the same to every player of a workspace. */
  const shared = ['app.activities.list', 'app.leaderboards.list', 'app.leaderboards.entries'];
  const filterValues: Readonly<Record<string, readonly string[]>> = {
    status: ['published', 'active', 'pending', 'delivered', 'dead'],
    activity: [nameIn(furnished.mark, 'lesson.completed')],
    mission: [nameIn(furnished.mark, 'weekly-five')],
    state: ['active', 'earned', 'held', 'granted', 'limited'],
    kind: ['credit', 'currency', 'export'],
    webhookId: furnished.made,
    type: ['event.counted'],
    actor: ['somebody'],
    onBehalfOf: ['somebody'],
    action: ['dashboard:users.write'],
    route: ['dashboard.users.create'],
    target: ['something'],
    outcome: ['succeeded'],
    requestId: ['req_1'],
    item: [nameIn(furnished.mark, 'sticker')],
    period: ['2026-W01'],
    userId: [furnished.userId],
    user: [furnished.userId],
    tag: ['vip'],
    segment: [nameIn(furnished.mark, 'vips')],
    attribute: ['plan:pro'],
    mine: ['true'],
    at: ['2020-01-01T00:00:00Z'],
    from: ['2020-01-01T00:00:00Z'],
    to: ['2090-01-01T00:00:00Z'],
  };

  describe.each(lists)('%s', (_name, placed) => {
    test('reads on with its own cursor, page size aside', async () => {
      const cursor = await cursorOf(placed);
      expect((await page(placed, me, { limit: '1', cursor })).status).toBe(200);
      expect((await page(placed, me, { limit: '7', cursor })).status).toBe(200);
    });

    test('refuses the cursor of every other list', async () => {
      for (const [, other] of lists) {
        if (other !== placed) await expectInvalid(placed, me, { cursor: await cursorOf(other) });
      }
    });

    test('refuses its cursor with another filter', async () => {
      const query = queryOf(placed);
      const keys = query instanceof z.ZodObject ? Object.keys(query.shape) : [];
      const cursor = await cursorOf(placed);
      for (const key of keys.filter((one) => !['limit', 'cursor', 'around', 'users', 'teams'].includes(one))) {
        const answers = await Promise.all(
          (filterValues[key] ?? []).map(async (value) => ({
            value,
            status: (await page(placed, me, { [key]: value })).status,
          })),
        );
        const value = answers.find(({ status }) => status === 200)?.value;
        expect(value, `a value of the filter ${key}`).toBeDefined();
        await expectInvalid(placed, me, { cursor, [key]: value ?? '' });
      }
    });

    test('threat 24: refuses a cursor of another player, of another workspace and of another tenant', async () => {
      const cursor = await cursorOf(placed);
      if (placed.context === 'platform') {
        // Of the whole platform, or of a tenant that the path names.
        if (placed.route.path.includes(':tenant')) await expectInvalid(placed, { ...me, furnished: bolt }, { cursor });
        return;
      }
      await expectInvalid(placed, { access: await laurel.machine(ACME_SIDE), furnished: side }, { cursor });
      await expectInvalid(placed, { access: await laurel.machine(BOLT), furnished: bolt }, { cursor });
      if (placed.context === 'app' && !shared.includes(placed.name)) {
        await expectInvalid(placed, { ...me, headers: { 'x-user-id': second.userId } }, { cursor });
      }
    });

    test('threat 24: refuses its cursor once it is edited', async () => {
      const cursor = await cursorOf(placed);
      const [text = '', mac = ''] = cursor.split('.');
      for (const edited of [
        '',
        'x',
        text,
        `${text}.`,
        `.${mac}`,
        `${mac}.${text}`,
        `${cursor}.`,
        `${cursor}=`,
        `A${cursor}`,
        `${text}A.${mac}`,
        `${text}.${mac.slice(0, -1)}`,
        `${text}!.${mac}`,
        cursor.toUpperCase(),
        '\u0000',
        'é',
      ]) {
        await expectInvalid(placed, me, { cursor: edited });
      }
      const problem = expectProblem(await page(placed, me, { cursor: 'x'.repeat(2049) }), 'invalid_request');
      expect(pointersOf(problem)).toEqual(['/query/cursor']);
    });

    test('takes a limit from 1 to 200', async () => {
      for (const limit of ['0', '-1', '201', '1.5', '1e21', 'x', '', 'Infinity', 'NaN']) {
        const problem = expectProblem(await page(placed, me, { limit }), 'invalid_request');
        expect(new Set(pointersOf(problem))).toEqual(new Set(['/query/limit']));
      }
      const twice = expectProblem(await page(placed, me, 'limit=1&limit=2'), 'invalid_request');
      expect(pointersOf(twice)).toEqual(['/query/limit']);
    });
  });
});

describe('a cursor', () => {
  const codec = createCursorCodec(new Uint8Array(32).fill(7));
  const binding = { scope: workspaceScope('acme', 'main'), route: 'app.events.list', filters: { user: 'a' } };

  test('whatever is changed in it, it is refused', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.nat(),
        fc.constantFrom('A', 'z', '-', '_', '.', '=', '!', ' ', ''),
        fc.boolean(),
        (position, place, char, insert) => {
          const cursor = codec.write(binding, position);
          const at = place % (cursor.length + 1);
          const edited = `${cursor.slice(0, at)}${char}${cursor.slice(insert ? at : at + 1)}`;
          fc.pre(edited !== cursor);
          expect(() => codec.read(binding, edited)).toThrow('invalid_cursor');
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('it comes back as it was, for the same list alone', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (position) => {
        const cursor = codec.write(binding, position);
        expect(codec.read(binding, cursor)).toBe(position);
        for (const other of [
          { ...binding, scope: workspaceScope('acme', 'side') },
          { ...binding, scope: workspaceScope('bolt', 'main') },
          { ...binding, route: 'app.wallets.list' },
          { ...binding, filters: { user: 'b' } },
          { ...binding, filters: null },
        ]) {
          expect(() => codec.read(other, cursor)).toThrow('invalid_cursor');
        }
      }),
    );
  });
});
