import * as z from 'zod';
import { Version } from '../shared/numbers.ts';
import { openEnum } from '../shared/open-enum.ts';
import { Instant } from '../shared/time.ts';

/** Whose time a workspace lives by. */
export const ClockKind = z.enum(['real', 'test']).meta({
  id: 'ClockKind',
  description: '`real` follows the time of the world; `test` stands still until it is advanced.',
});
export type ClockKind = z.infer<typeof ClockKind>;

/** The clock of a workspace. */
export const Clock = z
  .object({
    kind: ClockKind,
    now: Instant.meta({ description: 'What time it is in this workspace.' }),
    version: Version,
  })
  .meta({ id: 'Clock', description: 'The time of a workspace, and whose it is.' });
export type Clock = z.infer<typeof Clock>;

/** What can be changed of a clock. */
export const ClockUpdate = z
  .strictObject({ kind: ClockKind })
  .meta({ id: 'ClockUpdate', description: 'Whose time to live by from now on.', example: { kind: 'test' } });
export type ClockUpdate = z.infer<typeof ClockUpdate>;

/** How many boundaries one call runs at most. */
export const MAX_BOUNDARIES = 200;

/** Where to set a test clock. */
export const ClockAdvance = z
  .strictObject({ to: Instant.meta({ description: 'Not before the present time of the workspace.' }) })
  .meta({ id: 'ClockAdvance', description: 'Where to set a test clock.', example: { to: '2026-12-01T00:00:00Z' } });
export type ClockAdvance = z.infer<typeof ClockAdvance>;

/** What comes due. */
export const boundaryKinds = [
  'mission.opened',
  'mission.closed',
  'mission.reached',
  'teamMission.completed',
  'leaderboard.close',
  'league.settle',
  'player.give',
  'player.settle',
  'player.unpack',
  'webhook.deliver',
  'privacy.erase',
  'privacy.retain',
] as const;

/** Something that came due, and what became of it. */
export const Boundary = z
  .object({
    at: Instant.meta({ description: 'When it was due.' }),
    kind: openEnum(boundaryKinds).meta({
      description: 'What came due; kinds may be added.',
      example: 'mission.opened',
    }),
    subject: z.string().meta({ description: 'The id of what it came due for.', example: 'weekly-five' }),
    outcome: z
      .string()
      .meta({ description: 'What became of it; `skipped` where there was nothing to do.', example: 'opened' }),
    details: z
      .record(z.string(), z.string())
      .meta({ description: 'What else is to be said of it.', example: { period: '2026-W49' } }),
  })
  .meta({ id: 'Boundary', description: 'Something that came due, and what became of it.' });
export type Boundary = z.infer<typeof Boundary>;

/** What happened while a test clock was advanced. */
export const ClockReport = z
  .object({
    now: Instant.meta({ description: 'What time it is now.' }),
    boundaries: z.array(Boundary).meta({
      description: `In the order in which they ran: by time, then kind, then subject. At most ${MAX_BOUNDARIES}. A mission in each user's own zone opens for nobody, so it has no line: its progress begins with a first event, and its end is a line of the player (\`missionsExpired\`).`,
    }),
    done: z.boolean().meta({ description: 'Whether the clock has arrived; false where more is due before it does.' }),
    nextTo: Instant.nullable().meta({
      description: 'Where to advance to in order to go on; null where the clock has arrived.',
      example: null,
    }),
  })
  .meta({ id: 'ClockReport', description: 'What happened while the clock was advanced.' });
export type ClockReport = z.infer<typeof ClockReport>;
