import { ReplyError } from 'ioredis';
import type { StreamConsumer } from '../ports/stream.ts';
import { lineChangesIn } from '../store/leaderboards.ts';
import { StreamStalled } from '../stream/consume.ts';
import type { RedisRanks } from './redis-ranks.ts';

/** Answers of Redis that say "not now". */
const PASSING = /^(?:LOADING|OOM|READONLY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|BUSY)\b/;

/** Whether Redis may take later what it did not take now; another answer of it is about what it was asked. */
function isAway(error: unknown): boolean {
  return !(error instanceof ReplyError) || PASSING.test(String(Object(error).message));
}

/** Tells Redis every line of every ranking that the table's stream tells of; waits for it where it is out of reach. */
export function rankConsumer(ranks: Pick<RedisRanks, 'apply'>): StreamConsumer {
  return {
    name: 'ranks',
    // Whether an item is a line stands in its place in the index, not in its key.
    wants: () => true,
    async consume(changes) {
      try {
        await ranks.apply(lineChangesIn(changes));
      } catch (error) {
        throw isAway(error) ? new StreamStalled('ranks', { cause: error }) : error;
      }
    },
  };
}
