import * as z from 'zod';
import { Id } from '../shared/ids.ts';
import { Amount, Version } from '../shared/numbers.ts';
import { PageQuery, page } from '../shared/page.ts';
import { Instant, PeriodKey } from '../shared/time.ts';

/** Where a progress is: open, reached, or over before it was reached. */
export const ProgressState = z
  .enum(['active', 'completed', 'expired'])
  .meta({ id: 'ProgressState', description: 'Open, reached, or its period over before it was reached.' });
export type ProgressState = z.infer<typeof ProgressState>;

/** How far a player is in one mission and period. */
export const Progress = z
  .object({
    id: Id,
    mission: Id,
    missionVersion: Version.meta({ description: 'The version that it started on, and keeps.' }),
    period: PeriodKey,
    state: ProgressState,
    amount: Amount.meta({ description: 'Reached so far; never more than the target.' }),
    target: Amount.meta({ description: 'Frozen when the progress started.' }),
    startedAt: Instant.meta({ description: 'When the earliest event that counts occurred.' }),
    completedAt: Instant.nullable().meta({ description: 'When the event that completed it occurred.' }),
  })
  .meta({
    id: 'Progress',
    description: 'How far a player is in one mission and period.',
    example: {
      id: 'weekly-five:2026-W48',
      mission: 'weekly-five',
      missionVersion: 1,
      period: '2026-W48',
      state: 'active',
      amount: 2,
      target: 5,
      startedAt: '2026-11-23T08:12:00.000Z',
      completedAt: null,
    },
  });
export type Progress = z.infer<typeof Progress>;

/** Progress, page by page. */
export const ProgressPage = page('ProgressPage', Progress);

/** Which progress of a player. */
export const ProgressQuery = PageQuery.extend({
  mission: Id.optional(),
  period: PeriodKey.optional(),
  state: ProgressState.optional(),
});
