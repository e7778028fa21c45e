import type { KeyInterval, RankIndex, Ranking } from '../ports/rank-index.ts';
import { type LineChange, rankingName, scoreOfKey } from '../store/leaderboards.ts';
import type { Scope } from '../store/scope.ts';
import { type OrderedKeys, orderedKeys } from './ordered-keys.ts';

/** Reads every key of a ranking from the table, in order. */
export type LoadKeys = (scope: Scope, ranking: Ranking) => Promise<readonly string[]>;

/** Ranks in the memory of this process, which must be told every change of a line in the table. */
export interface MemoryRanks extends RankIndex {
  /** Takes changes in the order in which they were committed. */
  apply(changes: readonly LineChange[]): void;
}

interface Kept {
  readonly keys: OrderedKeys;
  /** The different scores, and how many lines have each. */
  readonly scores: OrderedKeys;
  readonly lines: Map<string, number>;
}

interface Entry {
  readonly kept: Promise<Kept>;
  /** What changed while the keys are being read; it is played over them. */
  journal: LineChange[] | null;
  /** There once `kept` is. */
  ready: Kept | null;
}

function keptOf(sorted: readonly string[]): Kept {
  const lines = new Map<string, number>();
  for (const key of sorted) {
    const score = scoreOfKey(key);
    lines.set(score, (lines.get(score) ?? 0) + 1);
  }
  // The keys are in order, so their scores are met in order.
  return { keys: orderedKeys(sorted), scores: orderedKeys([...lines.keys()]), lines };
}

function change({ keys, scores, lines }: Kept, { remove, add }: LineChange): void {
  if (remove !== undefined && keys.delete(remove)) {
    const score = scoreOfKey(remove);
    const left = (lines.get(score) ?? 0) - 1;
    if (left > 0) lines.set(score, left);
    else {
      lines.delete(score);
      scores.delete(score);
    }
  }
  if (add !== undefined && keys.add(add)) {
    const score = scoreOfKey(add);
    lines.set(score, (lines.get(score) ?? 0) + 1);
    scores.add(score);
  }
}

/**
 * Makes ranks that are read from the table once for each ranking that is asked for, and kept up to date by the changes
 * that they are told. They are exact if every commit is told before its caller is answered, by whoever may write: that
 * is so for the embedded engine, which is the only way to its table.
 *
 * @param most how many lines are kept; the rankings that were not asked for longest are forgotten first
 */
export function memoryRanks(load: LoadKeys, most = 2_000_000): MemoryRanks {
  const entries = new Map<string, Entry>();

  function opened(name: string, scope: Scope, ranking: Ranking): Entry {
    const entry: Entry = {
      journal: [],
      ready: null,
      kept: load(scope, ranking).then(
        (sorted) => {
          const kept = keptOf(sorted);
          for (const one of entry.journal ?? []) change(kept, one);
          entry.journal = null;
          entry.ready = kept;
          forgetOldest();
          return kept;
        },
        (error: unknown) => {
          if (entries.get(name) === entry) entries.delete(name);
          throw error;
        },
      ),
    };
    return entry;
  }

  function forgetOldest(): void {
    let sum = 0;
    for (const [name, { ready }] of [...entries].reverse()) {
      sum += ready?.keys.size ?? 0;
      if (sum > most && ready !== null && entries.size > 1) entries.delete(name);
    }
  }

  function keptFor(scope: Scope, ranking: Ranking): Promise<Kept> {
    const name = rankingName(scope, ranking);
    const entry = entries.get(name) ?? opened(name, scope, ranking);
    // The last that is asked for is the last of the map.
    entries.delete(name);
    entries.set(name, entry);
    return entry.kept;
  }

  const countIn = ({ keys }: Kept, { from, to }: KeyInterval) =>
    Math.max(
      0,
      (to === undefined ? keys.size : keys.countUpTo(to)) - (from === undefined ? 0 : keys.countBefore(from)),
    );

  return {
    count: async (scope, ranking, interval) => countIn(await keptFor(scope, ranking), interval),

    async countScoresBefore(scope, ranking, key) {
      return (await keptFor(scope, ranking)).scores.countBefore(key);
    },

    async keys(scope, ranking, { limit, after, descending = false }) {
      const { keys } = await keptFor(scope, ranking);
      if (!descending) return keys.slice(after === undefined ? 0 : keys.countUpTo(after), limit);
      const end = after === undefined ? keys.size : keys.countBefore(after);
      const from = Math.max(0, end - limit);
      return keys.slice(from, end - from).reverse();
    },

    async rebuild(scope, ranking) {
      entries.delete(rankingName(scope, ranking));
      await keptFor(scope, ranking);
    },

    apply(changes) {
      if (entries.size === 0) return;
      for (const one of changes) {
        const entry = entries.get(one.name);
        if (entry === undefined) continue;
        if (entry.ready === null) entry.journal?.push(one);
        else change(entry.ready, one);
      }
    },
  };
}
