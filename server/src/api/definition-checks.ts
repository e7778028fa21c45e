import type { FieldError } from '@laurel/contract';
import {
  type DefinitionKind,
  type DefinitionKinds,
  kindLabel,
  kindNames,
  kindsLabel,
  type Placed,
  placeOf,
} from '../store/definition-items.ts';
import { type DefinitionLists, type Rulebook, rulebookOf } from '../store/definitions.ts';
import { checkConditions, invalidExpression, namedInConditions } from './conditions.ts';
import type { DefinitionTypes, Reference } from './definition-type.ts';
import { ProblemError, unknownReference } from './problem.ts';

/** A rulebook as it would be with some definitions in place of what they are now. */
export function supposed(rulebook: Rulebook, changes: readonly Placed[]): Rulebook {
  const { missionVersions, streakVersions, levelTrackVersions, ...lists } = rulebook.definitions;
  const changed = Map.groupBy(changes, ({ kind }) => kind);
  const merged = <D extends { readonly id: string }>(list: readonly D[], over: readonly D[]): D[] => [
    ...new Map([...list, ...over].map((one) => [one.id, one])).values(),
  ];
  const over = (kind: DefinitionKind) => (changed.get(kind) ?? []).map(({ definition }) => definition);
  const next = Object.fromEntries(
    kindNames.map((kind) => [kind, merged<{ readonly id: string }>(lists[kind], over(kind))]),
  );
  const versions = { missionVersions, streakVersions, levelTrackVersions };
  return rulebookOf(rulebook.version, { ...lists, ...next, ...versions }, rulebook.userAttributes);
}

/** Refuses conditions of a draft that are no expressions at all. What it refers to is asked when it is published. */
export function checkLoosely<K extends DefinitionKind>(
  types: DefinitionTypes,
  kind: K,
  definition: DefinitionKinds[K],
  rulebook: Rulebook,
): void {
  const stated = types[kind].conditions?.(definition, rulebook) ?? [];
  checkConditions(
    stated.map((condition) => ({
      ...condition,
      shape: { ...condition.shape, attributes: undefined, userAttributes: null },
    })),
  );
}

/** Refuses what a definition cannot be by itself, or as the next version of what was published before. */
export function checkForm<K extends DefinitionKind>(
  types: DefinitionTypes,
  kind: K,
  definition: DefinitionKinds[K],
  found: DefinitionKinds[K] | undefined,
  pointer = '',
): void {
  const before = found?.status === 'draft' ? undefined : found;
  const faults = types[kind].faults?.(definition, before) ?? [];
  const errors = faults.map(
    (one): FieldError => ({
      pointer: `${pointer}${one.pointer}`,
      code: 'unprocessable',
      message: one.message,
    }),
  );
  const [first] = errors;
  if (first !== undefined) throw new ProblemError('unprocessable', `${first.pointer}: ${first.message}`, { errors });
}

/** One that is at work and refers to another. */
interface Referrer {
  /** What people call it: `mission weekly`. */
  readonly label: string;
  /** Refuses conditions of it that make no sense any more, and points at what took their sense away. */
  readonly check: (pointer: string) => void;
}

/** Who refers to whom, among what is at work. */
function referrersIn(types: DefinitionTypes, rulebook: Rulebook): ReadonlyMap<string, readonly Referrer[]> {
  const referrers = new Map<string, Referrer[]>();
  const add = <K extends DefinitionKind>(kind: K): void => {
    const lists: DefinitionLists = rulebook.definitions;
    const all: readonly DefinitionKinds[K][] = lists[kind];
    for (const one of all.filter(({ status }) => status === 'published')) {
      const label = `${kindLabel(kind)} ${one.id}`;
      const check = (pointer: string) => {
        const stated = types[kind].conditions?.(one, rulebook) ?? [];
        checkConditions(stated.map((condition) => ({ ...condition, pointer, owner: label })));
      };
      const counted = namedInConditions(types[kind].conditions?.(one, rulebook) ?? []);
      const named = [...types[kind].references(one), ...counted].map((other) => placeOf(other.kind, other.id));
      for (const place of new Set(named)) {
        if (place === placeOf(kind, one.id)) continue;
        const known = referrers.get(place);
        if (known === undefined) referrers.set(place, [{ label, check }]);
        else known.push({ label, check });
      }
    }
  };
  for (const kind of kindNames) add(kind);
  return referrers;
}

/** Refuses conditions of any definition of a kind, at work, that make no sense any more. */
function checkAll<K extends DefinitionKind>(
  types: DefinitionTypes,
  kind: K,
  rulebook: Rulebook,
  pointer: string,
): void {
  const lists: DefinitionLists = rulebook.definitions;
  const all: readonly DefinitionKinds[K][] = lists[kind];
  for (const one of all.filter(({ status }) => status === 'published')) {
    const stated = types[kind].conditions?.(one, rulebook) ?? [];
    const owner = `${kindLabel(kind)} ${one.id}`;
    checkConditions(stated.map((condition) => ({ ...condition, pointer, owner })));
  }
}

/** A definition by its kind and id, and where the request speaks of it. */
interface Spoken extends Pick<Reference, 'kind' | 'id'> {
  readonly pointer?: string;
}

/** How many of those in the way are named. */
const MOST_NAMED = 20;

/** Refuses more of a kind at work than there may be. */
function assertFew(kind: DefinitionKind, { definitions }: Rulebook, most = Number.POSITIVE_INFINITY): void {
  const lists: Readonly<Record<DefinitionKind, readonly { readonly status: string }[]>> = definitions;
  if (lists[kind].filter(({ status }) => status === 'published').length <= most) return;
  throw new ProblemError('unprocessable', `At most ${most} ${kindsLabel(kind)} are at work in a workspace.`);
}

/** What can be asked of a rulebook as it would be, before it is. */
export interface Judge {
  /** Refuses what a definition names that is not at work, and conditions of its own that make no sense. */
  sound<K extends DefinitionKind>(kind: K, definition: DefinitionKinds[K], pointer?: string): void;
  /** Refuses a change under which conditions of others, at work, make no sense any more. */
  harmless(changed: Spoken): void;
  /** Refuses where conditions of anything at work make no sense; `pointer` is what took their sense away. */
  allSound(pointer: string): void;
  /** Refuses to take out of play what others at work refer to. */
  unused(archived: Spoken): void;
}

/** Judges changes by the rulebook that they would make. */
export function judgeOf(types: DefinitionTypes, rulebook: Rulebook): Judge {
  const atWork = new Set(
    kindNames.flatMap((kind) =>
      rulebook.definitions[kind].flatMap(({ id, status }) => (status === 'published' ? [placeOf(kind, id)] : [])),
    ),
  );
  const referrers = referrersIn(types, rulebook);
  return {
    sound(kind, definition, pointer = '') {
      const type = types[kind];
      assertFew(kind, rulebook, type.most);
      const missing = type.references(definition).find((named) => !atWork.has(placeOf(named.kind, named.id)));
      if (missing !== undefined) throw unknownReference(`${pointer}${missing.pointer}`, kindLabel(missing.kind));
      const stated = type.conditions?.(definition, rulebook) ?? [];
      const placed = stated.map((condition) => ({ ...condition, pointer: `${pointer}${condition.pointer}` }));
      checkConditions(placed);
      const unknown = namedInConditions(placed).find((named) => !atWork.has(placeOf(named.kind, named.id)));
      if (unknown === undefined) return;
      const message = `there is no ${kindLabel(unknown.kind)} ${unknown.id}`;
      throw invalidExpression(unknown.condition, [{ message, ...unknown.place }]);
    },
    harmless({ kind, id, pointer = '' }) {
      for (const { check } of referrers.get(placeOf(kind, id)) ?? []) check(`${pointer}/attributes`);
    },
    allSound(pointer) {
      for (const kind of kindNames) checkAll(types, kind, rulebook, pointer);
    },
    unused({ kind, id, pointer = '' }) {
      const labels = (referrers.get(placeOf(kind, id)) ?? []).map(({ label }) => label);
      if (labels.length === 0) return;
      const named = labels.slice(0, MOST_NAMED);
      const errors = named.map((label): FieldError => ({ pointer, code: 'in_use', message: `${label} refers to it` }));
      const more = labels.length > named.length ? ` and ${labels.length - named.length} more` : '';
      const what = `The ${kindLabel(kind)} ${id} is still referred to by: ${named.join(', ')}${more}.`;
      throw new ProblemError('in_use', what, { errors });
    },
  };
}
