import type { Facts } from '../condition.ts';
import type { PlayerEvent } from '../event.ts';
import { type PlayerState, type ScoreRecord, scoreId } from '../player.ts';
import { lookup, withEntries } from '../record.ts';
import type { Refusal } from '../refusal.ts';
import type { TraceEntry } from '../trace.ts';
import { moveScore, pointsOf, type ScoreChange, type Scoring, type ScoringBoard, windowPeriod } from './score.ts';

/** The boards of a ruleset, by what can move them. */
export interface BoardIndex {
  /** By activity, in the order of ids. */
  readonly byActivity: ReadonlyMap<string, readonly ScoringBoard[]>;
  /** By currency. */
  readonly byCurrency: ReadonlyMap<string, readonly ScoringBoard[]>;
  /** By streak. */
  readonly byStreak: ReadonlyMap<string, readonly ScoringBoard[]>;
  /** All that are by currency. */
  readonly earned: readonly ScoringBoard[];
}

/** Indexes boards by their sources. */
export function indexBoards(boards: readonly ScoringBoard[]): BoardIndex {
  const by = (keyOf: (board: ScoringBoard) => string | undefined) => {
    const index = new Map<string, ScoringBoard[]>();
    for (const board of boards) {
      const key = keyOf(board);
      if (key !== undefined) index.set(key, [...(index.get(key) ?? []), board]);
    }
    return index;
  };
  return {
    byActivity: by(({ source }) => ('activity' in source ? source.activity : undefined)),
    byCurrency: by(({ source }) => (source.kind === 'earned' ? source.currency : undefined)),
    byStreak: by(({ source }) => (source.kind === 'streak' ? source.streak : undefined)),
    earned: boards.filter(({ source }) => source.kind === 'earned'),
  };
}

/**
 * The boards that an event of an activity can move. What it will earn is not known before it is decided, so boards of
 * a currency are always among them.
 */
export function boardsFor(index: BoardIndex, activity: string, streaks: readonly { readonly id: string }[]) {
  return [
    ...(index.byActivity.get(activity) ?? []),
    ...index.earned,
    ...streaks.flatMap(({ id }) => index.byStreak.get(id) ?? []),
  ];
}

/** The ids of the scores that an event can move on some boards. */
export function scoreIds(boards: readonly ScoringBoard[], event: PlayerEvent): string[] {
  return boards.flatMap((board) => {
    const period = windowPeriod(board.window, event);
    return period === null ? [] : [scoreId(board.id, period)];
  });
}

function boardsOf(index: BoardIndex, scoring: Scoring): readonly ScoringBoard[] {
  switch (scoring.kind) {
    case 'event':
      return index.byActivity.get(scoring.activity) ?? [];
    case 'earned':
      return index.byCurrency.get(scoring.currency) ?? [];
    case 'streak':
      return index.byStreak.get(scoring.streak) ?? [];
  }
}

/** What some happenings did to a player's scores. */
export type ScoresMoved =
  | {
      readonly kind: 'scored';
      readonly effects: readonly ScoreChange[];
      readonly scores: PlayerState['scores'];
      readonly trace: readonly TraceEntry[];
    }
  | Refusal;

/** Moves a player's scores by what happened, one thing after the other; each board's change is told once. */
export function moveScores(
  index: BoardIndex,
  scores: PlayerState['scores'],
  scorings: readonly Scoring[],
  facts: Facts,
): ScoresMoved {
  const changed = new Map<string, ScoreChange>();
  const trace: TraceEntry[] = [];
  for (const scoring of scorings) {
    for (const board of boardsOf(index, scoring)) {
      const points = pointsOf(board.source, scoring);
      const period = windowPeriod(board.window, facts.event);
      if (points === null || period === null) continue;
      const id = scoreId(board.id, period);
      const sofar = changed.get(id);
      const move = moveScore(board, sofar ?? lookup(scores, id), period, points, facts);
      if (move.kind === 'refused') return move;
      trace.push(move.trace);
      if (move.change !== null) changed.set(id, { ...move.change, added: move.change.added + (sofar?.added ?? 0) });
    }
  }
  const records = new Map<string, ScoreRecord>();
  for (const [id, { added: _added, ...record }] of changed) records.set(id, record);
  return { kind: 'scored', effects: [...changed.values()], scores: withEntries(scores, records), trace };
}
