import * as z from 'zod';
import { definitionKindNames } from '../definitions/kinds.ts';
import { Running } from '../definitions/schema.ts';
import { Id } from '../shared/ids.ts';
import { openEnum } from '../shared/open-enum.ts';
import { UserAttributeDeclarations } from '../users/attributes.ts';

const KindName = z.enum(definitionKindNames).meta({
  id: 'DefinitionKind',
  description: 'A kind of definition, by the name of its resource.',
  example: 'missions',
});

/** What a document holds: each kind of definition, and what the workspace declares of its users' attributes. */
export const configParts = [...definitionKindNames, 'userAttributes'] as const;

const Part = z.enum(configParts).meta({
  id: 'ConfigPart',
  description: "A kind of definition, or `userAttributes`: what the workspace declares of its users' attributes.",
  example: 'missions',
});
export type ConfigPart = z.infer<typeof Part>;

const isPart = (name: string): boolean => Part.safeParse(name).success;

/** Some parts, in a query. */
export const ConfigPartList = z
  .string()
  .max(500)
  .refine((text) => text.split(',').every(isPart), 'name parts of the document, separated by commas')
  .meta({ description: 'Which parts to export, separated by commas; all where it is missing.', example: 'missions' });

const parts = z
  .array(Part)
  .max(configParts.length)
  .optional()
  .meta({
    description: 'Which parts of the document count; all where it is missing. The others are left alone.',
    example: ['activities', 'currencies'],
  });

const keepUrls = z.boolean().optional().meta({
  description:
    'Whether webhooks that are here keep their own URLs, whatever the document says: what leads elsewhere in each environment.',
});

/** The definitions of a workspace as one document, without what is local to it. */
export const ConfigDocument = z
  .strictObject({
    format: z.literal('laurel.config/1').meta({ description: 'What a document is written as.' }),
    definitions: z.partialRecord(KindName, z.array(z.record(z.string(), z.unknown())).max(5000)).meta({
      description:
        'By kind, each definition as it can be created, with its id. A kind that is left out is left alone; what a kind that is there does not list is archived.',
      example: {},
    }),
    userAttributes: UserAttributeDeclarations.nullable().optional().meta({
      description:
        "What the workspace declares of its users' attributes, all of it; null lets them have any. Left alone where it is left out.",
    }),
  })
  .meta({
    id: 'ConfigDocument',
    description:
      'All definitions that are at work in a workspace, in one order, and what it declares of its users: without authors, times and versions, without drafts, and without the secrets and deliveries of webhooks.',
    example: {
      format: 'laurel.config/1',
      definitions: {
        activities: [{ id: 'lesson.completed', name: { en: 'Lesson completed' }, playersMaySend: false }],
        currencies: [],
      },
    },
  });
export type ConfigDocument = z.infer<typeof ConfigDocument>;

/** What to plan for. */
export const ConfigPlanRequest = z
  .strictObject({ document: ConfigDocument, parts, keepUrls })
  .meta({ id: 'ConfigPlanRequest', description: 'A document to compare this workspace with.' });
export type ConfigPlanRequest = z.infer<typeof ConfigPlanRequest>;

const Base = z
  .string()
  .max(200)
  .meta({ description: 'The state of the workspace that was planned for.', example: 'r12.3d5c0b1f6a7e4c9d8f20' });

/** What to apply, and to which state of the workspace. */
export const ConfigApplyRequest = z
  .strictObject({
    document: ConfigDocument,
    parts,
    keepUrls,
    base: Base,
    running: Running.optional().meta({
      description:
        'What becomes of the running progress of what is changed; `keep` where it is missing, and for kinds that know nothing else.',
    }),
  })
  .meta({ id: 'ConfigApplyRequest', description: 'A document to apply, to the state that was planned for.' });
export type ConfigApplyRequest = z.infer<typeof ConfigApplyRequest>;

/** A field in which the workspace and the document differ. */
export const ConfigDifference = z
  .object({
    pointer: z.string().meta({ description: 'JSON pointer into the definition.', example: '/steps/0/target' }),
    before: z.unknown().optional().meta({ description: 'What it is now; missing where it is not there.', example: 5 }),
    after: z.unknown().optional().meta({ description: 'What it becomes; missing where it goes.', example: 7 }),
  })
  .meta({ id: 'ConfigDifference', description: 'A field that a document changes.' });
export type ConfigDifference = z.infer<typeof ConfigDifference>;

/** As it is told: the platform has more kinds one day than who asked for the plan. */
const TellsPart = openEnum(configParts).meta({
  description: 'A kind of definition, or `userAttributes`. Kinds may be added.',
  example: 'missions',
});

const change = {
  kind: TellsPart,
  id: Id.meta({
    description: 'The id of the definition; `userAttributes` of what is declared of users.',
    example: 'weekly-five',
  }),
};

/** What a document means for one definition, or for all that is declared of users' attributes. */
export const ConfigChange = z
  .object({
    ...change,
    action: z.enum(['create', 'update', 'archive', 'unchanged']).meta({ example: 'update' }),
    differences: z.array(ConfigDifference).meta({ description: 'Of an update, field by field.' }),
  })
  .meta({ id: 'ConfigChange', description: 'What a document means for one definition.' });
export type ConfigChange = z.infer<typeof ConfigChange>;

const Count = z.int().min(0).meta({ example: 1 });
const counts = { creates: Count, updates: Count, archives: Count, unchanged: Count };

/** What applying a document would do. */
export const ConfigPlan = z
  .object({
    base: Base.meta({ description: 'The state that this plan is for: give it to `apply`.' }),
    ...counts,
    changes: z.array(ConfigChange).meta({ description: 'By kind and id.' }),
  })
  .meta({ id: 'ConfigPlan', description: 'What applying a document would do.' });
export type ConfigPlan = z.infer<typeof ConfigPlan>;

/** What was done to one definition. */
export const ConfigApplied = z
  .object({ ...change, action: z.enum(['create', 'update', 'archive']).meta({ example: 'update' }) })
  .meta({ id: 'ConfigApplied', description: 'What was done to one definition.' });
export type ConfigApplied = z.infer<typeof ConfigApplied>;

/** What applying a document did. */
export const ConfigResult = z
  .object({
    base: Base.meta({ description: 'The state of the workspace now.' }),
    ruleset: z.int().meta({ description: 'The version of the ruleset now.', example: 13 }),
    ...counts,
    changes: z.array(ConfigApplied).meta({ description: 'What was changed, by kind and id.' }),
  })
  .meta({ id: 'ConfigResult', description: 'What applying a document did.' });
export type ConfigResult = z.infer<typeof ConfigResult>;
