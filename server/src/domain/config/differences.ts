/** A place at which two values differ; what is missing on one side is missing here. */
export interface Difference {
  /** A JSON pointer (RFC 6901). */
  readonly pointer: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** The parts of an object or a list by their names; no name is special, whatever it is. */
function partsOf(value: object): ReadonlyMap<string, unknown> {
  return new Map(Object.entries(value).filter(([, part]) => part !== undefined));
}

function escaped(step: string): string {
  return step.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** The order of steps: by number in lists, by text elsewhere. */
function compareSteps(a: string, b: string): number {
  const [first, second] = [Number(a), Number(b)];
  if (Number.isInteger(first) && Number.isInteger(second)) return first - second;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Where two JSON values differ, at the smallest places, in one order. Equal values differ nowhere. */
export function differencesOf(before: unknown, after: unknown, pointer = ''): Difference[] {
  if (before === after) return [];
  if (!isObject(before) || !isObject(after) || Array.isArray(before) !== Array.isArray(after)) {
    return [{ pointer, before, after }];
  }
  const [old, next] = [partsOf(before), partsOf(after)];
  const steps = [...new Set([...old.keys(), ...next.keys()])].sort(compareSteps);
  return steps.flatMap((step): Difference[] => {
    const place = `${pointer}/${escaped(step)}`;
    if (!next.has(step)) return [{ pointer: place, before: old.get(step) }];
    if (!old.has(step)) return [{ pointer: place, after: next.get(step) }];
    return differencesOf(old.get(step), next.get(step), place);
  });
}

/** A JSON value with the fields of its objects in the order of their names, at every depth. */
export function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (!isObject(value)) return value;
  const entries = [...partsOf(value)].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, part]) => [key, canonical(part)]));
}
