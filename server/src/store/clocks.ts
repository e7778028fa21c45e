import type { ClockKind } from '@laurel/contract/clock/schema';
import { putVersion, type Write } from './commit.ts';
import { type Key, keyOf, type Scope, tenantScope } from './scope.ts';
import { getItem, type Item, recordOf, type Table } from './table.ts';

/** The clock of a workspace as it is stored; a workspace without one lives by the real time, at version 1. */
export interface ClockRecord {
  readonly kind: ClockKind;
  /** Of a test clock: the time that it shows. */
  readonly now: string;
  readonly version: number;
}

/** Beside the workspaces of its tenant, where whoever opens a workspace may write. */
function clockKey({ tenant, workspace }: Pick<Scope, 'tenant' | 'workspace'>): Key {
  return keyOf(tenantScope(tenant), ['WORKSPACES'], ['CLOCK', workspace]);
}

function clockItem(place: Pick<Scope, 'tenant' | 'workspace'>, record: ClockRecord): Item {
  return { ...clockKey(place), version: record.version, record };
}

/** Sets which clock a workspace has, in place of the version before it; version 1 is written for none. */
export function saveClock(
  table: Table,
  place: Pick<Scope, 'tenant' | 'workspace'>,
  record: ClockRecord,
  isKept: boolean,
): Write<'version_mismatch'> {
  return {
    item: putVersion(table, clockItem(place, record), isKept ? record.version - 1 : 0),
    refusal: 'version_mismatch',
  };
}

/** Reads the clock of a workspace, where it was ever set. */
export async function getClock(table: Table, scope: Scope): Promise<ClockRecord | undefined> {
  const item = await getItem(table, clockKey(scope));
  return item && recordOf<ClockRecord>(item);
}

/** Sets a test clock forward; it must not be further already. */
export function moveClock(table: Table, scope: Scope, to: string): Write<'clock_ahead'> {
  const { pk, sk } = clockKey(scope);
  return {
    item: {
      Update: {
        TableName: table.name,
        Key: { pk, sk },
        UpdateExpression: 'SET #record.#now = :to',
        ConditionExpression: '#record.#kind = :test AND #record.#now <= :to',
        ExpressionAttributeNames: { '#record': 'record', '#now': 'now', '#kind': 'kind' },
        ExpressionAttributeValues: { ':to': to, ':test': 'test' },
      },
    },
    refusal: 'clock_ahead',
  };
}
