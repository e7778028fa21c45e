import * as z from 'zod';
import { DefinitionId, Id } from '../shared/ids.ts';
import { Version } from '../shared/numbers.ts';
import { LocalizedText } from '../shared/text.ts';
import { Instant } from '../shared/time.ts';

/** What every definition that operators author can be given. */
export const authoredFields = {
  name: LocalizedText,
  description: LocalizedText.optional(),
};

const draft = z.boolean().optional().meta({
  description: 'Whether to save it as a draft, which no player sees; it is published where this is missing.',
});

/** What a new definition can be given besides: an id of the caller's own choice, and whether it is a draft. */
export const newFields = {
  id: DefinitionId.optional().meta({ description: 'Your own id; Laurel makes one where it is missing.' }),
  draft,
};

/** What becomes of the progress that players have when a new version is published. */
export const Running = z.enum(['keep', 'recompute', 'reset']).meta({
  id: 'Running',
  description:
    'What becomes of running progress: `keep` leaves players on the version that they started on, `recompute` counts what they did again by the new one, `reset` lets them start anew. Missions know all three, as long as a `recompute` leaves the schedule as it is, and reach all players soon after, those who do nothing more included. So do streaks know them: `keep` leaves a run on its version until it breaks, and the next one starts on the newest; `recompute` counts the history again with the player’s next entry; `reset` ends the run as of the publication, unbroken, and another begins. Level tracks know `keep` (levels that were reached stay) and `recompute` (levels follow the new thresholds, also down). Other kinds know `keep` alone, and say why.',
});
export type Running = z.infer<typeof Running>;

const running = Running.optional().meta({
  description: 'What becomes of running progress; `keep` where it is missing.',
});

/** What a change of a definition can say besides the definition itself. */
export const changeFields = { draft, running };

/** Where a definition is in its life. */
export const DefinitionStatus = z.enum(['draft', 'published', 'archived']).meta({
  id: 'DefinitionStatus',
  description: '`draft` was never published; `published` is at work; `archived` starts nothing new.',
  example: 'published',
});
export type DefinitionStatus = z.infer<typeof DefinitionStatus>;

/** What Laurel adds to every definition. */
export const definitionFields = {
  id: Id,
  status: DefinitionStatus,
  version: Version.meta({
    description: 'Counts up with each change of what is at work; of a draft, the version that it will be.',
  }),
  revision: Version.meta({ description: 'Counts up with each change, drafts included; it is the ETag.' }),
  draft: z.boolean().meta({ description: 'Whether there is a draft that waits to be published.', example: false }),
  createdAt: Instant,
  updatedAt: Instant.meta({ description: 'When this version was saved.' }),
  author: z.string().meta({ description: 'Who saved this version.', example: 'operator:ada' }),
  publishedAt: Instant.nullable().meta({ description: 'When this version came to work; null for a draft.' }),
  running: Running.meta({ description: 'What this version makes of running progress.' }),
  ruleset: z.int().nullable().meta({
    description: 'The version of the workspace’s ruleset from which this version is at work; null for a draft.',
    example: 12,
  }),
};

/** Publishes a draft. */
export const Publish = z
  .strictObject({
    running: Running.optional().meta({
      description: 'What becomes of running progress; what the draft says of it where it is missing.',
    }),
    revision: Version.optional().meta({
      description: 'What you reviewed: refused as `outdated` where somebody saved another draft since.',
    }),
  })
  .meta({ id: 'Publish', description: 'How a draft is published.', example: { running: 'keep' } });
export type Publish = z.infer<typeof Publish>;

/** Makes an old version the newest. */
export const Restore = z
  .strictObject({ version: Version.meta({ description: 'Which version to publish again.' }), running })
  .meta({ id: 'Restore', description: 'Which version becomes the newest.', example: { version: 1 } });
export type Restore = z.infer<typeof Restore>;
