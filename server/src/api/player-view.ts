import {
  comparePositions,
  drawn,
  type PlayerState,
  type Pool,
  type PoolAsk,
  type Position,
  type ProgressRecord,
  partsOf,
  positionOf,
  type RecordMap,
  type RecordRef,
  recordsOf,
  refOf,
} from '../domain/index.ts';
import { readPools } from '../store/budgets.ts';
import { type HistoryLine, readHistory } from '../store/history.ts';
import { getRecords, readRecords } from '../store/player-records.ts';
import { getSnapshot, type Sheet } from '../store/players.ts';
import type { PlayContext } from './call.ts';

/** A player as a change of their history finds them. */
export interface PlayerView {
  readonly userId: string;
  readonly sheet: Sheet;
  /** The history after a position, from its start where there is none, voided entries included. */
  history(after: Position | undefined): Promise<readonly HistoryLine[]>;
  snapshot(slot: number): Promise<PlayerState>;
  /** The records that references name; absent ones are absent. */
  records(refs: readonly RecordRef[]): Promise<ReadonlyMap<RecordRef, unknown>>;
  /** What rules have paid all players so far. */
  pools(rules: readonly string[]): Promise<ReadonlyMap<string, Pool>>;
  /** The progress that ids name; what does not exist is left out. */
  progress(ids: readonly string[]): Promise<readonly ProgressRecord[]>;
}

/** The player as stored. The sheet was read before: whatever else is read is never older. */
export function storedView(
  { platform, scope }: Pick<PlayContext, 'platform' | 'scope'>,
  userId: string,
  sheet: Sheet,
): PlayerView {
  const { table } = platform;
  // A progress is asked for by what may join it and by what is compared; it is read once.
  const progress = readOnce((ids: readonly string[]) => getRecords(table, scope, userId, 'progress', ids));
  return {
    userId,
    sheet,
    history: (after) => readHistory(table, scope, userId, after, sheet.foldsTogether),
    snapshot: (slot) => getSnapshot(table, scope, userId, slot),
    async records(refs) {
      const isProgress = (ref: RecordRef) => partsOf(ref)[0] === 'progress';
      const [others, own] = await Promise.all([
        readRecords(
          table,
          scope,
          userId,
          refs.filter((ref) => !isProgress(ref)),
        ),
        progress(refs.filter(isProgress).map((ref) => partsOf(ref)[1])),
      ]);
      return new Map<RecordRef, unknown>([
        ...others,
        ...[...own].map(([id, record]) => [refOf('progress', id), record] as const),
      ]);
    },
    pools: (rules) => readPools(table, scope, rules),
    progress: async (ids) => [...(await progress(ids)).values()],
  };
}

/** Reads what is asked for by id, each once; what is absent is absent from the answer. */
function readOnce<T>(
  read: (ids: readonly string[]) => Promise<ReadonlyMap<string, T>>,
): (ids: readonly string[]) => Promise<ReadonlyMap<string, T>> {
  const known = new Map<string, T | undefined>();
  return async (ids) => {
    const missing = ids.filter((id) => !known.has(id));
    const found = await read(missing);
    for (const id of missing) known.set(id, found.get(id));
    return new Map(
      ids.flatMap((id) => {
        const one = known.get(id);
        return one === undefined ? [] : [[id, one] as const];
      }),
    );
  };
}

/** What a planned change leaves behind. */
export interface Aftermath {
  readonly sheet: Sheet;
  /** Lines that are new or came to something else. */
  readonly lines: readonly HistoryLine[];
  readonly snapshots: ReadonlyMap<number, PlayerState>;
  readonly records: RecordMap;
  /** What was drawn from the pools of rules. */
  readonly draws: readonly PoolAsk[];
}

/** The player as they would be after a change that is not stored: what a dry run goes on from. */
export function viewAfter(view: PlayerView, { sheet, lines, snapshots, records, draws }: Aftermath): PlayerView {
  const changed = new Map(lines.map((line) => [line.entry.id, line]));
  return {
    userId: view.userId,
    sheet,
    async history(after) {
      const isAfter = ({ entry }: HistoryLine) => after === undefined || comparePositions(positionOf(entry), after) > 0;
      const kept = (await view.history(after)).filter(({ entry }) => !changed.has(entry.id));
      const all = [...kept, ...lines.filter(isAfter)];
      return all.toSorted((a, b) => comparePositions(positionOf(a.entry), positionOf(b.entry)));
    },
    snapshot: async (slot) => snapshots.get(slot) ?? view.snapshot(slot),
    async records(refs) {
      const stored = await view.records(refs.filter((ref) => !records.has(ref)));
      const changes = refs.flatMap((ref) => {
        const record = records.get(ref)?.record ?? null;
        return record === null ? [] : [[ref, record] as const];
      });
      return new Map<RecordRef, unknown>([...stored, ...changes]);
    },
    async pools(rules) {
      const pools = new Map(await view.pools(rules));
      for (const draw of draws) {
        const pool = pools.get(draw.rule);
        if (pool !== undefined) pools.set(draw.rule, drawn(pool, draw));
      }
      return pools;
    },
    async progress(ids) {
      const refs = ids.map((id) => refOf('progress', id));
      const kept = await view.progress(ids.filter((id) => !records.has(refOf('progress', id))));
      const changed = recordsOf(
        refs.flatMap((ref) => records.get(ref) ?? []),
        'progress',
      );
      return [...kept, ...changed.flatMap(({ record }) => record ?? [])];
    },
  };
}
