import { isPersonal, namedBy } from '@laurel/contract/shared/personal';
import type * as z from 'zod';
import type { Alias } from '../ports/vault.ts';

/**
 * What may be told of somebody under an alias: the fields that the contract does not mark as personal, with aliases where
 * they name the user, or something of theirs.
 */
export function pseudonymous(schema: z.ZodObject, value: object, alias: Alias): Record<string, unknown> {
  const told = Object.entries(schema.shape).flatMap(([name, field]: [string, z.ZodType]) => {
    if (isPersonal(field)) return [];
    const own: unknown = Reflect.get(value, name);
    const named = namedBy(field);
    if (named === undefined) return [[name, own] as const];
    return [[name, named === 'user' ? alias.name : alias.of(String(own))] as const];
  });
  return Object.fromEntries(told);
}
