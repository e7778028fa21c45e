import * as z from 'zod';
import { ProgressMovePage, ProgressState, ProgressStep } from '../progress/schema.ts';
import { reads } from '../route.ts';
import { Id } from '../shared/ids.ts';
import { Amount, Version } from '../shared/numbers.ts';
import { PageQuery, page } from '../shared/page.ts';
import { Instant, PeriodKey } from '../shared/time.ts';

/** How far a team is in one mission and period. */
export const TeamProgress = z
  .object({
    id: Id,
    team: Id,
    mission: Id,
    missionVersion: Version.meta({ description: 'The version that it started on, and keeps.' }),
    period: PeriodKey,
    state: ProgressState,
    amount: Amount.meta({ description: 'So far: of the one step, or how many of several steps are reached.' }),
    target: Amount.meta({ description: 'What completes it.' }),
    steps: z.array(ProgressStep).meta({ description: 'The sums of what members gave; they go on beyond the targets.' }),
    startedAt: Instant.meta({ description: 'When the first event that counts for it occurred.' }),
    movedAt: Instant.meta({ description: 'When the latest event that counts for it occurred.' }),
    completedAt: Instant.nullable().meta({
      description:
        'The latest moment in what was counted when it was reached for the first time: who was in the team then has completed the mission, whatever is taken back later.',
    }),
  })
  .meta({
    id: 'TeamProgress',
    description: 'How far a team is in one mission and period.',
    example: {
      id: 'team-hundred:2026-W48',
      team: 'red-pandas',
      mission: 'team-hundred',
      missionVersion: 1,
      period: '2026-W48',
      state: 'active',
      amount: 42,
      target: 100,
      steps: [{ amount: 42, target: 100, completedAt: null }],
      startedAt: '2026-11-23T08:12:00.000Z',
      movedAt: '2026-11-25T17:40:00.000Z',
      completedAt: null,
    },
  });
export type TeamProgress = z.infer<typeof TeamProgress>;

/** What one member gave to a progress of their team. */
export const TeamProgressShare = z
  .object({
    userId: Id,
    member: Id.meta({ description: 'Names the stretch of time in the team; who comes back is another member.' }),
    joinedAt: Instant.meta({ description: 'When that stretch began.' }),
    steps: z.array(Amount).meta({ description: 'What they gave to each step in it.', example: [17] }),
    startedAt: Instant.meta({ description: 'When the first of it occurred.' }),
    movedAt: Instant.meta({ description: 'When the latest of it occurred.' }),
  })
  .meta({
    id: 'TeamProgressShare',
    description: 'What one member gave to a progress of their team, by what is known now.',
  });
export type TeamProgressShare = z.infer<typeof TeamProgressShare>;

/** Which progress of a team. */
export const TeamProgressQuery = PageQuery.extend({
  mission: Id.optional(),
  period: PeriodKey.optional(),
  state: ProgressState.optional(),
});

/** The routes that read what teams do for missions. */
export const teamProgressRoutes = {
  progress: {
    method: 'GET',
    path: '/teams/:id/progress',
    pathParams: z.strictObject({ id: Id }),
    summary: "List a team's progress",
    description: 'Its progress in the missions for teams, in all periods, by mission and then by period.',
    query: TeamProgressQuery,
    responses: { 200: page('TeamProgressPage', TeamProgress) },
    metadata: reads('dashboard', 'teams', { concerns: { team: '/params/id' } }),
  },
  shares: {
    method: 'GET',
    path: '/teams/:id/progress/:progress/shares',
    pathParams: z.strictObject({ id: Id, progress: Id }),
    summary: "List the shares of a team's progress",
    description: 'What each member gave while they were in the team, those who left included.',
    query: PageQuery,
    responses: { 200: page('TeamProgressSharePage', TeamProgressShare) },
    metadata: reads('dashboard', 'teams', { concerns: { team: '/params/id' } }),
  },
  shareLog: {
    method: 'GET',
    path: '/teams/:id/progress/:progress/shares/:member/log',
    pathParams: z.strictObject({ id: Id, progress: Id, member: Id }),
    summary: "List what moved a share of a team's progress",
    description: 'What a member did for it, in the order in which it occurred, by what is known now.',
    query: PageQuery,
    responses: { 200: ProgressMovePage },
    metadata: reads('dashboard', 'teams', { concerns: { team: '/params/id' } }),
  },
} as const;
