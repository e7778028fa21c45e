import { receiptOf, track, trackBatch } from './events.ts';
import { changed, staleness } from './generic.ts';
import { pageOf } from './lists.ts';
import { join, leave, progressOf } from './missions.ts';
import { type Asked, NOT_FOUND, type Reply } from './reply.ts';
import { claimReward, redeem } from './rewards.ts';
import type { World } from './world.ts';

type Operation = (world: World, asked: Asked) => Reply;

function updateMe(world: World, asked: Asked): Reply {
  const stale = staleness(world.me, asked);
  if (stale !== undefined) return stale;
  Object.assign(world.me, changed(world.me, asked.body, world.now()));
  return { body: world.me };
}

/** What is simulated: the one player of the mock, whoever calls. All else is answered by `genericReply`. */
export const simulated: Readonly<Record<string, Operation>> = {
  'app.me.get': ({ me }) => ({ body: me }),
  'app.me.update': updateMe,
  'app.events.track': track,
  'app.events.trackBatch': trackBatch,
  'app.events.get': receiptOf,
  'dashboard.events.track': track,
  'dashboard.events.trackBatch': trackBatch,
  'app.missions.join': join,
  'app.missions.leave': leave,
  'app.progress.list': (world, asked) => pageOf('app.progress.list', progressOf(world), asked),
  'app.progress.get': (world, { params }) => {
    const progress = progressOf(world).find(({ id }) => id === params.id);
    return progress === undefined ? NOT_FOUND : { body: progress };
  },
  'app.rewards.claim': claimReward,
  'app.wallets.entries': (world, asked) => {
    const entries = world.lists.of('app.wallets.entries');
    const { currency } = asked.params;
    return pageOf(
      'app.wallets.entries',
      entries.filter((entry) => entry.currency === currency),
      asked,
    );
  },
  'app.catalog.redeem': redeem,
};
