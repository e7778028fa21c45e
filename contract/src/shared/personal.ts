import type * as z from 'zod';

/**
 * Marks a field as personal: it says who somebody is, or what they wrote or did. OpenAPI shows it as `x-personal`; what
 * is marked rests sealed with the key of the user, goes with it, and is no part of what is exported by pseudonyms.
 */
export function personal<T extends z.ZodType>(schema: T): T {
  return schema.meta({ 'x-personal': true });
}

/** Whether a field is marked as personal. */
export function isPersonal(schema: z.ZodType): boolean {
  return schema.meta()?.['x-personal'] === true;
}

/** What a field may be the name of. */
export type Named = 'user' | 'event';

/** Marks a field as the name of a user, or of something of theirs: exports by pseudonyms have a pseudonym in its place. */
export function nameOf<T extends z.ZodType>(named: Named, schema: T): T {
  return schema.meta({ 'x-names': named });
}

/** What a field is the name of; nothing where it names nobody. */
export function namedBy(schema: z.ZodType): Named | undefined {
  const named = schema.meta()?.['x-names'];
  return named === 'user' || named === 'event' ? named : undefined;
}
