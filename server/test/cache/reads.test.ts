import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCache } from '../../src/cache/cache.ts';
import type { SharedText, SharedTexts } from '../../src/ports/cache.ts';
import { createRulebookReader, type Rulebook } from '../../src/store/definitions.ts';
import { tableDirectory } from '../../src/store/directory.ts';
import { knownCallers } from '../../src/store/known-callers.ts';
import { workspaceScope } from '../../src/store/scope.ts';
import type { Table } from '../../src/store/table.ts';
import { type Game, HOME, openGame, times } from '../game/world.ts';

const scope = workspaceScope(HOME.tenant, HOME.workspace);

let game: Game;
beforeAll(async () => {
  game = await openGame();
  const { laurel } = game;
  await laurel.activities.create({ id: 'lesson', name: { en: 'Lesson' } });
  await laurel.currencies.create({ id: 'xp', name: { en: 'Experience' } });
  const mission = {
    name: { en: 'Lessons' },
    schedule: { kind: 'recurring' as const, every: 'week' as const, zone: 'user' as const },
    steps: [{ activity: 'lesson', adds: 'one' as const, target: 5 }],
    rewards: [{ kind: 'currency' as const, currency: 'xp', amount: 10 }],
  };
  for (const id of ['weekly', 'other']) await laurel.missions.create({ id, ...mission });
  await laurel.users.create({ externalId: 'ada' });
});
afterAll(() => game.close());

/** The game's table, counting the requests that reach it. */
function counted(): { table: Table; requests(): number } {
  let sent = 0;
  const client = new Proxy(game.table.client, {
    get(target, name) {
      if (name !== 'send') return Reflect.get(target, name);
      return (...given: Parameters<typeof target.send>) => {
        sent += 1;
        return target.send(...given);
      };
    },
  });
  return {
    table: { ...game.table, client },
    requests: () => {
      const since = sent;
      sent = 0;
      return since;
    },
  };
}

function sharedTexts(): SharedTexts {
  const texts = new Map<string, SharedText>();
  return {
    get: async (name) => texts.get(name),
    set: async (name, shared) => void texts.set(name, shared),
    remove: async (name) => void texts.delete(name),
  };
}

/** All of a rulebook that is data. */
const dataOf = ({ version, definitions, userAttributes, ruleset }: Rulebook) =>
  JSON.stringify({ version, definitions, userAttributes, ruleset });

test('a process that has not seen a workspace reads one item of it, where another has', async () => {
  const { table, requests } = counted();
  const shared = sharedTexts();
  const own = await createRulebookReader(table)(scope);
  const alone = requests();
  const first = await createRulebookReader(table, createCache({ shared }))(scope);
  expect(requests()).toBe(alone);
  const reader = createRulebookReader(table, createCache({ shared }));
  const second = await reader(scope);
  // Where the ruleset stands.
  expect(requests()).toBe(1);
  expect(alone).toBeGreaterThan(12);
  expect([dataOf(first), dataOf(second)]).toEqual([dataOf(own), dataOf(own)]);
  await reader(scope);
  expect(requests()).toBe(1);
  // One of the past never changes: it is not asked where the ruleset stands.
  await createRulebookReader(table, createCache({ shared }))(scope, 2);
  requests();
  expect(dataOf(await createRulebookReader(table, createCache({ shared }))(scope, 2))).toBe(
    dataOf(await createRulebookReader(table)(scope, 2)),
  );
});

test('what is published is at work with the next event, in every process', async () => {
  const shared = sharedTexts();
  const readers = times(2, () => createRulebookReader(game.table, createCache({ shared })));
  for (const read of readers) expect((await read(scope)).definitions.activities).toHaveLength(1);
  await game.laurel.activities.create({ id: 'quiz', name: { en: 'Quiz' } });
  for (const read of readers) expect((await read(scope)).definitions.activities).toHaveLength(2);
});

test('an authorizer asks about the tenant once for all of its players', async () => {
  const { table, requests } = counted();
  const { items } = await game.laurel.users.list({ limit: 1 });
  const id = items[0]?.id ?? '';
  const ask = async (directory: ReturnType<typeof tableDirectory>) => {
    await directory.tenant(HOME.tenant);
    await directory.user(HOME.tenant, HOME.workspace, id);
  };
  const directory = tableDirectory(table, HOME.tenant, knownCallers(table, createCache()));
  for (let player = 0; player < 20; player += 1) await ask(directory);
  expect(requests()).toBe(21);
  for (let player = 0; player < 20; player += 1) await ask(tableDirectory(table, HOME.tenant));
  expect(requests()).toBe(40);
});
