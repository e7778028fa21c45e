/** The ten data types of DynamoDB, as they are named on the wire. */
const attributeTypes = ['S', 'N', 'B', 'BOOL', 'NULL', 'M', 'L', 'SS', 'NS', 'BS'] as const;
export type AttributeType = (typeof attributeTypes)[number];

/** A value as the JSON protocol writes it: numbers are decimal text, binary is base64. */
export type AttributeValue =
  | { S: string }
  | { N: string }
  | { B: string }
  | { BOOL: boolean }
  | { NULL: boolean }
  | { M: Item }
  | { L: AttributeValue[] }
  | { SS: string[] }
  | { NS: string[] }
  | { BS: string[] };

/** Attributes by name: an item, a key, or the content of a map. */
export interface Item {
  [name: string]: AttributeValue;
}

export function typeOf(value: AttributeValue): AttributeType {
  const found = attributeTypes.find((type) => type in value);
  if (found === undefined) throw new TypeError('An attribute value holds none of the known types.');
  return found;
}

/** The attribute of that name, if the item has it: names such as `constructor` are ordinary attribute names. */
export function attribute(item: Item, name: string): AttributeValue | undefined {
  return Object.hasOwn(item, name) ? item[name] : undefined;
}

/** The members of a set, or undefined for a value that is not a set. */
export function setMembers(value: AttributeValue): string[] | undefined {
  if ('SS' in value) return value.SS;
  if ('NS' in value) return value.NS;
  return 'BS' in value ? value.BS : undefined;
}

/** Equality as conditions see it: sets are unordered, numbers were normalised when they came in. */
export function equal(left: AttributeValue, right: AttributeValue): boolean {
  if ('S' in left) return 'S' in right && left.S === right.S;
  if ('N' in left) return 'N' in right && left.N === right.N;
  if ('B' in left) return 'B' in right && left.B === right.B;
  if ('BOOL' in left) return 'BOOL' in right && left.BOOL === right.BOOL;
  if ('NULL' in left) return 'NULL' in right;
  if ('M' in left) return 'M' in right && equalItems(left.M, right.M);
  if ('L' in left) return 'L' in right && equalLists(left.L, right.L);
  return typeOf(left) === typeOf(right) && equalSets(setMembers(left) ?? [], setMembers(right) ?? []);
}

export function equalItems(left: Item, right: Item): boolean {
  const names = Object.keys(left);
  if (names.length !== Object.keys(right).length) return false;
  return names.every((name) => equalOrBothAbsent(attribute(left, name), attribute(right, name)));
}

export function equalOrBothAbsent(left: AttributeValue | undefined, right: AttributeValue | undefined): boolean {
  if (left === undefined || right === undefined) return left === right;
  return equal(left, right);
}

function equalLists(left: readonly AttributeValue[], right: readonly AttributeValue[]): boolean {
  return left.length === right.length && left.every((value, place) => equalOrBothAbsent(value, right[place]));
}

function equalSets(left: readonly string[], right: readonly string[]): boolean {
  if (left.length !== right.length) return false;
  const members = new Set(right);
  return left.every((member) => members.has(member));
}
