import * as z from 'zod';

/** One of these, or a value that a newer server sends: keep a default branch. */
export type OpenEnum<Known extends string> = Known | (string & {});

/**
 * Text that is one of some known values, to which more may be added. Whoever reads it must expect others, so the schema
 * takes any text; `x-extensible-enum` names the known ones.
 *
 * The rule: what only Laurel says is open, such as codes, reasons, outcomes, kinds and sources. Closed are what a caller may
 * send as well, since its type says what will be taken; the states of one life and the ends of one choice, each of which
 * a program has to deal with; and the members by which a union is told apart, so that a `switch` narrows it. A test goes
 * through all of them.
 */
export function openEnum<Known extends string>(known: readonly Known[]): z.ZodType<OpenEnum<Known>>;
export function openEnum(known: readonly string[]): z.ZodType<string> {
  return z.string().meta({ 'x-extensible-enum': known });
}
