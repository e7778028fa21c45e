import type { LiveSignals } from '../ports/live-signals.ts';
import type { RankIndex } from '../ports/rank-index.ts';
import type { StreamConsumer } from '../ports/stream.ts';
import type { Table } from '../store/table.ts';
import type { LocalDatabase } from './database.ts';
import { createLiveHub } from './live-hub.ts';
import { embeddedRanks } from './ranks.ts';
import { type StreamPump, startPump } from './streams.ts';

/** What tells of a failure in the background. */
export type OnError = (message: string, error: unknown) => void;

/** What a platform stands on: its table, and how this process hears of what is written to it. */
export interface Backing {
  readonly table: Table;
  /** An index of ranks of its own for each who asks. */
  ranks(): RankIndex;
  /** Who wakes those that wait for a player's news. */
  live(): LiveSignals;
  /** Gives consumers the table's stream. */
  follow(consumers: readonly StreamConsumer[], onError: OnError): Promise<StreamPump>;
  /** The embedded engine's database, where it is that. */
  readonly embedded?: LocalDatabase;
  close(): Promise<void> | void;
}

/** The embedded engine: it tells this process each commit before whoever wrote has the answer. */
export function embeddedBacking(database: LocalDatabase): Backing {
  const { table, engine, client, inMemory } = database;
  return {
    table,
    ranks: () => embeddedRanks(database),
    live: () => createLiveHub(engine),
    follow: (consumers, onError) => startPump({ engine, client, table, consumers, onError, dropsTaken: inMemory }),
    embedded: database,
    close: () => database.close(),
  };
}
