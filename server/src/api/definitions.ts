import type { IdKind } from '@laurel/contract/shared/ids';
import {
  type Definition,
  type DefinitionKind,
  type DefinitionKinds,
  getDefinition,
  listDefinitions,
  type Rulebook,
  saveDefinition,
} from '../store/definitions.ts';
import type { Answer, CallContext } from './call.ts';
import { authorOf, pageOf, reachOf } from './call.ts';
import { checkConditions, type StatedCondition } from './conditions.ts';
import { notFound, ProblemError, unknownReference } from './problem.ts';

/** What the platform itself says of a definition. */
export type Managed = Pick<Definition, 'id' | 'status' | 'version' | 'createdAt' | 'updatedAt' | 'author'>;

/** An id that a definition names, and where. */
export interface Reference {
  readonly pointer: string;
  readonly kind: 'activities' | 'currencies' | 'missions' | 'streaks';
  readonly id: string;
}

/** What is particular to one kind of definition. */
export interface DefinitionType<K extends DefinitionKind, Body> {
  readonly kind: K;
  readonly idKind: IdKind;
  /** The definition that a body describes. */
  readonly build: (body: Body, managed: Managed) => DefinitionKinds[K];
  /** What the body refers to; all of it must exist. */
  readonly references: (body: Body) => readonly Reference[];
  /** The conditions that must make sense once the body is saved. */
  readonly conditions?: (body: Body, rulebook: Rulebook, id: string) => readonly StatedCondition[];
}

type Single = CallContext & { readonly params: { readonly id: string } };
type ListCall = CallContext & {
  readonly query: {
    readonly limit: number;
    readonly cursor?: string | undefined;
    readonly status?: Definition['status'] | undefined;
  };
};

const referenceNames = {
  activities: 'activity',
  currencies: 'currency',
  missions: 'mission',
  streaks: 'streak',
} as const;

function exists(rulebook: Rulebook, { kind, id }: Reference): boolean {
  return rulebook.definitions[kind].some((definition) => definition.id === id);
}

function checkReferences(rulebook: Rulebook, references: readonly Reference[]): void {
  const missing = references.find((reference) => !exists(rulebook, reference));
  if (missing !== undefined) throw unknownReference(missing.pointer, referenceNames[missing.kind]);
}

/** The handlers of one kind of definition. */
export function definitionHandlers<K extends DefinitionKind, Body extends object>(type: DefinitionType<K, Body>) {
  const { kind } = type;

  const check = async (call: CallContext, body: Body, id: string): Promise<void> => {
    const rulebook = await call.platform.rulebooks(call.scope);
    checkReferences(rulebook, type.references(body));
    checkConditions(type.conditions?.(body, rulebook, id) ?? []);
  };

  const read = async (call: Single): Promise<DefinitionKinds[K]> => {
    const found = await getDefinition(call.platform.table, call.scope, kind, call.params.id);
    if (found === undefined) throw notFound();
    return found;
  };

  const next = (call: CallContext, found: Definition, status: Definition['status']): Managed => ({
    id: found.id,
    status,
    version: found.version + 1,
    createdAt: found.createdAt,
    updatedAt: call.now,
    author: authorOf(call),
  });

  const saved = (call: CallContext, definition: DefinitionKinds[K]): Answer<DefinitionKinds[K]> => ({
    body: definition,
    writes: saveDefinition(call.platform.table, call.scope, kind, definition),
  });

  return {
    async list(call: ListCall) {
      const { status } = call.query;
      const filters = { status };
      const keep = (definition: Definition) => status === undefined || definition.status === status;
      const found = await listDefinitions(call.platform.table, call.scope, kind, reachOf(call, filters), keep);
      return { body: pageOf(call, filters, found, (definition) => definition) };
    },

    async create(call: CallContext & { readonly body: Body & { readonly id?: string | undefined } }) {
      const { id = call.platform.newId(type.idKind), ...body } = call.body;
      await check(call, call.body, id);
      const created = { createdAt: call.now, updatedAt: call.now, author: authorOf(call) };
      return saved(call, type.build({ ...call.body, ...body }, { id, status: 'published', version: 1, ...created }));
    },

    async get(call: Single) {
      return { body: await read(call) };
    },

    async update(call: Single & { readonly body: Body }) {
      const found = await read(call);
      if (call.ifMatch !== found.version) throw new ProblemError('version_mismatch');
      await check(call, call.body, found.id);
      return saved(call, type.build(call.body, next(call, found, found.status)));
    },

    async archive(call: Single): Promise<Answer<DefinitionKinds[K]>> {
      const found = await read(call);
      if (found.status === 'archived') return { body: found };
      return saved(call, { ...found, ...next(call, found, 'archived') });
    },
  };
}
