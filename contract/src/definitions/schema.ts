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

/** What a new definition can be given besides: an id of the caller's own choice. */
export const newFields = {
  id: DefinitionId.optional().meta({ description: 'Your own id; Laurel makes one where it is missing.' }),
};

/** Where a definition is in its life. */
export const DefinitionStatus = z
  .enum(['published', 'archived'])
  .meta({ id: 'DefinitionStatus', description: '`published` is at work; `archived` starts nothing new.' });
export type DefinitionStatus = z.infer<typeof DefinitionStatus>;

/** What Laurel adds to every definition. */
export const definitionFields = {
  id: Id,
  status: DefinitionStatus,
  version: Version,
  createdAt: Instant,
  updatedAt: Instant,
  author: z.string().meta({ description: 'Who published this version.', example: 'operator:ada' }),
};
