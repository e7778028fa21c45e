import type { Scoring, ScoringBoard } from './score.ts';

/** The boards of a ruleset, by what can move them; each list in the order of ids. */
export interface BoardIndex {
  readonly byActivity: ReadonlyMap<string, readonly ScoringBoard[]>;
  readonly byCurrency: ReadonlyMap<string, readonly ScoringBoard[]>;
  readonly byStreak: ReadonlyMap<string, readonly ScoringBoard[]>;
}

/** Indexes boards by their sources. */
export function indexBoards(boards: readonly ScoringBoard[]): BoardIndex {
  const by = (keyOf: (board: ScoringBoard) => string | undefined) => {
    const index = new Map<string, ScoringBoard[]>();
    for (const board of boards) {
      const key = keyOf(board);
      if (key === undefined) continue;
      const known = index.get(key);
      if (known === undefined) index.set(key, [board]);
      else known.push(board);
    }
    return index;
  };
  return {
    byActivity: by(({ source }) => ('activity' in source ? source.activity : undefined)),
    byCurrency: by(({ source }) => (source.kind === 'earned' ? source.currency : undefined)),
    byStreak: by(({ source }) => (source.kind === 'streak' ? source.streak : undefined)),
  };
}

/** The boards that something can move. */
export function boardsOf(index: BoardIndex, scoring: Scoring): readonly ScoringBoard[] {
  switch (scoring.kind) {
    case 'event':
      return index.byActivity.get(scoring.activity) ?? [];
    case 'earned':
      return index.byCurrency.get(scoring.currency) ?? [];
    case 'streak':
      return index.byStreak.get(scoring.streak) ?? [];
  }
}
