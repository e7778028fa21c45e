import { type AttributeValue, equal, type Item, setMembers, typeOf } from './attribute-value.ts';
import { valueAt } from './document-path.ts';
import type { Comparator, Condition, Operand, Path, SizeFunction } from './expression-tree.ts';
import { encodeKey } from './key-encoding.ts';

/** Whether an item satisfies a condition, a filter, or a transaction's check. An absent item is the empty one. */
export function satisfies(item: Item, condition: Condition): boolean {
  switch (condition.type) {
    case 'and':
      return condition.args.every((arg) => satisfies(item, arg));
    case 'or':
      return condition.args.some((arg) => satisfies(item, arg));
    case 'not':
      return !satisfies(item, condition.args[0]);
    case 'function':
      return holds(condition.name, ...pair(resolveAll(item, condition.args)));
    case 'in': {
      const [value, ...choices] = resolveAll(item, condition.args);
      return value !== undefined && choices.some((choice) => choice !== undefined && equal(value, choice));
    }
    case 'between': {
      const [value, low, high] = resolveAll(item, condition.args);
      return compares('>=', value, low) && compares('<=', value, high);
    }
    default:
      return compares(condition.type, ...pair(resolveAll(item, condition.args)));
  }
}

type Resolved = AttributeValue | undefined;

function pair([left, right]: readonly Resolved[]): [Resolved, Resolved] {
  return [left, right];
}

function resolveAll(item: Item, operands: readonly Operand[]): Resolved[] {
  return operands.map((operand) => resolve(item, operand));
}

function resolve(item: Item, operand: Operand): Resolved {
  if (isPath(operand)) return valueAt(item, operand);
  if (!isSize(operand)) return operand;
  const value = valueAt(item, operand.args[0]);
  const size = value === undefined ? undefined : sizeOf(value);
  return size === undefined ? undefined : { N: String(size) };
}

export function isPath<Other extends object>(operand: Path | Other): operand is Path {
  return Array.isArray(operand);
}

function isSize(operand: AttributeValue | SizeFunction): operand is SizeFunction {
  return 'type' in operand;
}

function sizeOf(value: AttributeValue): number | undefined {
  if ('S' in value) return value.S.length;
  if ('B' in value) return Buffer.byteLength(value.B, 'base64');
  if ('L' in value) return value.L.length;
  if ('M' in value) return Object.keys(value.M).length;
  return setMembers(value)?.length;
}

function compares(comparator: Comparator, left: Resolved, right: Resolved): boolean {
  if (comparator === '<>') return left === undefined || right === undefined || !equal(left, right);
  if (left === undefined || right === undefined) return false;
  if (comparator === '=') return equal(left, right);
  const order = ordering(left, right);
  if (order === undefined) return false;
  if (comparator === '<') return order < 0;
  if (comparator === '<=') return order <= 0;
  return comparator === '>' ? order > 0 : order >= 0;
}

/** Only strings, numbers and binary have an order, and only within their type. */
function ordering(left: AttributeValue, right: AttributeValue): number | undefined {
  const type = typeOf(left);
  if (type !== typeOf(right) || (type !== 'S' && type !== 'N' && type !== 'B')) return undefined;
  return Buffer.compare(encodeKey(left), encodeKey(right));
}

type FunctionName = Extract<Condition, { type: 'function' }>['name'];

function holds(name: FunctionName, value: Resolved, argument: Resolved): boolean {
  switch (name) {
    case 'attribute_exists':
      return value !== undefined;
    case 'attribute_not_exists':
      return value === undefined;
    case 'attribute_type':
      return value !== undefined && argument !== undefined && 'S' in argument && argument.S === typeOf(value);
    case 'begins_with':
      return value !== undefined && argument !== undefined && beginsWith(value, argument);
    case 'contains':
      return value !== undefined && argument !== undefined && contains(value, argument);
  }
}

function beginsWith(value: AttributeValue, prefix: AttributeValue): boolean {
  if ('S' in value && 'S' in prefix) return value.S.startsWith(prefix.S);
  if (!('B' in value && 'B' in prefix)) return false;
  const start = Buffer.from(prefix.B, 'base64');
  return Buffer.from(value.B, 'base64').subarray(0, start.length).equals(start);
}

function contains(value: AttributeValue, part: AttributeValue): boolean {
  if ('S' in value) return 'S' in part && value.S.includes(part.S);
  if ('B' in value) return 'B' in part && Buffer.from(value.B, 'base64').includes(Buffer.from(part.B, 'base64'));
  if ('L' in value) return value.L.some((element) => equal(element, part));
  const member = memberText(part);
  return member !== undefined && typeOf(value) === `${member.type}S` && (setMembers(value) ?? []).includes(member.text);
}

function memberText(value: AttributeValue): { type: string; text: string } | undefined {
  if ('S' in value) return { type: 'S', text: value.S };
  if ('N' in value) return { type: 'N', text: value.N };
  return 'B' in value ? { type: 'B', text: value.B } : undefined;
}
