import * as z from 'zod';
import { Id } from '../shared/ids.ts';
import { Amount, Version } from '../shared/numbers.ts';
import { PageQuery, page } from '../shared/page.ts';
import { Instant, PeriodKey } from '../shared/time.ts';

/** Where a progress is: open, reached, or over before it was reached. */
export const ProgressState = z
  .enum(['active', 'completed', 'expired', 'cancelled'])
  .meta({ id: 'ProgressState', description: 'Open, reached, its period over before it was reached, or given up.' });
export type ProgressState = z.infer<typeof ProgressState>;

/** How far a player is in one step of a mission. */
export const ProgressStep = z
  .object({
    amount: Amount.meta({ description: "Reached so far; never more than the target, but in a team's progress." }),
    target: Amount.meta({ description: 'Frozen when the progress started.' }),
    completedAt: Instant.nullable().meta({ description: 'When the event that completed it occurred.' }),
  })
  .meta({
    id: 'ProgressStep',
    description: 'How far a player, or a team, is in one step of a mission.',
    example: { amount: 2, target: 5, completedAt: null },
  });
export type ProgressStep = z.infer<typeof ProgressStep>;

/** How far a player is in one mission and period. */
export const Progress = z
  .object({
    id: Id,
    mission: Id,
    missionVersion: Version.meta({ description: 'The version that it started on, and keeps.' }),
    period: PeriodKey,
    state: ProgressState,
    amount: Amount.meta({ description: 'Reached so far: of the one step, or how many of several steps.' }),
    target: Amount.meta({ description: 'What completes it; frozen when the progress started.' }),
    steps: z.array(ProgressStep).meta({ description: 'In the order of the steps of the mission.' }),
    startedAt: Instant.meta({ description: 'When the event, or whatever else started it, occurred.' }),
    completedAt: Instant.nullable().meta({ description: 'When the event that completed it occurred.' }),
    cancelledAt: Instant.nullable().meta({ description: 'When it was left or cancelled.', example: null }),
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
      steps: [{ amount: 2, target: 5, completedAt: null }],
      startedAt: '2026-11-23T08:12:00.000Z',
      completedAt: null,
      cancelledAt: null,
    },
  });
export type Progress = z.infer<typeof Progress>;

/** Progress, page by page. */
export const ProgressPage = page('ProgressPage', Progress);

/** One thing that moved a progress. */
export const ProgressMove = z
  .object({
    at: Instant.meta({ description: 'When what moved it occurred.' }),
    event: Id.meta({ description: 'The event, or the id of what else moved it.', example: 'evt-2026-0001' }),
    step: z.int().meta({ description: 'Which step, from 0.', example: 0 }),
    added: z.int().meta({ description: 'What it added; less than 0 where the progress began anew.', example: 1 }),
    amount: Amount.meta({ description: 'The amount of the step after it.', example: 2 }),
  })
  .meta({ id: 'ProgressMove', description: 'One thing that moved a progress.' });
export type ProgressMove = z.infer<typeof ProgressMove>;

/** What moved a progress, page by page. */
export const ProgressMovePage = page('ProgressMovePage', ProgressMove);

/** Assigns a mission to a user. */
export const ProgressAssign = z
  .strictObject({
    user: Id.meta({ description: 'Whose it is.', example: 'usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9' }),
    mission: Id,
    target: Amount.min(1)
      .optional()
      .meta({ description: 'In place of the target of a mission of one step.', example: 3 }),
  })
  .meta({
    id: 'ProgressAssign',
    description: 'Which mission to assign to whom.',
    example: { user: 'usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9', mission: 'weekly-five' },
  });
export type ProgressAssign = z.infer<typeof ProgressAssign>;

/** Of whom a progress is. */
export const ProgressCancel = z
  .strictObject({ user: Id.meta({ description: 'Whose it is.', example: 'usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9' }) })
  .meta({
    id: 'ProgressCancel',
    description: 'Whose progress to cancel: progress ids are unique within a user.',
    example: { user: 'usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9' },
  });
export type ProgressCancel = z.infer<typeof ProgressCancel>;

/** Which progress of a player. */
export const ProgressQuery = PageQuery.extend({
  mission: Id.optional(),
  period: PeriodKey.optional(),
  state: ProgressState.optional(),
});
