import { contract, type PlacedRoute, routesOf } from '@laurel/contract';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { type Furnished, fillPath } from '../support/examples.ts';
import { ACME, ACME_SIDE, type Access, type Answer, BOLT, BOLT_SIDE, call, type Place } from '../support/platform.ts';
import { expectProblem } from '../support/problems.ts';
import { FULL, inLanes, isAsked, openWorld } from './world.ts';

const world = await openWorld();
afterAll(() => world.close());
const { home, own, others, root, watch } = world;
const player = await world.player(ACME, own.userId);
const owner = await world.operator(ACME, 'owner');

const routes = routesOf(contract)
  .filter(isAsked)
  .map((placed) => [placed.name, placed] as const);
const inWorkspaces = routes.filter(([, { context }]) => context !== 'platform');
const forPlayers = routes.filter(([, { context }]) => context === 'app');
afterEach(() => expect(watch.strayed()).toEqual([]));

let marks = 0;

/** Sends a call and answers with what the store was asked for in it, too. */
async function seen(access: Access, placed: PlacedRoute, parts: Parameters<typeof world.send>[2] = {}) {
  marks += 1;
  const mark = `call-${marks}`;
  const answer = await world.send(access, placed, { ...parts, headers: { ...parts.headers, 'x-watched': mark } });
  return { answer, watched: watch.callOf(mark) };
}

/** An answer without what tells one request from another. */
const shapeOf = ({ status, text }: Answer) => ({ status, text: text.replaceAll(/req_\w+/g, 'the request') });

// First, while all of it is at work.
test('each read holds what is theirs: no list is empty, or it would hide a leak', async () => {
  await world.platform.inside.streams.settled();
  await world.platform.inside.sealer.seal();
  const silent: string[] = [];
  for (const [name, placed] of inWorkspaces.filter(([, { route }]) => route.method === 'GET')) {
    const { text } = await world.send(home, placed);
    if (![own.mark, ...own.made].some((one) => text.includes(one))) silent.push(name);
  }
  // What a player's client may send is nothing here; a workspace is no thing of itself, nor is what time it is.
  const nothing = ['app.activities.list', 'dashboard.workspace.get', 'dashboard.clock.get'];
  // Numbers alone, none of which names anything.
  const numbers = ['dashboard.analytics.overview', 'dashboard.analytics.users'];
  // What a machine may do, and that it is a member of nothing.
  const actions = ['dashboard.me.permissions', 'dashboard.me.get'];
  // The purposes that every workspace has.
  const purposes = ['app.privacy.consents', 'dashboard.privacy.consents'];
  // People by pseudonyms.
  const nameless = ['dashboard.pseudonyms.users'];
  // A record by an id that the example makes up; hashes alone.
  const recorded = ['dashboard.auditRecords.get', 'dashboard.auditRecords.verify'];
  expect([...nothing, ...numbers, ...actions, ...purposes, ...nameless, ...recorded]).toEqual(
    expect.arrayContaining(silent),
  );
});

describe('acting for a player of another workspace is acting for nobody', () => {
  test.each(forPlayers)('%s', async (_name, placed) => {
    for (const { userId, externalId } of others) {
      const { 'x-user-id': _own, ...headers } = own.exampleOf(placed).headers;
      const { method, path, body } = own.exampleOf(placed);
      const acting = (who: Record<string, string>) =>
        call(home, method, path, { headers: { ...headers, ...who }, ...(body === undefined ? {} : { body }) });
      const theirs = await acting({ 'x-user-id': userId });
      const items: unknown = Object(theirs.body.items);
      const status = theirs.status === 200 && Array.isArray(items) ? items[0].problem.status : theirs.status;
      expect([404, 422]).toContain(status);
      expect(shapeOf(theirs)).toEqual(shapeOf(await acting({ 'x-user-id': 'missing' })));
      if (placed.route.method !== 'GET') continue;
      expect(shapeOf(await acting({ 'x-external-user-id': externalId }))).toEqual(
        shapeOf(await acting({ 'x-external-user-id': 'missing' })),
      );
    }
  });
});

/** Everywhere at once: who calls, from where, about what of theirs. */
async function everybody(): Promise<readonly { access: Access; furnished: Furnished }[]> {
  const places: readonly Place[] = [ACME, ACME_SIDE, BOLT, BOLT_SIDE];
  const all = [own, ...others];
  return Promise.all(
    places.map(async (place, at) => ({ access: await world.machine(place), furnished: all[at] ?? own })),
  );
}

test('threat 32: calls of all workspaces at once, and each asks the store for its own alone', async () => {
  const callers = await everybody();
  const reads = inWorkspaces.filter(([, { route, meta }]) => route.method === 'GET' && meta?.stream !== true);
  const count = FULL ? 10_000 : 1_000;
  const turns = Array.from({ length: count }, (_, turn) => turn);
  let asked = 0;
  await inLanes(turns, 50, async (turn) => {
    const caller = callers[turn % callers.length];
    const [, placed] = reads[(turn * 7) % reads.length] ?? [];
    if (caller === undefined || placed === undefined) return;
    const { method, path, headers } = caller.furnished.exampleOf(placed);
    const mark = `turn-${turn}`;
    const answer = await call(caller.access, method, path, { headers: { ...headers, 'x-watched': mark } });
    for (const { mark: name } of [own, ...others].filter((one) => one !== caller.furnished)) {
      expect(answer.text).not.toContain(name);
    }
    asked += watch.callOf(mark)?.asked ?? 0;
  });
  expect(asked).toBeGreaterThan(count);
  expect(watch.strayed()).toEqual([]);
});

describe('threat 19: a machine stays in its workspace, an owner may go to each of the tenant', () => {
  const within = routes.filter(([, { route }]) => route.path.includes(':workspace'));
  test.each(within)('%s', async (_name, placed) => {
    const path = fillPath(placed.route.path, { ...ACME_SIDE });
    expectProblem(await world.send(home, placed, { path }), 'not_found');
    expect([200, 201]).toContain((await world.send(owner, placed, { path })).status);
  });
});

// Last, since it runs every route to its end: what it changes nobody else asks about.
describe('threat 27: what is answered never names a thing of another workspace', () => {
  test.each(inWorkspaces)('%s', async (_name, placed) => {
    // The player goes on playing: another one leaves.
    const leaves = placed.name === 'app.privacy.erase';
    for (const access of leaves ? [home, owner] : [home, owner, player]) {
      const headers = leaves ? {} : { 'x-user-id': own.userId };
      const { answer, watched } = await seen(access, placed, { headers });
      for (const { mark, made } of others) {
        for (const name of [mark, ...made]) expect(answer.text).not.toContain(name);
      }
      // Whoever was let in was looked up, and asked for something: else nothing was watched.
      // What a caller may do stands in their token and in the policies.
      const asksStore = !/^dashboard\.(?:authorize|me)\./.test(placed.name);
      if (answer.status < 400 && asksStore) expect(watched?.asked).toBeGreaterThan(0);
    }
  });

  // Whoever was erased is nobody the second time.
  const twice = forPlayers.filter(([name]) => name !== 'app.privacy.erase');
  test.each(twice)('%s: a player is themselves, whatever the headers say', async (_name, placed) => {
    const mine = await world.send(player, placed);
    const other = await world.send(player, placed, { headers: { 'x-user-id': others[0]?.userId ?? '' } });
    expect(other.status).toBe(mine.status);
    expect(other.text).not.toContain(others[0]?.mark);
  });

  test('of the platform’s own routes each touches its own lines and those of the tenant that is named', async () => {
    for (const [, placed] of routes.filter(([, { context }]) => context === 'platform')) {
      const quiet = { tenant: 'still', workspace: 'main' };
      await world.platform.createWorkspaceClient(quiet);
      const answer = await world.send(root, placed, { path: fillPath(placed.route.path, quiet) });
      expect(answer.status, answer.text).toBeLessThan(500);
    }
  });
});
