import type { Contract } from '@laurel/contract';
import type { Happening } from '@laurel/contract/types';
import { latestSequence, playerBatches } from '../store/happenings.ts';
import type { Handlers, StreamCall, StreamPart } from './call.ts';
import { invalidField } from './problem.ts';
import { playerOf } from './reader.ts';

/** How often a stream that has nothing to tell gives a sign of life, in milliseconds. */
const HEARTBEAT = 15_000;
/** How many batches are read at once. */
const AT_ONCE = 20;

/** A place among a player's happenings: so many of a batch are told. */
interface Place {
  readonly sequence: number;
  readonly told: number;
}

/** Everything up to and including a batch: there is no batch with so many happenings. */
const ALL = 10_000;

/** `{sequence}.{index}` of the last event, or `0`, which is before all. */
function placeOf(lastEventId: string): Place {
  const [, sequence, index] = /^(\d{1,16})(?:\.(\d{1,4}))?$/.exec(lastEventId) ?? [];
  if (sequence === undefined || !Number.isSafeInteger(Number(sequence))) {
    throw invalidField('/headers/last-event-id', 'Last-Event-ID must be the id of an event of this stream, or 0.');
  }
  return { sequence: Number(sequence), told: index === undefined ? ALL : Number(index) + 1 };
}

/** Tells what is there after a place, and answers with the place that was reached. */
async function* toldAfter(
  call: StreamCall,
  userId: string,
  start: Place,
): AsyncGenerator<StreamPart<Happening>, Place> {
  const { platform, scope, assertPresent } = call;
  let place = start;
  for (;;) {
    // The batch of the place itself may have more to tell.
    const from = Math.max(0, place.told === ALL ? place.sequence : place.sequence - 1);
    const batches = await playerBatches(platform.table, scope, userId, { after: from, limit: AT_ONCE });
    // Whoever may not call any more hears no more, however long ago they were let in.
    if (batches.some(({ sequence }) => sequence > place.sequence)) await assertPresent();
    for (const { sequence, happenings } of batches) {
      const told = sequence === place.sequence ? place.told : 0;
      for (const [index, data] of happenings.entries()) if (index >= told) yield { id: `${sequence}.${index}`, data };
      place = { sequence, told: ALL };
    }
    if (batches.length < AT_ONCE) return place;
  }
}

export const live: Handlers<Contract['app']['live']> = {
  async *subscribe(call) {
    const { platform, scope, lastEventId, signal } = call;
    await call.assertPresent();
    const user = await playerOf(call);
    // First listen, then look: what is written in between is heard.
    const listener = platform.live.listen(scope, user.id);
    try {
      let place =
        lastEventId === undefined
          ? { sequence: await latestSequence(platform.table, scope, user.id), told: ALL }
          : placeOf(lastEventId);
      place = yield* toldAfter(call, user.id, place);
      yield { reached: place.told === ALL ? `${place.sequence}` : `${place.sequence}.${place.told - 1}` };
      while (call.follow && !signal.aborted) {
        await listener.news(HEARTBEAT, signal);
        if (signal.aborted) return;
        const reached: Place = yield* toldAfter(call, user.id, place);
        if (reached === place) yield 'heartbeat';
        place = reached;
      }
    } finally {
      listener.close();
    }
  },
};
