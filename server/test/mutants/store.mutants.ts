import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { contract, routesOf } from '@laurel/contract';
import { afterAll, expect, test } from 'vitest';
import type { Scope } from '../../src/store/scope.ts';
import { openWorld } from '../isolation/world.ts';

/** The place in the store from whose keys the scope is taken, and the places that were passed since the last time. */
let cut: string | undefined;
const passed = new Set<string>();
Reflect.set(globalThis, 'laurelScope', (site: string, scope: Scope): Scope => {
  passed.add(site);
  return site === cut ? { ...scope, tenant: 'any', workspace: 'any' } : scope;
});

const world = await openWorld();
afterAll(() => world.close());
const routes = routesOf(contract).filter(({ context }) => context !== 'platform');
const settled = () => world.platform.inside.streams.settled();
/** What is cut may stall the stream, which waits for better times: so much it is given to be noticed. */
const soon = () => Promise.race([settled(), setTimeout(1000)]);

/** How many places there are. Some are passed by no example of a route: when something comes due, or by other bodies. */
const store = join(import.meta.dirname, '../../src/store');
const sites = readdirSync(store)
  .filter((file) => file !== 'scope.ts')
  .flatMap((file) =>
    [...readFileSync(join(store, file), 'utf8').matchAll(/\b(?:keyOf|indexKeyOf)\(scope, /g)].map(() => file),
  ).length;

test('a key without its scope is noticed, wherever the store builds it', async () => {
  await settled();
  expect(world.watch.strayed()).toEqual([]);
  const routesBySite = new Map<string, string>();
  for (const placed of routes) {
    passed.clear();
    await world.send(world.home, placed);
    await settled();
    for (const site of passed) if (!routesBySite.has(site)) routesBySite.set(site, placed.name);
  }
  expect(world.watch.strayed()).toEqual([]);

  const died: string[] = [];
  const survived: string[] = [];
  for (const [site, name] of routesBySite) {
    const placed = routes.find((one) => one.name === name);
    if (placed === undefined) continue;
    cut = site;
    passed.clear();
    await world.send(world.home, placed);
    await soon();
    cut = undefined;
    // What was done is done: the second time a route may not come so far, and then nothing was cut.
    if (world.watch.strayed().length > 0) died.push(site);
    else if (passed.has(site)) survived.push(`${site}, by ${name}`);
  }
  console.info(
    `Of ${sites} places where the store builds a key, ${died.length} were cut in turn, and each was noticed:`,
  );
  console.info(died.toSorted().join('\n'));
  expect(survived).toEqual([]);
  expect(died.length).toBeGreaterThanOrEqual(20);
}, 1_800_000);
