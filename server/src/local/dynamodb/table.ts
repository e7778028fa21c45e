import type { KeyType } from './key-encoding.ts';
import type { AttributeDefinition, KeySchemaElement, Projection, StreamViewType, Throughput } from './requests.ts';

export interface IndexDefinition {
  readonly id: number;
  readonly name: string;
  readonly local: boolean;
  readonly keySchema: readonly KeySchemaElement[];
  readonly projection: Projection;
  readonly throughput: Throughput | undefined;
}

/** All there is to know of a table, as it is kept in the database. */
export interface TableDefinition {
  readonly name: string;
  readonly uuid: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly attributes: readonly AttributeDefinition[];
  readonly keySchema: readonly KeySchemaElement[];
  readonly billingMode: 'PROVISIONED' | 'PAY_PER_REQUEST';
  readonly throughput: Throughput;
  readonly indexes: readonly IndexDefinition[];
  /** How many indexes the table ever had: an index id is never used twice. */
  readonly indexesMade: number;
  readonly deletionProtection: boolean;
  readonly stream?: { readonly arn: string; readonly label: string; readonly view: StreamViewType };
  readonly ttlAttribute?: string;
}

export interface KeyAttribute {
  readonly name: string;
  readonly type: KeyType;
}

export interface KeyDefinition {
  readonly hash: KeyAttribute;
  readonly range: KeyAttribute | undefined;
}

export interface SecondaryIndex {
  readonly id: number;
  readonly name: string;
  readonly local: boolean;
  readonly key: KeyDefinition;
  /** The names of the attributes in the index, or undefined for all. */
  readonly projected: ReadonlySet<string> | undefined;
}

/** A table made ready for use. */
export interface Table {
  readonly id: number;
  readonly name: string;
  readonly key: KeyDefinition;
  readonly indexes: readonly SecondaryIndex[];
  readonly definition: TableDefinition;
}

export function tableOf(id: number, definition: TableDefinition): Table {
  const key = keyOf(definition.keySchema, definition.attributes);
  const indexes = definition.indexes.map((index) => indexOf(index, definition, key));
  return { id, name: definition.name, key, indexes, definition };
}

function indexOf(index: IndexDefinition, definition: TableDefinition, tableKey: KeyDefinition): SecondaryIndex {
  const key = keyOf(index.keySchema, definition.attributes);
  const names = [...keyNames(tableKey), ...keyNames(key), ...(index.projection.NonKeyAttributes ?? [])];
  const projected = index.projection.ProjectionType === 'ALL' ? undefined : new Set(names);
  return { id: index.id, name: index.name, local: index.local, key, projected };
}

function keyOf(schema: readonly KeySchemaElement[], attributes: readonly AttributeDefinition[]): KeyDefinition {
  const [hash, range] = schema.map(({ AttributeName: name }) => {
    const type = attributes.find((attribute) => attribute.AttributeName === name)?.AttributeType;
    if (type === undefined) throw new Error(`The key attribute ${name} has no definition.`);
    return { name, type };
  });
  if (hash === undefined) throw new Error('A key schema has no attribute.');
  return { hash, range };
}

export function keyAttributes(key: KeyDefinition): KeyAttribute[] {
  return key.range === undefined ? [key.hash] : [key.hash, key.range];
}

export function keyNames(key: KeyDefinition): string[] {
  return keyAttributes(key).map((attribute) => attribute.name);
}
