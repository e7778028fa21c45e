import type { AttributeValue, Item } from './attribute-value.ts';
import { parseDecimal } from './decimal.ts';

/** The largest item, names and values together, in bytes. */
export const MAX_ITEM_BYTES = 400 * 1024;

/** How deep values may be nested: an attribute is level 1, what is in it level 2. */
const MAX_LEVELS = 32;

/** Whether lists and maps in an item are nested deeper than DynamoDB allows. */
export function isNestedTooDeep(item: Item): boolean {
  return Object.values(item).some((value) => reachesBelow(value, MAX_LEVELS));
}

function reachesBelow(value: AttributeValue, levels: number): boolean {
  if (levels === 0) return true;
  const inside = 'M' in value ? Object.values(value.M) : 'L' in value ? value.L : [];
  return inside.some((element) => reachesBelow(element, levels - 1));
}

/** An item as it is kept in the database: the protocol's own JSON. */
export function encodeItem(item: Item): string {
  return JSON.stringify(item);
}

export function decodeItem(body: string): Item {
  return JSON.parse(body);
}

/**
 * Bytes as DynamoDB counts them for limits and capacity: UTF-8 of names and values; numbers about a byte for two
 * digits; three bytes for a list or map and one for each of its elements.
 */
export function itemSize(item: Item): number {
  let size = 0;
  for (const name of Object.keys(item)) {
    const value = item[name];
    if (value !== undefined) size += Buffer.byteLength(name) + valueSize(value);
  }
  return size;
}

function valueSize(value: AttributeValue): number {
  if ('S' in value) return Buffer.byteLength(value.S);
  if ('N' in value) return numberSize(value.N);
  if ('B' in value) return binarySize(value.B);
  if ('BOOL' in value || 'NULL' in value) return 1;
  if ('M' in value) return 3 + Object.keys(value.M).length + itemSize(value.M);
  if ('L' in value) return 3 + value.L.length + total(value.L, valueSize);
  if ('SS' in value) return total(value.SS, (member) => Buffer.byteLength(member));
  return 'NS' in value ? total(value.NS, numberSize) : total(value.BS, binarySize);
}

function numberSize(text: string): number {
  const { digits, exponent, negative } = parseDecimal(text);
  if (digits === '') return 1;
  const straddles = digits.length % 2 === 0 && exponent % 2 === 0 ? 1 : 0;
  return 1 + Math.ceil(digits.length / 2) + straddles + (negative ? 1 : 0);
}

function binarySize(base64: string): number {
  return Buffer.byteLength(base64, 'base64');
}

function total<T>(values: readonly T[], size: (value: T) => number): number {
  return values.reduce((sum, value) => sum + size(value), 0);
}
