import { type AttributeValue, attribute, type Item } from './attribute-value.ts';
import type { Path } from './expression-tree.ts';

/** The value at a document path, or undefined where the path leads nowhere. */
export function valueAt(item: Item, path: Path): AttributeValue | undefined {
  let value: AttributeValue | undefined = { M: item };
  for (const step of path) {
    if (value === undefined) return undefined;
    value = child(value, step);
  }
  return value;
}

function child(value: AttributeValue, step: string | number): AttributeValue | undefined {
  if (typeof step === 'number') return 'L' in value ? value.L[step] : undefined;
  return 'M' in value ? attribute(value.M, step) : undefined;
}

/** A tree of the paths asked for: an empty node means everything below. */
interface Wanted {
  readonly steps: Map<string | number, Wanted>;
}

/**
 * Only the parts of an item that the paths name, at their places; list elements move together, as in the service.
 */
export function project(item: Item, paths: readonly Path[]): Item {
  const root: Wanted = { steps: new Map() };
  for (const path of paths) want(root, path);
  const picked = pickMap(item, root);
  return picked;
}

function want(root: Wanted, path: Path): void {
  let node = root;
  for (const step of path) {
    const next = node.steps.get(step) ?? { steps: new Map() };
    node.steps.set(step, next);
    node = next;
  }
}

function pickMap(map: Item, wanted: Wanted): Item {
  const picked: Item = {};
  for (const [step, below] of wanted.steps) {
    const found = typeof step === 'string' ? attribute(map, step) : undefined;
    const value = found === undefined ? undefined : pick(found, below);
    if (value !== undefined) picked[step] = value;
  }
  return picked;
}

function pick(value: AttributeValue, wanted: Wanted): AttributeValue | undefined {
  if (wanted.steps.size === 0) return value;
  if ('M' in value) {
    const map = pickMap(value.M, wanted);
    return Object.keys(map).length === 0 ? undefined : { M: map };
  }
  if (!('L' in value)) return undefined;
  const list = pickList(value.L, wanted);
  return list.length === 0 ? undefined : { L: list };
}

function pickList(list: readonly AttributeValue[], wanted: Wanted): AttributeValue[] {
  const places = [...wanted.steps].flatMap(([step, below]) => (typeof step === 'number' ? [{ step, below }] : []));
  places.sort((left, right) => left.step - right.step);
  return places.flatMap(({ step, below }) => {
    const element = list[step];
    const value = element === undefined ? undefined : pick(element, below);
    return value === undefined ? [] : [value];
  });
}
