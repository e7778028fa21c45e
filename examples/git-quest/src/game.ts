import { isProblem, type Laurel } from '@laurel/sdk/server';

/** The ids of the game's definitions. */
export const ids = {
  activity: 'commit',
  currency: 'xp',
  rewardRule: 'xp-per-commit',
  mission: 'weekly-five',
  streak: 'daily',
  leaderboard: 'commits',
} as const;

/** The parts of the client that defining the game takes. */
type Definitions = Pick<Laurel, 'activities' | 'currencies' | 'rewardRules' | 'missions' | 'streaks' | 'leaderboards'>;

/**
 * Defines the game in the workspace of the client: 10 XP a commit, 50 XP for five commits in an ISO week, a daily
 * streak and an all-time leaderboard, all in UTC. A definition that is there already stays as it is, so that this
 * may run again and again.
 */
export async function defineGame(laurel: Definitions): Promise<void> {
  await once(laurel.activities.create({ id: ids.activity, name: { en: 'Commit' } }));
  await once(laurel.currencies.create({ id: ids.currency, name: { en: 'Experience' } }));
  await once(
    laurel.rewardRules.create({
      id: ids.rewardRule,
      name: { en: 'Ten XP a commit' },
      trigger: { kind: 'event', activity: ids.activity },
      mode: 'always',
      rewards: [{ kind: 'currency', currency: ids.currency, amount: 10 }],
    }),
  );
  await once(
    laurel.missions.create({
      id: ids.mission,
      name: { en: 'Five commits a week' },
      schedule: { kind: 'recurring', every: 'week', zone: 'UTC' },
      steps: [{ activity: ids.activity, adds: 'one', target: 5 }],
      rewards: [{ kind: 'currency', currency: ids.currency, amount: 50 }],
    }),
  );
  await once(
    laurel.streaks.create({
      id: ids.streak,
      name: { en: 'A commit every day' },
      cadence: 'day',
      zone: 'UTC',
      activity: ids.activity,
    }),
  );
  await once(
    laurel.leaderboards.create({
      id: ids.leaderboard,
      name: { en: 'Most commits' },
      source: { kind: 'count', activity: ids.activity },
      window: { kind: 'allTime' },
      ties: 'competition',
    }),
  );
}

/** Waits for a definition to be created, by this run or by one before it. */
async function once(created: PromiseLike<unknown>): Promise<void> {
  try {
    await created;
  } catch (error) {
    if (!isProblem(error, 'already_exists')) throw error;
  }
}
