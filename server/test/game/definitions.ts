import type { Laurel } from '@laurel/sdk/server';

/** What an operator authors, in the words of the SDK. */
type MissionCreate = Parameters<Laurel['missions']['create']>[0];
type LeaderboardCreate = Parameters<Laurel['leaderboards']['create']>[0];

/** The amounts among rewards. */
export function amountsOf<Amount>(rewards: readonly ({ readonly amount: Amount } | object)[]): Amount[] {
  return rewards.flatMap((reward) => ('amount' in reward ? [reward.amount] : []));
}

/** An activity `lesson` and a currency `xp`: what all other definitions of the tests refer to. */
export async function defineBasics(laurel: Laurel): Promise<void> {
  await laurel.activities.create({ id: 'lesson', name: { en: 'Lesson' }, playersMaySend: true });
  await laurel.currencies.create({ id: 'xp', name: { en: 'Experience' } });
}

/** A rule that pays an amount of `xp` for each lesson. */
export async function defineRule(laurel: Laurel, amount: number): Promise<void> {
  await laurel.rewardRules.create({
    id: 'xp-per-lesson',
    name: { en: 'XP a lesson' },
    trigger: { kind: 'event', activity: 'lesson' },
    rewards: [{ kind: 'currency', currency: 'xp', amount }],
  });
}

/** A mission of lessons that gives 50 `xp`. */
export function missionOf(target: number, schedule: MissionCreate['schedule'] = { kind: 'permanent' }) {
  return {
    name: { en: 'Lessons' },
    schedule,
    steps: [{ activity: 'lesson', adds: 'one' as const, target }],
    rewards: [{ kind: 'currency' as const, currency: 'xp', amount: 50 }],
  };
}

/** A board of the values of lessons, for all time. */
export function boardOf(ties: 'competition' | 'dense' | 'ordinal') {
  return {
    name: { en: 'Lessons' },
    source: { kind: 'sum', activity: 'lesson' },
    window: { kind: 'allTime' },
    ties,
  } satisfies LeaderboardCreate;
}

/** A streak of days with a lesson. */
export function streakOf(zone: string) {
  return { name: { en: 'Every day' }, cadence: 'day' as const, zone, activity: 'lesson' };
}

/** A rule, a mission, two boards and a streak: something of everything that an event can move. */
export async function defineWorld(laurel: Laurel): Promise<void> {
  await defineBasics(laurel);
  await laurel.activities.create({ id: 'quiz', name: { en: 'Quiz' } });
  await laurel.currencies.create({ id: 'gems', name: { en: 'Gems' } });
  await defineRule(laurel, 10);
  await laurel.rewardRules.create({
    id: 'gem-for-any',
    name: { en: 'A gem for whatever earns nothing else' },
    trigger: { kind: 'event' },
    mode: 'fallback',
    rewards: [{ kind: 'currency', currency: 'gems', amount: 1 }],
  });
  await laurel.missions.create({
    id: 'three-a-day',
    ...missionOf(3, { kind: 'recurring', every: 'day', zone: 'user' }),
  });
  await laurel.missions.create({
    id: 'five-a-week',
    ...missionOf(5, { kind: 'recurring', every: 'week', zone: 'UTC' }),
  });
  await laurel.missions.create({ id: 'hundred', ...missionOf(20) });
  await laurel.streaks.create({ id: 'daily', ...streakOf('user') });
  await laurel.leaderboards.create({ id: 'sum', ...boardOf('competition') });
  await laurel.leaderboards.create({
    id: 'weekly',
    name: { en: 'Quizzes of the week' },
    source: { kind: 'count', activity: 'quiz' },
    window: { kind: 'recurring', every: 'week', zone: 'Europe/Rome' },
    ties: 'ordinal',
  });
}
