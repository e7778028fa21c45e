import type { Effects, Event } from '@laurel/contract/events/schema';
import { type DomainEffects, isLeagueBoard } from '../domain/index.ts';
import type { Rulebook } from '../store/definitions.ts';
import type { Scope } from '../store/scope.ts';
import { entryOf } from './entries.ts';
import { presentProgress } from './progress.ts';
import type { Reader } from './reader.ts';

/** All that an event brought about, as the caller sees it. */
export function presentEffects(
  scope: Scope,
  event: Event,
  effects: DomainEffects,
  rulebook: Rulebook,
  today: Reader['today'],
): Effects {
  return {
    progress: effects.progress.map((record) => presentProgress(record, rulebook, today)),
    missionsCompleted: effects.missionsCompleted.map(({ mission, period }) => ({ mission, period })),
    rewards: [...effects.rewards],
    ledger: effects.postings.map((posting) => entryOf(scope, event.userId, posting)),
    streaks: [...effects.streaks],
    scores: effects.scores
      .filter((one) => !isLeagueBoard(one.leaderboard))
      .map(({ leaderboard, period, added, score }) => ({ leaderboard, period, added, score })),
  };
}
