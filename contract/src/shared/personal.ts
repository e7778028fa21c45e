import type * as z from 'zod';

/**
 * Marks a field as personal: it says who somebody is, or what they wrote or did. OpenAPI shows it as `x-personal`; what
 * is marked rests sealed with the key of the user, and goes with it.
 */
export function personal<T extends z.ZodType>(schema: T): T {
  return schema.meta({ 'x-personal': true });
}

/** Whether a field is marked as personal. */
export function isPersonal(schema: z.ZodType): boolean {
  return schema.meta()?.['x-personal'] === true;
}
