import type { ConfigDocument, ConfigPart } from '@laurel/contract/config/schema';
import { type DefinitionBodies, definitionParser } from '@laurel/contract/definitions/kinds';
import type { Running } from '@laurel/contract/definitions/schema';
import { type Difference, differencesOf } from '../domain/config/differences.ts';
import {
  type Definition,
  type DefinitionKind,
  type DefinitionKinds,
  kindNames,
  type Placed,
} from '../store/definition-items.ts';
import type { DefinitionLists, Rulebook } from '../store/definitions.ts';
import type { CallContext } from './call.ts';
import { checkForm, type Judge } from './definition-checks.ts';
import { type DefinitionTypes, isManaged } from './definition-type.ts';
import { publishedFields } from './definitions.ts';
import { fieldErrors } from './failure.ts';
import { invalidField, ProblemError } from './problem.ts';
import { runningFor } from './running.ts';

/** What a document means for one definition, and how to bring it about. */
export interface PlannedChange {
  readonly kind: DefinitionKind;
  readonly id: string;
  readonly action: 'create' | 'update' | 'archive' | 'unchanged';
  readonly differences: readonly Difference[];
  /** The definition as it becomes; nothing where it stays. */
  readonly placed: Placed | undefined;
  /** Refuses the change by itself, where the rulebook that all changes make would not be sound by it. */
  readonly sound: (judge: Judge) => void;
  /** Refuses it for what it does to others. */
  readonly harmless: (judge: Judge) => void;
  /** Refuses it where the world outside does not allow it. */
  readonly assertAllowed: () => Promise<void>;
}

/** How a document is read. */
export interface Reading {
  readonly document: ConfigDocument;
  /** The parts that count; all where it is missing. */
  readonly parts?: readonly ConfigPart[] | undefined;
  /** Whether webhooks that are here keep their URLs. */
  readonly keepUrls?: boolean | undefined;
  /** What becomes of the running progress of what changes. */
  readonly running: Running;
}

/** Whether a part of a document counts. */
export function counts({ parts }: Pick<Reading, 'parts'>, part: ConfigPart): boolean {
  return parts === undefined || parts.includes(part);
}

/** A definition that a document holds, and where. */
interface Item<K extends DefinitionKind> {
  readonly id: string;
  readonly body: DefinitionBodies[K];
  readonly pointer: string;
}

/** What a definition says by itself: what it could be created from in another workspace. */
export function contentOf(kind: DefinitionKind, definition: Definition): object {
  const own = Object.entries(definition).filter(([field]) => field === 'id' || !isManaged(field));
  const content = Object.fromEntries(own);
  // Fields that came to the contract since it was saved have their defaults, as they do in a document.
  const parsed = definitionParser(kind).safeParse(content);
  return parsed.success ? parsed.data : content;
}

function pointerTo(kind: DefinitionKind, index?: number): string {
  return `/document/definitions/${kind}${index === undefined ? '' : `/${index}`}`;
}

/** Reads what a document holds of a kind, by the schema that definitions are created by. */
function itemsOf<K extends DefinitionKind>(kind: K, given: readonly unknown[]): Item<K>[] {
  const taken = new Set<string>();
  return given.map((raw, index) => {
    const pointer = pointerTo(kind, index);
    const parsed = definitionParser(kind).safeParse(raw);
    if (!parsed.success) {
      const errors = fieldErrors(pointer, parsed.error);
      throw new ProblemError('invalid_request', errors[0] && `${errors[0].pointer}: ${errors[0].message}`, { errors });
    }
    const { id, draft } = parsed.data;
    if (id === undefined) throw invalidField(`${pointer}/id`, 'A document names its definitions by id.');
    if (draft !== undefined) throw invalidField(`${pointer}/draft`, 'A document holds no drafts.');
    if (taken.has(id)) throw invalidField(`${pointer}/id`, 'There is another one with this id.');
    taken.add(id);
    return { id, body: parsed.data, pointer };
  });
}

const ignored = (): void => undefined;
const allowed = async (): Promise<void> => undefined;

/** The definitions of a kind against those of a document. */
function planOf<K extends DefinitionKind>(
  call: CallContext,
  types: DefinitionTypes,
  rulebook: Rulebook,
  kind: K,
  given: readonly unknown[],
  { keepUrls = false, running }: Reading,
): PlannedChange[] {
  const lists: DefinitionLists = rulebook.definitions;
  const all: readonly DefinitionKinds[K][] = lists[kind];
  const known = new Map(all.map((definition) => [definition.id, definition]));
  const items = itemsOf(kind, given);

  const type = types[kind];
  const saved = ({ id, body: given, pointer }: Item<K>): PlannedChange => {
    const found = known.get(id);
    const body = keepUrls && found !== undefined && type.asHere !== undefined ? type.asHere(given, found) : given;
    // What is new has no progress that could be running.
    const what = found === undefined ? 'keep' : runningFor(kind, running);
    const wanted = { running: what, status: 'published', draft: 'waits' } as const;
    const definition = type.build(body, publishedFields(call, id, found, rulebook, wanted));
    const differences = found === undefined ? [] : changesOf(kind, found, definition);
    if (found !== undefined && differences.length === 0) {
      const nothing = { placed: undefined, sound: ignored, harmless: ignored, assertAllowed: allowed };
      return { kind, id, action: 'unchanged', differences, ...nothing };
    }
    return {
      kind,
      id,
      action: found === undefined ? 'create' : 'update',
      differences,
      placed: { kind, definition },
      sound: (judge) => {
        checkForm(types, kind, definition, found, pointer);
        judge.sound(kind, definition, pointer);
      },
      harmless: (judge) => judge.harmless({ kind, id, pointer }),
      assertAllowed: async () => type.assertAllowed?.(call, definition, pointer),
    };
  };

  const archived = (found: DefinitionKinds[K]): PlannedChange => {
    const coming = { status: 'archived', running: 'keep', draft: 'waits' } as const;
    const definition = { ...found, ...publishedFields(call, found.id, found, rulebook, coming) };
    const spoken = { kind, id: found.id, pointer: pointerTo(kind) };
    return {
      kind,
      id: found.id,
      action: 'archive',
      differences: [],
      placed: { kind, definition },
      sound: ignored,
      harmless: (judge) => judge.unused(spoken),
      assertAllowed: allowed,
    };
  };

  const listed = new Set(items.map(({ id }) => id));
  const gone = all.filter(({ id, status }) => status === 'published' && !listed.has(id));
  return [...items.map(saved), ...gone.map(archived)].toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** In what a definition would differ from what is there: in what it says, and in being at work at all. */
function changesOf(kind: DefinitionKind, found: Definition, next: Definition): Difference[] {
  const status = found.status === next.status ? [] : [{ pointer: '/status', before: found.status, after: next.status }];
  return [...status, ...differencesOf(contentOf(kind, found), contentOf(kind, next))];
}

/**
 * What a document means for a workspace, kind by kind, each by id. Kinds that it leaves out are left alone. Whether all
 * of it fits together is judged afterwards.
 */
export function planFor(
  call: CallContext,
  types: DefinitionTypes,
  rulebook: Rulebook,
  reading: Reading,
): PlannedChange[] {
  const given = new Map(Object.entries(reading.document.definitions));
  return kindNames.flatMap((kind) => {
    const items = counts(reading, kind) ? given.get(kind) : undefined;
    return items === undefined ? [] : planOf(call, types, rulebook, kind, items, reading);
  });
}
