import type { Laurel } from '@laurel/sdk/server';
import { createCache } from '../../src/cache/cache.ts';
import { knownCallers } from '../../src/store/known-callers.ts';
import { knownUsage } from '../../src/store/known-usage.ts';
import { clockAt, laurelOf, otherProcess, type TestClock } from '../game/world.ts';
import { type Place, startTestPlatform, type TestPlatform } from '../support/platform.ts';
import { clientOf } from './world.ts';

/** What the plan of a tenant allows. */
export interface Allowed {
  readonly players?: number;
  readonly eventsPerMonth?: number;
}

/** A tenant with a plan, a workspace of it, and a player. */
export interface Limited {
  readonly place: Place;
  readonly laurel: Laurel;
  /** The player, who was made before the plan held. */
  readonly ada: string;
}

/** A platform whose time is given, and whoever runs it. */
export interface UsageWorld {
  readonly test: TestPlatform;
  readonly clock: TestClock;
  readonly root: Laurel;
  /** A tenant of its own, with a plan. */
  limited(allowed: Allowed): Promise<Limited>;
  /** Puts a tenant on another plan. */
  allow(place: Place, allowed: Allowed): Promise<void>;
  /** What a tenant has used, once all is counted. */
  used(place: Place): Promise<{ players: number; eventsPerMonth: number }>;
  /** A process that has read nothing yet, and whose cache lives by a time that is given. */
  process(place: Place, now: () => number): Promise<Laurel>;
  close(): Promise<void>;
}

export async function openUsage(now = '2026-11-15T12:00:00Z'): Promise<UsageWorld> {
  const clock = clockAt(now);
  const test = await startTestPlatform({ clock });
  const root = clientOf(await test.platformMachine());
  const others: (() => Promise<void>)[] = [];
  let made = 0;
  async function allow({ tenant }: Place, overrides: Allowed): Promise<void> {
    const plan = await root.platform.plans.get(tenant);
    await root.platform.plans.set(tenant, { plan: 'standard', overrides }, { ifMatch: plan });
  }
  return {
    test,
    clock,
    root,
    allow,
    async limited(allowed) {
      made += 1;
      const place = { tenant: `measured-${made}`, workspace: 'main' };
      const laurel = laurelOf(await test.platform.createWorkspaceClient(place), { maxRetries: 0 });
      await laurel.activities.create({ id: 'ran', name: { en: 'Ran' } });
      const { id: ada } = await laurel.users.create({ externalId: 'ada' });
      await allow(place, allowed);
      return { place, laurel, ada };
    },
    async used({ tenant }) {
      await test.platform.inside.streams.settled();
      const { players, eventsPerMonth } = (await root.platform.plans.get(tenant)).used;
      return { players, eventsPerMonth };
    },
    async process(place, elapsed) {
      const cache = createCache({ now: elapsed });
      const [known, usage] = [knownCallers(test.table, cache), knownUsage(test.table, cache)];
      const { laurel, close } = await otherProcess(test, place, { known, usage });
      others.push(close);
      return laurel;
    },
    async close() {
      for (const close of others) await close();
      await test.close();
    },
  };
}
