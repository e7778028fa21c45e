import {
  type DefinitionItems,
  type DefinitionKindName,
  definitionKindNames,
  definitionKinds,
} from '@laurel/contract/definitions/kinds';
import { putNew, putVersion, type Write } from './commit.ts';
import { afterOf, filteredListing, type Listing, listing, type Reach, sortKeyOf } from './listing.ts';
import { type Key, keyOf, type Scope, sortableNumber, sortPrefix } from './scope.ts';
import { getItem, getItems, type Item, queryItems, recordOf, type Table, type TransactItem } from './table.ts';

/** The kinds of definition, by the name of their resource, and what each one is: the contract's table of kinds. */
export type DefinitionKinds = DefinitionItems;
export type DefinitionKind = DefinitionKindName;

/** Every kind, in the order of the contract's table. */
export const kindNames: readonly DefinitionKind[] = definitionKindNames;

/** What people call one of a kind: `reward rule`. */
export function kindLabel(kind: DefinitionKind): string {
  return definitionKinds[kind].one;
}

/** What people call many of a kind: `reward rules`. */
export function kindsLabel(kind: DefinitionKind): string {
  return definitionKinds[kind].many;
}

/** Any definition. */
export type Definition = DefinitionKinds[DefinitionKind];

/** A definition of any kind, with its kind. */
export interface Placed<D extends Definition = Definition> {
  readonly kind: DefinitionKind;
  readonly definition: D;
}

function headKey(scope: Scope, kind: DefinitionKind, id: string): Key {
  return keyOf(scope, ['DEFINITIONS', kind], ['HEAD', id]);
}

function draftKey(scope: Scope, kind: DefinitionKind, id: string): Key {
  return keyOf(scope, ['DEFINITIONS', kind], ['DRAFT', id]);
}

function versionKey(scope: Scope, kind: DefinitionKind, id: string, version: number): Key {
  return keyOf(scope, ['DEFINITIONS', kind], ['VERSION', id, sortableNumber(version)]);
}

async function read<K extends DefinitionKind>(table: Table, key: Key): Promise<DefinitionKinds[K] | undefined> {
  const item = await getItem(table, key);
  return item && recordOf<DefinitionKinds[K]>(item);
}

/** Reads a definition as it is at work, or as a draft where it was never published. */
export function getDefinition<K extends DefinitionKind>(
  table: Table,
  scope: Scope,
  kind: K,
  id: string,
): Promise<DefinitionKinds[K] | undefined> {
  return read<K>(table, headKey(scope, kind, id));
}

/** Reads the draft of the next version of a definition that was published. */
export function getDraft<K extends DefinitionKind>(
  table: Table,
  scope: Scope,
  kind: K,
  id: string,
): Promise<DefinitionKinds[K] | undefined> {
  return read<K>(table, draftKey(scope, kind, id));
}

/** Reads a version of a definition as it was published. */
export function getVersion<K extends DefinitionKind>(
  table: Table,
  scope: Scope,
  kind: K,
  id: string,
  version: number,
): Promise<DefinitionKinds[K] | undefined> {
  return read<K>(table, versionKey(scope, kind, id, version));
}

/** Reads some definitions as they are, by kind and id as `placeOf` names them. */
export async function getDefinitions(
  table: Table,
  scope: Scope,
  places: readonly { readonly kind: DefinitionKind; readonly id: string }[],
): Promise<ReadonlyMap<string, Definition>> {
  const byKey = new Map(
    places.map(({ kind, id }) => {
      const key = headKey(scope, kind, id);
      return [`${key.pk} ${key.sk}`, placeOf(kind, id)] as const;
    }),
  );
  const items = await getItems(
    table,
    places.map(({ kind, id }) => headKey(scope, kind, id)),
  );
  return new Map(items.map((item) => [byKey.get(`${item.pk} ${item.sk}`) ?? '', recordOf<Definition>(item)] as const));
}

/** The name of a definition among all kinds: `missions/weekly`. */
export function placeOf(kind: DefinitionKind, id: string): string {
  return `${kind}/${id}`;
}

/** Lists the definitions of a kind, by id. */
export function listDefinitions<K extends DefinitionKind>(
  table: Table,
  scope: Scope,
  kind: K,
  reach: Reach,
  keep: (definition: DefinitionKinds[K]) => boolean,
): Promise<Listing<DefinitionKinds[K]>> {
  const { pk } = headKey(scope, kind, 'x');
  const prefix = sortPrefix(['HEAD']);
  const readOn = (limit: number, after: string | undefined) =>
    queryItems(table, { partition: pk, prefix, limit, ...afterOf({ limit, after }) });
  return filteredListing(reach, readOn, sortKeyOf, recordOf<DefinitionKinds[K]>, keep);
}

/** Lists the versions of a definition, the newest first. */
export async function listVersions<K extends DefinitionKind>(
  table: Table,
  scope: Scope,
  kind: K,
  id: string,
  reach: Reach,
): Promise<Listing<DefinitionKinds[K]>> {
  const { pk } = headKey(scope, kind, id);
  const prefix = sortPrefix(['VERSION', id]);
  const limit = reach.limit + 1;
  const items = await queryItems(table, { partition: pk, prefix, descending: true, limit, ...afterOf(reach) });
  return listing(items, reach, sortKeyOf, recordOf<DefinitionKinds[K]>);
}

/** Reads all definitions of a kind as they are, or every version of all of them. */
export async function readAll<K extends DefinitionKind>(
  table: Table,
  scope: Scope,
  kind: K,
  part: 'HEAD' | 'VERSION',
): Promise<DefinitionKinds[K][]> {
  const { pk } = headKey(scope, kind, 'x');
  const items = await queryItems(table, { partition: pk, prefix: sortPrefix([part]) });
  return items.map(recordOf<DefinitionKinds[K]>);
}

type HeadRefusal = 'already_exists' | 'version_mismatch';

function headItem(scope: Scope, { kind, definition }: Placed): Item {
  return { ...headKey(scope, kind, definition.id), version: definition.revision, record: definition };
}

/** Saves a definition in place of the revision before it; the first must be the first. */
export function saveHead(table: Table, scope: Scope, placed: Placed): Write<HeadRefusal> {
  const { revision } = placed.definition;
  const refusal = revision === 1 ? 'already_exists' : 'version_mismatch';
  return { item: putVersion(table, headItem(scope, placed), revision - 1), refusal };
}

/** Saves a definition that came to work by its last change, and the version that it is from now on, for ever. */
export function savePublished(table: Table, scope: Scope, placed: Placed): Write<HeadRefusal>[] {
  const { kind, definition } = placed;
  const key = versionKey(scope, kind, definition.id, definition.version);
  return [
    saveHead(table, scope, placed),
    { item: putNew(table, { ...key, record: { ...definition, draft: false } }), refusal: 'version_mismatch' },
  ];
}

/** Saves the draft of the next version. It goes with a new revision of the definition, which guards it. */
export function saveDraft(table: Table, scope: Scope, { kind, definition }: Placed): Write<never> {
  const item = { ...draftKey(scope, kind, definition.id), record: definition };
  return { item: { Put: { TableName: table.name, Item: item } } };
}

function remove(table: Table, { pk, sk }: Key): NonNullable<TransactItem['Delete']> {
  return { TableName: table.name, Key: { pk, sk } };
}

/** Removes the draft of the next version. It goes with a new revision of the definition, which guards it. */
export function removeDraft(table: Table, scope: Scope, kind: DefinitionKind, id: string): Write<never> {
  return { item: { Delete: remove(table, draftKey(scope, kind, id)) } };
}

/** Removes a definition that was never published, as long as it is the revision that was read. */
export function removeHead(table: Table, scope: Scope, { kind, definition }: Placed): Write<'version_mismatch'> {
  const Delete = {
    ...remove(table, headKey(scope, kind, definition.id)),
    ConditionExpression: '#version = :version',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':version': definition.revision },
  };
  return { item: { Delete }, refusal: 'version_mismatch' };
}
