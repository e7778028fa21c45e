import { invalidParameters, validationError } from './errors.ts';
import type { ParsedCondition, ParsedProjection, ParsedUpdate } from './expression-tree.ts';
import { keyNames, type Table } from './table.ts';

/**
 * Key attributes are scalars: no expression can look inside them.
 * @throws ValidationException
 */
export function checkFilterPaths(
  table: Table,
  parsed: ParsedCondition | ParsedProjection | ParsedUpdate | undefined,
): void {
  if (parsed === undefined) return;
  const inside = (name: string) => parsed.nestedPaths[name] === true;
  const tableKey = keyNames(table.key).find(inside);
  if (tableKey !== undefined) throw nestedKey('Key', tableKey);
  const indexKey = table.indexes.flatMap((index) => keyNames(index.key)).find(inside);
  if (indexKey !== undefined) throw nestedKey('IndexKey', indexKey);
}

function nestedKey(kind: string, name: string) {
  return validationError(
    `Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: ${kind}: ${name}`,
  );
}

/**
 * An update cannot change the key that it names its item by.
 * @throws ValidationException
 */
export function checkUpdatePaths(table: Table, updates: ParsedUpdate | undefined): void {
  if (updates === undefined) return;
  const heads = new Set(updates.paths.map((path) => path[0]));
  const key = keyNames(table.key).find((name) => heads.has(name));
  if (key !== undefined) {
    throw invalidParameters(`Cannot update attribute ${key}. This attribute is part of the key`);
  }
  checkFilterPaths(table, updates);
}
