import type { DefinitionBodies } from '@laurel/contract/definitions/kinds';
import type { IdKind } from '@laurel/contract/shared/ids';
import type { Fault } from '../domain/index.ts';
import type { Definition, DefinitionKind, DefinitionKinds } from '../store/definition-items.ts';
import type { Rulebook } from '../store/definitions.ts';
import type { CallContext } from './call.ts';
import type { StatedCondition } from './conditions.ts';

/** The fields of a definition that the platform sets. */
const managedFields = [
  'id',
  'status',
  'version',
  'revision',
  'draft',
  'createdAt',
  'updatedAt',
  'author',
  'publishedAt',
  'running',
  'ruleset',
] as const satisfies readonly (keyof Definition)[];

/** What the platform itself says of a definition. */
export type Managed = Pick<Definition, (typeof managedFields)[number]>;

/** Whether a field of a definition is the platform's to set. */
export function isManaged(field: string): boolean {
  return managedFields.some((managed) => managed === field);
}

/** An id that a definition names, and where. */
export interface Reference {
  readonly pointer: string;
  readonly kind: DefinitionKind;
  readonly id: string;
}

/** What is particular to one kind of definition. */
export interface DefinitionType<K extends DefinitionKind> {
  readonly kind: K;
  readonly idKind: IdKind;
  /** The definition that a body describes: the body, and over it what the platform says. */
  readonly build: (body: DefinitionBodies[K], managed: Managed) => DefinitionKinds[K];
  /** What a definition refers to; all of it must be at work once the definition is. */
  readonly references: (definition: DefinitionKinds[K]) => readonly Reference[];
  /** The conditions that it states; they must make sense once it is at work. */
  readonly conditions?: (definition: DefinitionKinds[K], rulebook: Rulebook) => readonly StatedCondition[];
  /** What is wrong with it by itself, and as the next version of what was published before. */
  readonly faults?: (definition: DefinitionKinds[K], before: DefinitionKinds[K] | undefined) => readonly Fault[];
  /** Refuses what is not allowed wherever it is saved, drafts and old versions included; it may ask the outside. */
  readonly assertAllowed?: (call: CallContext, definition: DefinitionKinds[K], pointer: string) => Promise<void>;
  /** How many may be at work in a workspace; any number where it is missing. */
  readonly most?: number;
  /** A body of a document with what each environment has of its own, as it is here already. */
  readonly asHere?: (body: DefinitionBodies[K], here: DefinitionKinds[K]) => DefinitionBodies[K];
}

/** What is particular to each kind. */
export type DefinitionTypes = { readonly [K in DefinitionKind]: DefinitionType<K> };
