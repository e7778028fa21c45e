import * as z from 'zod';

/** One of these, or a value that a newer server sends: keep a default branch. */
export type OpenEnum<Known extends string> = Known | (string & {});

/**
 * Text that is one of some known values, to which more may be added. Whoever reads it must expect others, so the schema
 * takes any text; `x-extensible-enum` names the known ones.
 */
export function openEnum<Known extends string>(known: readonly Known[]): z.ZodType<OpenEnum<Known>>;
export function openEnum(known: readonly string[]): z.ZodType<string> {
  return z.string().meta({ 'x-extensible-enum': known });
}
