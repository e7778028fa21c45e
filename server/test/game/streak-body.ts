import type { Laurel } from '@laurel/sdk/server';
import { streakOf } from './definitions.ts';

/** What a streak becomes by a new version. */
export type StreakBody = Parameters<Laurel['streaks']['update']>[1];

/** A streak of days with so many events. */
export function bodyOf(target: number, more: Partial<StreakBody> = {}) {
  return { ...streakOf('UTC'), goal: { kind: 'events' as const, target }, ...more };
}
