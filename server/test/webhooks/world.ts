import type { Fact } from '@laurel/contract/types';
import { commit } from '../../src/store/commit.ts';
import { happen } from '../../src/store/happen.ts';
import { saveHappenings } from '../../src/store/happenings.ts';
import { type Scope, workspaceScope } from '../../src/store/scope.ts';
import { type DeliveryRun, deliverDue } from '../../src/webhooks/deliver.ts';
import type { Resolve } from '../../src/webhooks/destination.ts';
import type { Parcel, Sent } from '../../src/webhooks/send.ts';
import { type WebhookWorker, webhookWorker } from '../../src/webhooks/worker.ts';
import { clockAt, type Game, HOME, openGame, type TestClock } from '../game/world.ts';
import type { Place } from '../support/platform.ts';

/** A game whose webhooks lead to a function of the test. */
export interface Outside extends Game {
  readonly clock: TestClock;
  readonly scope: Scope;
  readonly worker: WebhookWorker;
  /** Everything that was sent, in order. */
  readonly sent: Parcel[];
  /** How whoever is sent to answers, by the URL's path; 200 unless it is set. */
  answer(path: string, how: Sent | 'delivered'): void;
  /** Commits what happened to a player, as ingest would, and waits until it is queued. */
  tell(userId: string, sequence: number, ...facts: Fact[]): Promise<string[]>;
  /** Runs what is due at a time. */
  run(at: string): Promise<DeliveryRun>;
}

export const START = '2026-11-24T12:00:00.000Z';

/** A moment so long after the start. */
export function after(milliseconds: number): string {
  return new Date(Date.parse(START) + milliseconds).toISOString();
}

export const completed = (mission: string): Fact => ({
  type: 'mission.completed',
  occurredAt: START,
  data: { progressId: `${mission}.all`, mission, period: 'all' },
});

export const scopeAt = ({ tenant, workspace }: Place): Scope => workspaceScope(tenant, workspace);

/** Opens a game with a clock that stands still and nothing behind the webhooks but the test. */
export async function openOutside(resolve: Resolve = async () => ['93.184.215.14']): Promise<Outside> {
  const clock = clockAt(START);
  const destinations = { resolve };
  const game = await openGame({ clock, destinations });
  const { platform, streams } = game.platform.inside;
  const scope = scopeAt(HOME);
  const sent: Parcel[] = [];
  const answers = new Map<string, Sent>();
  const worker: WebhookWorker = {
    ...webhookWorker(platform),
    chance: () => 0.5,
    send: async (parcel) => {
      sent.push(parcel);
      return answers.get(new URL(parcel.url).pathname) ?? { kind: 'answered', status: 200 };
    },
  };
  return {
    ...game,
    clock,
    scope,
    worker,
    sent,
    answer(path, how) {
      if (how === 'delivered') answers.delete(path);
      else answers.set(path, how);
    },
    async tell(userId, sequence, ...facts) {
      const happenings = happen({ newId: platform.newId, scope }, userId, facts);
      const batch = { userId, sequence, at: clock.now(), happenings };
      const result = await commit(game.table, saveHappenings(game.table, scope, batch));
      if (result.kind !== 'committed') throw new Error(`not told: ${result.kind}`);
      await streams.settled();
      return happenings.map(({ id }) => id);
    },
    async run(at) {
      clock.set(at);
      return deliverDue(worker, scope, at);
    },
  };
}
