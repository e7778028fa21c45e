import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { isProblem, type Laurel } from '@laurel/sdk/server';
import type { WorkspaceAccess } from '../../src/local/index.ts';
import { laurelOf, type randomFrom, times } from './world.ts';

/** A platform in a process of its own. */
export interface Running {
  /** The client that was made, by the first start in a folder. */
  readonly access: WorkspaceAccess | null;
  /** Ends it as an outage of power would. */
  kill(): Promise<void>;
}

/** How a platform is started in a process of its own. */
export interface Starting {
  readonly folder: string;
  readonly port: number;
  readonly isFirst?: boolean;
  /** How far its game's time is ahead, in milliseconds. */
  readonly ahead?: number;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.signalCode !== null || child.exitCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

export async function startChild({ folder, port, isFirst = false, ahead = 0 }: Starting): Promise<Running> {
  const script = join(import.meta.dirname, 'crash-platform.ts');
  const parts = ['--conditions=@laurel/source', script, folder, `${port}`, `${ahead}`, isFirst ? 'first' : ''];
  const child = spawn(process.execPath, parts, { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout })) {
    return { access: JSON.parse(line), kill: () => end(child) };
  }
  throw new Error('the platform did not start');
}

/** What was sent, and of that what was answered. */
export interface Load {
  readonly sentEvents: Set<string>;
  readonly events: Set<string>;
  readonly voids: Set<string>;
  readonly sentVoids: Set<string>;
  readonly grants: Set<string>;
  readonly sentGrants: Set<string>;
}

export function newLoad(): Load {
  const empty = () => new Set<string>();
  return {
    sentEvents: empty(),
    events: empty(),
    voids: empty(),
    sentVoids: empty(),
    grants: empty(),
    sentGrants: empty(),
  };
}

type Random = ReturnType<typeof randomFrom>;

/** What backends do: events at any time of some days, a few voids, a few gifts. */
async function doSomething(laurel: Laurel, users: readonly string[], load: Load, random: Random): Promise<void> {
  const userId = users[random.below(users.length)] ?? '';
  const what = random.below(8);
  if (what === 0) {
    const note = `gift ${load.sentGrants.size}`;
    load.sentGrants.add(note);
    await laurel.users.grant(userId, { rewards: [{ kind: 'currency', currency: 'gems', amount: 7 }], note });
    load.grants.add(note);
    return;
  }
  const counted = [...load.events].filter((id) => !load.sentVoids.has(id));
  const chosen = counted[random.below(Math.max(1, counted.length))];
  if (what === 1 && chosen !== undefined) {
    load.sentVoids.add(chosen);
    await laurel.events.void(chosen, { note: 'it was not so' });
    load.voids.add(chosen);
    return;
  }
  const events = times(1 + random.below(6), () => ({
    id: `e-${load.sentEvents.size}-${random.below(1e9)}`,
    userId: users[random.below(users.length)] ?? '',
    activity: random.below(3) === 0 ? 'quiz' : 'lesson',
    value: random.below(5),
    occurredAt: new Date(Date.UTC(2026, 0, 1) + random.below(300) * 3_600_000).toISOString(),
  }));
  for (const { id } of events) load.sentEvents.add(id);
  const { items } = await laurel.events.trackBatch({ events });
  for (const item of items) if (item.status === 'accepted') load.events.add(item.receipt.event.id);
}

/** Sends load from several backends at once, until the platform is killed after so many milliseconds. */
export async function loadUntilKilled(
  access: WorkspaceAccess,
  users: readonly string[],
  load: Load,
  { random, child, after }: { readonly random: Random; readonly child: Running; readonly after: number },
): Promise<void> {
  let isKilled = false;
  const begun = Promise.withResolvers<void>();
  // A call that nobody answers any more is not made again: what came of it is to be seen.
  const laurel = laurelOf(access, { maxRetries: 0 });
  await laurel.workspace.get();
  const backend = async () => {
    while (!isKilled) {
      try {
        await doSomething(laurel, users, load, random);
        begun.resolve();
      } catch (error) {
        // What is refused is a fault of the test; what broke off is what it is about.
        if (isProblem(error)) throw error;
        if (!isKilled) await setTimeout(1);
      }
    }
  };
  const backends = times(4, backend);
  // A process that has just started is slow: mostly the time runs from its first answer, now and then from its start.
  if (random.below(5) > 0) await begun.promise;
  await setTimeout(after);
  isKilled = true;
  await child.kill();
  await Promise.all(backends);
}
