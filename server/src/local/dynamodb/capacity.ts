import { attribute, equalOrBothAbsent, type Item } from './attribute-value.ts';
import { itemSize } from './item-codec.ts';
import type { ReturnConsumedCapacity } from './requests.ts';
import type { SecondaryIndex, Table } from './table.ts';

/** What an operation consumed of one table, in capacity units. */
export interface Consumption {
  readonly kind: 'read' | 'write';
  table: number;
  /** Units by index. */
  readonly indexes: Map<SecondaryIndex, number>;
}

export function consumption(kind: 'read' | 'write', table = 0): Consumption {
  return { kind, table, indexes: new Map() };
}

function totalUnits({ table, indexes }: Consumption): number {
  return [...indexes.values()].reduce((sum, units) => sum + units, table);
}

/** A write unit for each started KB, at least one. */
export function writeUnits(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / 1024));
}

/** A read unit for each started 4 KB, at least one; half of it when the read may be eventually consistent. */
export function readUnits(bytes: number, consistent: boolean): number {
  return Math.max(1, Math.ceil(bytes / 4096)) * (consistent ? 1 : 0.5);
}

/**
 * What an index costs when an item changes: nothing if it does not see the change, one write to add, change or remove
 * its entry, two (a removal and an addition) if the entry moves.
 */
export function indexWriteUnits(index: SecondaryIndex, change: IndexChange): number {
  const { before, after, moved } = change;
  if (before === undefined && after === undefined) return 0;
  if (before === undefined || after === undefined) return writeUnits(projectedSize(index, before ?? after ?? {}));
  if (moved) return writeUnits(projectedSize(index, before)) + writeUnits(projectedSize(index, after));
  if (sameProjection(index, before, after)) return 0;
  return writeUnits(Math.max(projectedSize(index, before), projectedSize(index, after)));
}

/** An item before and after a change, as far as it is in an index, and whether its key there is another. */
export interface IndexChange {
  readonly before: Item | undefined;
  readonly after: Item | undefined;
  readonly moved: boolean;
}

/** The part of an item that an index holds. */
export function projection(index: SecondaryIndex, item: Item): Item {
  const { projected } = index;
  if (projected === undefined) return item;
  return Object.fromEntries(Object.entries(item).filter(([name]) => projected.has(name)));
}

function projectedSize(index: SecondaryIndex, item: Item): number {
  return itemSize(projection(index, item));
}

function sameProjection(index: SecondaryIndex, before: Item, after: Item): boolean {
  const names = index.projected ?? new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].every((name) => equalOrBothAbsent(attribute(before, name), attribute(after, name)));
}

/** How a response reports consumption, as the request asked for it. */
export function reportCapacity(
  asked: ReturnConsumedCapacity | undefined,
  table: Table,
  consumed: Consumption,
): CapacityReport | undefined {
  if (asked === undefined || asked === 'NONE') return undefined;
  const report = { TableName: table.name, CapacityUnits: totalUnits(consumed) };
  if (asked === 'TOTAL') return report;
  return { ...report, Table: { CapacityUnits: consumed.table }, ...indexReports(consumed) };
}

/** Like {@link reportCapacity}, with the units named by kind as well, which the transactional operations do. */
export function reportTransaction(
  asked: ReturnConsumedCapacity | undefined,
  table: Table,
  consumed: Consumption,
): CapacityReport | undefined {
  const report = reportCapacity(asked, table, consumed);
  if (report === undefined) return undefined;
  const units = report.CapacityUnits;
  return { ...report, ...(consumed.kind === 'read' ? { ReadCapacityUnits: units } : { WriteCapacityUnits: units }) };
}

interface Units {
  readonly CapacityUnits: number;
}

export interface CapacityReport extends Units {
  readonly TableName: string;
  readonly ReadCapacityUnits?: number;
  readonly WriteCapacityUnits?: number;
  readonly Table?: Units;
  readonly LocalSecondaryIndexes?: Readonly<Record<string, Units>>;
  readonly GlobalSecondaryIndexes?: Readonly<Record<string, Units>>;
}

function indexReports({ indexes }: Consumption): Partial<CapacityReport> {
  const reports = (local: boolean) =>
    Object.fromEntries(
      [...indexes]
        .filter(([index]) => index.local === local)
        .map(([index, CapacityUnits]) => [index.name, { CapacityUnits }]),
    );
  const local = reports(true);
  const global = reports(false);
  return {
    ...(Object.keys(local).length > 0 && { LocalSecondaryIndexes: local }),
    ...(Object.keys(global).length > 0 && { GlobalSecondaryIndexes: global }),
  };
}

/** Sums of what was consumed since the engine was opened, by table: also of requests that failed their condition. */
export interface Meter {
  add(table: Table, consumed: Consumption): void;
  read(tableName: string): { readonly readUnits: number; readonly writeUnits: number };
}

export function createMeter(): Meter {
  const sums = new Map<string, { readUnits: number; writeUnits: number }>();
  return {
    add(table, consumed) {
      const sum = sums.get(table.name) ?? { readUnits: 0, writeUnits: 0 };
      sum[consumed.kind === 'read' ? 'readUnits' : 'writeUnits'] += totalUnits(consumed);
      sums.set(table.name, sum);
    },
    read: (tableName) => ({ ...(sums.get(tableName) ?? { readUnits: 0, writeUnits: 0 }) }),
  };
}
