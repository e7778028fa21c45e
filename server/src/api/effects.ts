import type { Effects } from '@laurel/contract/events/schema';
import type { LedgerEntry } from '@laurel/contract/types';
import {
  chainAfter,
  isLeagueBoard,
  type Outcome,
  type RecordChange,
  type RecordMap,
  type RecordRef,
  recordsOf,
  runsIn,
  type ScoreChange,
  type StreakChange,
  streakPageId,
} from '../domain/index.ts';
import type { Rulebook } from '../store/definitions.ts';
import type { Plan } from './plan.ts';
import { presentProgress } from './present-progress.ts';
import type { Moment } from './reader.ts';

/** What is told of one new entry of a plan. */
export interface Told {
  readonly plan: Plan;
  readonly entry: string;
  readonly outcome: Outcome;
  /** The entries of the player's wallets that are posted for it. */
  readonly ledger: readonly LedgerEntry[];
}

/**
 * All that an entry brings about, as the caller sees it. Where later entries were folded again, it is the difference
 * that counts: what was reached or given before, by another entry, is nothing new, and records are as they stand now.
 */
export function presentEffects(told: Told, rulebook: Rulebook, moment: Moment): Effects {
  const { plan, entry, ledger } = told;
  const outcome = plan.appended ? told.outcome : asItStands(told.outcome, plan.records);
  const movements = plan.difference.movements.filter((movement) => movement.entry === entry && movement.amount > 0);
  const gained = gainedBy(told);
  // What time ended before the entry is none of its doing.
  const own = recordsOf(told.outcome.records.values(), 'progress').filter(({ record }) => record?.expired !== true);
  const moved = new Set(own.map(({ id }) => id));
  return {
    progress: recordsOf(outcome.records.values(), 'progress').flatMap(({ id, record }) =>
      record === null || !moved.has(id) ? [] : [presentProgress(record, rulebook, moment)],
    ),
    missionsCompleted: gained.flatMap(completionOf),
    rewards: [
      // Experience is told of as such.
      ...movements.flatMap(({ currency, amount, source, track }) =>
        source === null || track !== undefined
          ? []
          : [{ kind: 'currency' as const, currency, amount, source, claim: null }],
      ),
      ...plan.difference.given.flatMap(({ entry: behind, given }) =>
        behind === entry ? [{ ...given.reward, source: given.source, claim: given.claim }] : [],
      ),
    ],
    withheld: [...told.outcome.withheld],
    clipped: outcome.clips.map(({ source: _, ...clip }) => clip),
    ledger: [...ledger],
    streaks: outcome.streaks.map(({ period: _, ...effect }) => effect),
    scores: outcome.scores
      .filter(({ leaderboard }) => !isLeagueBoard(leaderboard))
      .map(({ leaderboard, period, added, score, team }) => ({
        leaderboard,
        period,
        added,
        score,
        ...(team === undefined ? {} : { team }),
      })),
    badges: gained.flatMap(badgeOf),
    levels: gained.flatMap(levelOf),
  };
}

/** What was not before: by the entry's own turn, or, for the last of the new ones, by what others come to now. */
function gainedBy({ plan, entry, outcome }: Told): readonly string[] {
  const own = new Set(outcome.marks);
  const others = entry === plan.because ? plan.outcomes.filter((one) => one !== outcome) : [];
  const theirs = new Set(others.flatMap(({ marks }) => marks));
  return plan.difference.gained.filter((mark) => own.has(mark) || (entry === plan.because && !theirs.has(mark)));
}

/** The completed mission that a mark tells of. */
function completionOf(mark: string): Effects['missionsCompleted'] {
  const [kind, mission, period] = mark.split(' ');
  return kind === 'completed' && mission !== undefined && period !== undefined ? [{ mission, period }] : [];
}

/** The tier of a badge that a mark tells of. */
function badgeOf(mark: string): Effects['badges'] {
  const [kind, badge, tier] = mark.split(' ');
  return kind === 'badgeAwarded' && badge !== undefined ? [{ badge, tier: Number(tier) }] : [];
}

/** The level that a mark tells of. */
function levelOf(mark: string): Effects['levels'] {
  const [kind, track, level] = mark.split(' ');
  if (track === undefined || (kind !== 'levelReached' && kind !== 'levelLost')) return [];
  return [{ track, level: Number(level), change: kind === 'levelLost' ? 'lost' : 'reached' }];
}

/** An outcome with its records as they are at the end of the fold. */
function asItStands(outcome: Outcome, records: RecordMap): Outcome {
  const own = recordsOf(records.values(), 'score').flatMap(({ record }) => record ?? []);
  const given = recordsOf(records.values(), 'share').flatMap(({ record }) =>
    record?.of === 'leaderboard' ? [{ ...record, leaderboard: record.definition }] : [],
  );
  const scores = new Map([...own, ...given].map((score) => [placeOfScore(score), score.score]));
  const stand = ([ref, change]: readonly [RecordRef, RecordChange]) => [ref, records.get(ref) ?? change] as const;
  return {
    ...outcome,
    records: new Map([...outcome.records].map(stand)),
    streaks: outcome.streaks.map((change) => streakAsItStands(change, records)),
    scores: outcome.scores.map((change) => ({ ...change, score: scores.get(placeOfScore(change)) ?? change.score })),
  };
}

/** Tells scores apart: those of a player's own, and what they have given to each team. */
function placeOfScore({ leaderboard, period, team }: Pick<ScoreChange, 'leaderboard' | 'period' | 'team'>): string {
  return [leaderboard, period, team ?? ''].join(' ');
}

/** A period that counted, with its run as it is by the pages at the end of the fold. */
function streakAsItStands(change: StreakChange, records: RecordMap): StreakChange {
  const pages = recordsOf(records.values(), 'streak')
    .flatMap(({ id, record }) => (record !== null && id === streakPageId(change.streak, record.page) ? [record] : []))
    .toSorted((a, b) => a.page - b.page);
  const run = runsIn(pages).find(({ from, to }) => from <= change.period && change.period <= to);
  return { ...change, run: run?.count ?? change.run, longest: chainAfter(pages).longest };
}
