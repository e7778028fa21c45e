import type { FieldError } from '@laurel/contract';
import { shapeOf } from '../expressions/index.ts';
import {
  type DefinitionKind,
  type DefinitionKinds,
  kindLabel,
  kindNames,
  type Placed,
} from '../store/definition-items.ts';
import { type DefinitionLists, type Rulebook, rulebookOf } from '../store/definitions.ts';
import { checkConditions } from './conditions.ts';
import type { DefinitionTypes, Reference } from './definition-type.ts';
import { ProblemError, unknownReference } from './problem.ts';

/** A rulebook as it would be with some definitions in place of what they are now. */
export function supposed(rulebook: Rulebook, changes: readonly Placed[]): Rulebook {
  const { missionVersions, ...lists } = rulebook.definitions;
  const changed = Map.groupBy(changes, ({ kind }) => kind);
  const merged = <D extends { readonly id: string }>(list: readonly D[], over: readonly D[]): D[] => [
    ...new Map([...list, ...over].map((one) => [one.id, one])).values(),
  ];
  const over = (kind: DefinitionKind) => (changed.get(kind) ?? []).map(({ definition }) => definition);
  const next = Object.fromEntries(
    kindNames.map((kind) => [kind, merged<{ readonly id: string }>(lists[kind], over(kind))]),
  );
  return rulebookOf(rulebook.version, { ...lists, ...next, missionVersions });
}

function isAtWork(rulebook: Rulebook, { kind, id }: Pick<Reference, 'kind' | 'id'>): boolean {
  return rulebook.definitions[kind].some((one) => one.id === id && one.status === 'published');
}

/** Refuses what a definition names that is not at work, and conditions of its own that make no sense there. */
export function checkStrictly<K extends DefinitionKind>(
  types: DefinitionTypes,
  kind: K,
  definition: DefinitionKinds[K],
  rulebook: Rulebook,
  base = '',
): void {
  const type = types[kind];
  const missing = type.references(definition).find((reference) => !isAtWork(rulebook, reference));
  if (missing !== undefined) throw unknownReference(`${base}${missing.pointer}`, kindLabel(missing.kind));
  const stated = type.conditions?.(definition, rulebook) ?? [];
  checkConditions(stated.map((condition) => ({ ...condition, pointer: `${base}${condition.pointer}` })));
}

/** Refuses conditions of a draft that are no expressions at all. What it refers to is asked when it is published. */
export function checkLoosely<K extends DefinitionKind>(
  types: DefinitionTypes,
  kind: K,
  definition: DefinitionKinds[K],
  rulebook: Rulebook,
): void {
  const stated = types[kind].conditions?.(definition, rulebook) ?? [];
  checkConditions(stated.map((condition) => ({ ...condition, shape: shapeOf(undefined) })));
}

/** Those at work that refer to a definition, each with its kind. */
function referrersOf(
  types: DefinitionTypes,
  rulebook: Rulebook,
  target: Pick<Reference, 'kind' | 'id'>,
): { readonly kind: DefinitionKind; readonly id: string; readonly check: (within: Rulebook) => void }[] {
  const among = <K extends DefinitionKind>(kind: K) => {
    const lists: DefinitionLists = rulebook.definitions;
    const all: readonly DefinitionKinds[K][] = lists[kind];
    return all
      .filter((one) => one.status === 'published' && !(kind === target.kind && one.id === target.id))
      .filter((one) =>
        types[kind].references(one).some((reference) => reference.kind === target.kind && reference.id === target.id),
      )
      .map((one) => ({
        kind,
        id: one.id,
        check: (within: Rulebook) => {
          const stated = types[kind].conditions?.(one, within) ?? [];
          const owner = `${kindLabel(kind)} ${one.id}`;
          checkConditions(stated.map((condition) => ({ ...condition, pointer: '/attributes', owner })));
        },
      }));
  };
  return kindNames.flatMap((kind) => among(kind));
}

/** Refuses a change of a definition under which conditions of others, at work, would make no sense any more. */
export function checkReferrers(
  types: DefinitionTypes,
  target: Pick<Reference, 'kind' | 'id'>,
  rulebook: Rulebook,
): void {
  for (const { check } of referrersOf(types, rulebook, target)) check(rulebook);
}

/** How many of those in the way are named. */
const MOST_NAMED = 20;

/** Refuses to take a definition out of play while others that are at work refer to it. */
export function checkUnused(
  types: DefinitionTypes,
  target: Pick<Reference, 'kind' | 'id'>,
  rulebook: Rulebook,
  pointer = '',
): void {
  const referrers = referrersOf(types, rulebook, target).map(({ kind, id }) => `${kindLabel(kind)} ${id}`);
  if (referrers.length === 0) return;
  const named = referrers.slice(0, MOST_NAMED);
  const errors = named.map((name): FieldError => ({ pointer, code: 'in_use', message: `${name} refers to it` }));
  const more = referrers.length > named.length ? ` and ${referrers.length - named.length} more` : '';
  throw new ProblemError('in_use', `Still referred to by: ${named.join(', ')}${more}.`, { errors });
}
