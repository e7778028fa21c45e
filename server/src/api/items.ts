import type { PlacedRoute, Problem } from '@laurel/contract';
import * as z from 'zod';
import { fieldErrors } from './failure.ts';
import { ProblemError } from './problem.ts';

type Route = PlacedRoute['route'];

/** What is left of a batch when its bad items are taken out, and what is wrong with those, by their place. */
export interface Sifted {
  readonly body: unknown;
  readonly bad: ReadonlyMap<number, ProblemError>;
}

/** The schema of one item of a batch. */
function itemSchema(route: Route, field: string): z.core.$ZodType {
  const body = 'body' in route ? route.body : undefined;
  const list = body instanceof z.ZodObject ? body.shape[field] : undefined;
  if (!(list instanceof z.ZodArray)) throw new Error(`the body of ${route.path} has no list ${field}`);
  return list.element;
}

/**
 * Takes out of a batch the items that its schema refuses, so that they do not fail the rest. A batch that is not a
 * list, too long, or bad from end to end is left as it is: it is refused whole, with a pointer to each fault.
 */
export function siftItems(route: Route, field: string, body: unknown, most: number): Sifted {
  const whole = { body, bad: new Map<number, ProblemError>() };
  if (typeof body !== 'object' || body === null || !Object.hasOwn(body, field)) return whole;
  const given: unknown = Reflect.get(body, field);
  if (!Array.isArray(given) || given.length > most) return whole;
  const schema = itemSchema(route, field);
  const bad = new Map<number, ProblemError>();
  for (const [index, item] of given.entries()) {
    const { error } = z.safeParse(schema, item);
    if (error === undefined) continue;
    const errors = fieldErrors('', error);
    bad.set(index, new ProblemError('invalid_request', errors[0]?.message, { errors }));
  }
  if (bad.size === 0 || bad.size === given.length) return whole;
  return { body: { ...body, [field]: given.filter((_, index) => !bad.has(index)) }, bad };
}

/** What every receipt of a batch has, whatever its items are. */
const Receipt = z.looseObject({ rejected: z.int(), items: z.array(z.unknown()) });

/** Puts the answers to the bad items back where they belong. */
export function weaveItems(
  answer: unknown,
  bad: Sifted['bad'],
  problemOf: (problem: ProblemError) => Problem,
): unknown {
  const receipt = Receipt.parse(answer);
  const items = [...receipt.items];
  for (const [index, problem] of [...bad].toSorted(([a], [b]) => a - b)) {
    items.splice(index, 0, { status: 'rejected', problem: problemOf(problem) });
  }
  return { ...receipt, rejected: receipt.rejected + bad.size, items };
}
