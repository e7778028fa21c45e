import {
  comparePositions,
  type PlayerState,
  type Pool,
  type Position,
  type ProgressRecord,
  partsOf,
  positionOf,
  type RecordMap,
  type RecordRef,
  recordsOf,
  refOf,
  type Shelf,
} from '../domain/index.ts';
import { readPools } from '../store/budgets.ts';
import { giftsOf } from '../store/gifts.ts';
import { type HistoryLine, readHistory } from '../store/history.ts';
import { getRecords, readRecords } from '../store/player-records.ts';
import { getSnapshot, type Sheet } from '../store/players.ts';
import type { PlayContext } from './call.ts';
import { readShelves } from './gifts.ts';
import { type Taken, withoutTaken } from './taken.ts';

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
  /** Which of some causes have given the player an item of the catalogue. */
  gifts(causes: readonly string[]): Promise<ReadonlySet<string>>;
  /** What there is of catalogue items, by how many of each are wanted at most. */
  shelves(wanted: ReadonlyMap<string, number>): Promise<ReadonlyMap<string, Shelf>>;
  /** The progress that ids name; what does not exist is left out. */
  progress(ids: readonly string[]): Promise<readonly ProgressRecord[]>;
}

/** The player as stored. The sheet was read before: whatever else is read is never older. */
export function storedView(play: PlayContext, userId: string, sheet: Sheet): PlayerView {
  const { platform, scope } = play;
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
    gifts: (causes) => giftsOf(table, scope, userId, causes),
    shelves: (wanted) => readShelves(play, wanted),
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
export interface Aftermath extends Taken {
  readonly sheet: Sheet;
  /** Lines that are new or came to something else. */
  readonly lines: readonly HistoryLine[];
  readonly snapshots: ReadonlyMap<number, PlayerState>;
  readonly records: RecordMap;
}

/** The player as they would be after a change that is not stored: what a dry run goes on from. */
export function viewAfter(view: PlayerView, { sheet, lines, snapshots, records, draws, gifts }: Aftermath): PlayerView {
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
    ...withoutTaken(view, () => [{ draws, gifts }]),
    async gifts(causes) {
      const given = gifts.map(({ cause }) => cause).filter((cause) => causes.includes(cause));
      return new Set([...(await view.gifts(causes)), ...given]);
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
