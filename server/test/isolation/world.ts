import type { PlacedRoute } from '@laurel/contract';
import type { Role } from '../../src/identity/principal.ts';
import { embeddedBacking } from '../../src/local/backing.ts';
import { openLocalDatabase } from '../../src/local/database.ts';
import { ENDPOINT, endpointBacking } from '../support/endpoint.ts';
import { type Furnished, furnish } from '../support/examples.ts';
import {
  ACME,
  ACME_SIDE,
  type Access,
  type Answer,
  BOLT,
  BOLT_SIDE,
  call,
  OPERATIONS,
  type Parcel,
  type Place,
  startTestPlatform,
  type TestPlatform,
} from '../support/platform.ts';
import { type Watch, watchTable } from './watch.ts';

/** Whether all that can be asked is asked, and not one of each kind alone. */
export const FULL = process.env.LAUREL_ISOLATION === 'full';

/** Whether a route is to be asked: each, unless some are named by how their names begin. */
export function isAsked({ name }: PlacedRoute): boolean {
  const { LAUREL_ROUTES: only = '' } = process.env;
  return only.split(',').some((start) => name.startsWith(start));
}

/** A platform with four furnished workspaces, in two tenants, whose every request to the table is watched. */
export interface World extends Omit<TestPlatform, 'close'> {
  readonly watch: Watch;
  /** The workspace that calls, and a machine of it with every scope. */
  readonly home: Access;
  readonly own: Furnished;
  /** The other workspace of the tenant, and both of the other tenant. */
  readonly others: readonly Furnished[];
  /** Whoever runs the platform. */
  readonly root: Access;
  /** Calls a route as its example does, or with parts replaced, as somebody. */
  send(access: Access, placed: PlacedRoute, parts?: Parcel & { readonly path?: string }): Promise<Answer>;
  /** Lines of the table outside of the workspace that calls, and outside of what is everybody's. */
  elsewhere(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** A platform whose table is watched from its first request on. */
export async function startWatched(): Promise<TestPlatform & { readonly watch: Watch }> {
  const inner =
    ENDPOINT === undefined ? embeddedBacking(await openLocalDatabase(':memory:')) : await endpointBacking(ENDPOINT);
  const watch = watchTable(inner);
  const laurel = await startTestPlatform({ backing: watch.backing });
  const known = (access: Access, place: Place): Access => {
    if (access.token !== undefined) watch.knows(access.token, place);
    return access;
  };
  return {
    ...laurel,
    watch,
    machine: async (place, scopes) => known(await laurel.machine(place, scopes), place),
    platformMachine: async () => known(await laurel.platformMachine(), OPERATIONS),
    player: async (place, userId) => known(await laurel.player(place, userId), place),
    operator: async (place: Place, role: Role) => known(await laurel.operator(place, role), place),
    async close() {
      await laurel.close();
      watch.close();
    },
  };
}

/** Starts it, and furnishes all four workspaces. */
export async function openWorld(): Promise<World> {
  const laurel = await startWatched();
  const home = await laurel.machine(ACME);
  const own = await furnish(home, ACME);
  const others: Furnished[] = [];
  for (const place of [ACME_SIDE, BOLT, BOLT_SIDE]) others.push(await furnish(await laurel.machine(place), place));
  return {
    ...laurel,
    home,
    own,
    others,
    root: await laurel.platformMachine(),
    send(access, placed, { path, body, headers } = {}) {
      const example = own.exampleOf(placed);
      const sent = body ?? example.body;
      return call(access, example.method, path ?? example.path, {
        headers: { ...example.headers, ...headers },
        ...(sent === undefined ? {} : { body: sent }),
      });
    },
    async elsewhere() {
      const lines = (await laurel.snapshot()).split('\n');
      return lines.filter((line) => /^\["T#(?:acme#W#side|bolt#W#(?:main|side|@))#/.test(line));
    },
  };
}

/** Runs with so many at once. */
export async function inLanes<T>(items: readonly T[], lanes: number, run: (item: T) => Promise<void>): Promise<void> {
  const waiting = items.values();
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (const item of waiting) await run(item);
    }),
  );
}
