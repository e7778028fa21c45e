import { type AttributeValue, type Item, setMembers, typeOf } from './attribute-value.ts';
import { isPath } from './condition.ts';
import { addDecimals, decimalRangeError, formatDecimal, negateDecimal, parseDecimal } from './decimal.ts';
import { valueAt } from './document-path.ts';
import { validationError } from './errors.ts';
import type { Path, UpdateOperand, UpdateSection } from './expression-tree.ts';

/**
 * Applies an update expression to an item, which it changes. Every right-hand side sees the item as it was, and list
 * places mean the list as it was: values are computed first, removals from lists happen last, from the end.
 */
export function applyUpdate(item: Item, sections: readonly UpdateSection[]): void {
  const assignments = sections.flatMap((section) => assignment(item, section));
  const removals = sections.filter((section) => section.type === 'remove').map((section) => section.path);
  const emptied = assignments.filter(({ value }) => value === undefined).map(({ path }) => path);
  for (const { path, value } of assignments.toSorted(byPlace)) if (value !== undefined) setAt(item, path, value);
  for (const path of [...removals, ...emptied].toSorted((left, right) => -comparePlaces(left, right))) {
    removeAt(item, path);
  }
}

/** A value to put at a path; no value means that the attribute goes. */
interface Assignment {
  readonly path: Path;
  readonly value: AttributeValue | undefined;
}

function assignment(item: Item, section: UpdateSection): Assignment[] {
  if (section.type === 'remove') return [];
  if (section.type === 'set') return [{ path: section.path, value: detached(evaluate(item, section.val)) }];
  const existing = valueAt(item, section.path);
  if (existing !== undefined && typeOf(existing) !== typeOf(section.val)) throw wrongOperandType();
  if (section.type === 'add') return [{ path: section.path, value: added(existing, section.val) }];
  return existing === undefined ? [] : [{ path: section.path, value: without(existing, section.val) }];
}

/** A copy that does not change when the item it came from does. */
function detached(value: AttributeValue): AttributeValue {
  return 'M' in value || 'L' in value ? structuredClone(value) : value;
}

function evaluate(item: Item, operand: UpdateOperand): AttributeValue {
  if (isPath(operand)) return required(valueAt(item, operand));
  if (!('type' in operand)) return operand;
  const [first, second] = operand.args;
  if (operand.type === 'function' && operand.name === 'if_not_exists') {
    return (isPath(first) ? valueAt(item, first) : undefined) ?? evaluate(item, second);
  }
  const left = evaluate(item, first);
  const right = evaluate(item, second);
  if (operand.type !== 'function') return sum(left, right, operand.type === 'subtract');
  if (!('L' in left && 'L' in right)) throw wrongOperandType();
  return { L: [...left.L, ...right.L] };
}

function required(value: AttributeValue | undefined): AttributeValue {
  if (value !== undefined) return value;
  throw validationError('The provided expression refers to an attribute that does not exist in the item');
}

function sum(left: AttributeValue, right: AttributeValue, subtract: boolean): AttributeValue {
  if (!('N' in left && 'N' in right)) throw wrongOperandType();
  const second = parseDecimal(right.N);
  const result = addDecimals(parseDecimal(left.N), subtract ? negateDecimal(second) : second);
  const problem = decimalRangeError(result);
  if (problem !== undefined) throw validationError(problem);
  return { N: formatDecimal(result) };
}

function added(existing: AttributeValue | undefined, value: AttributeValue): AttributeValue {
  if ('N' in value) return sum(existing ?? { N: '0' }, value, false);
  const before = existing === undefined ? [] : members(existing);
  return setLike(value, [...before, ...members(value).filter((member) => !before.includes(member))]);
}

function without(existing: AttributeValue, value: AttributeValue): AttributeValue | undefined {
  const gone = members(value);
  const left = members(existing).filter((member) => !gone.includes(member));
  return left.length === 0 ? undefined : setLike(existing, left);
}

function members(value: AttributeValue): readonly string[] {
  const found = setMembers(value);
  if (found === undefined) throw wrongOperandType();
  return found;
}

function setLike(model: AttributeValue, content: string[]): AttributeValue {
  if ('SS' in model) return { SS: content };
  return 'NS' in model ? { NS: content } : { BS: content };
}

function setAt(item: Item, path: Path, value: AttributeValue): void {
  const { parent, last } = parentOf(item, path);
  if (typeof last === 'number') {
    if (parent === undefined || !('L' in parent)) throw invalidPath();
    // A place beyond the end means the end.
    parent.L[Math.min(last, parent.L.length)] = value;
    return;
  }
  if (parent === undefined || !('M' in parent)) throw invalidPath();
  parent.M[last] = value;
}

function removeAt(item: Item, path: Path): void {
  const { parent, last } = parentOf(item, path);
  if (typeof last === 'number') {
    if (parent === undefined || !('L' in parent)) throw invalidPath();
    parent.L.splice(last, 1);
    return;
  }
  if (parent === undefined || !('M' in parent)) throw invalidPath();
  delete parent.M[last];
}

function parentOf(item: Item, path: Path): { parent: AttributeValue | undefined; last: string | number } {
  const last = path.at(-1);
  if (last === undefined) throw invalidPath();
  return { parent: path.length === 1 ? { M: item } : valueAt(item, path.slice(0, -1)), last };
}

function byPlace(left: Assignment, right: Assignment): number {
  return comparePlaces(left.path, right.path);
}

/** Orders paths by their steps, so that appends keep their order and removals can go from the end of a list. */
function comparePlaces(left: Path, right: Path): number {
  const differs = left.findIndex((step, index) => step !== right[index]);
  const a = left[differs];
  const b = right[differs];
  if (a === undefined || b === undefined) return left.length - right.length;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a) < String(b) ? -1 : 1;
}

function invalidPath() {
  return validationError('The document path provided in the update expression is invalid for update');
}

function wrongOperandType() {
  return validationError('An operand in the update expression has an incorrect data type');
}
