import { idPrefixes } from '../src/shared/ids.ts';
import { answersOf, bodyOf, type DeclaredRoute } from './declared-route.ts';

/** Example ids by the kind of thing: the `mission` of the examples is `weekly-five`, in every example. */
export type IdExamples = Readonly<Record<string, string>>;

const ULID = '01JD8QZ4M3V5K7R9T1X3Z5B7D9';

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** What a route creates, and the id that its example gives it; nothing where it is another kind of route. */
function createdBy(placed: DeclaredRoute): [string, string][] {
  const kind = answersOf(placed)
    .find(({ status }) => status === 201)
    ?.schema?.meta()
    ?.id?.replace(/WithSecret$/, '');
  const example = bodyOf(placed)?.meta()?.example;
  if (kind === undefined || typeof example !== 'object' || example === null || !('id' in example)) return [];
  return typeof example.id === 'string' ? [[lowerFirst(kind), example.id]] : [];
}

/** The example ids of a contract: what things are created with where that is known, else such as Laurel makes. */
export function idExamplesOf(routes: readonly DeclaredRoute[]): IdExamples {
  const made = Object.entries(idPrefixes).map(([kind, prefix]): [string, string] => [kind, `${prefix}_${ULID}`]);
  return Object.fromEntries([...made, ...routes.flatMap(createdBy)]);
}

/** The example id for a field: of the thing that `mission` or `userId` names, or, of `id`, the thing around it. */
export function idExample(ids: IdExamples, owner: string, field: string): string | undefined {
  return ids[field === 'id' ? lowerFirst(owner.replace(/^Player/, '')) : field.replace(/Id$/, '')];
}

/** The kind of thing that a resource holds many of: `currency` of `currencies`. */
export function kindOf(ids: IdExamples, resource: string): string | undefined {
  return Object.keys(ids).find((kind) => resource.startsWith(kind.replace(/y$/, '')));
}
