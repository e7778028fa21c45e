// The child of the durability test: a platform in the folder that it is given, and backends that send it batches until
// it is killed. It says the ids of each batch once the batch has been answered.
import { writeSync } from 'node:fs';
import { defineWorld } from './definitions.ts';
import { openGame, randomFrom, times } from './world.ts';

const [folder = '', round = '0'] = process.argv.slice(2);
const { laurel } = await openGame({ data: folder });
if (round === '0') await defineWorld(laurel);

const random = randomFrom(Number(round));
let sent = 0;

async function sendBatch(): Promise<void> {
  const events = times(1 + random.below(80), () => ({
    id: `${round}-${sent++}`,
    externalUserId: `player-${random.below(6)}`,
    activity: random.below(3) === 0 ? 'quiz' : 'lesson',
    value: random.below(5),
    occurredAt: new Date(Date.UTC(2026, 0, 1) + random.below(300) * 3_600_000).toISOString(),
  }));
  const { items } = await laurel.events.trackBatch({ events });
  const ids = items.flatMap((item) => (item.status === 'accepted' ? [item.receipt.event.id] : []));
  // Straight to the file descriptor: what is said is out, whatever happens to this process next.
  writeSync(1, `${JSON.stringify(ids)}\n`);
}

// Several at once, so that the kill comes amid all stages of a batch.
await Promise.all(
  times(4, async () => {
    for (;;) await sendBatch();
  }),
);
