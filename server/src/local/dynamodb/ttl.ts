import type { Context } from './context.ts';
import { namedTableNotFound, validationError } from './errors.ts';
import { placeOf } from './primary-key.ts';
import type { TableRequest, UpdateTimeToLiveRequest } from './requests.ts';
import type { Table } from './table.ts';

/** Items that expired longer ago than this are taken for mistakes and kept: five years, in seconds. */
const OLDEST_EXPIRY = 5 * 365 * 24 * 60 * 60;

export function updateTimeToLive({ catalog, items }: Context, request: UpdateTimeToLiveRequest) {
  const { AttributeName, Enabled } = request.TimeToLiveSpecification;
  const table = existing(catalog.find(request.TableName), request.TableName);
  const { ttlAttribute, ...rest } = table.definition;
  if (Enabled && ttlAttribute === AttributeName) throw validationError('TimeToLive is already enabled');
  if (!Enabled && ttlAttribute === undefined) throw validationError('TimeToLive is already disabled');
  if (ttlAttribute !== undefined && ttlAttribute !== AttributeName) {
    throw validationError(
      `TimeToLive is active on a different AttributeName: current AttributeName is ${ttlAttribute}`,
    );
  }
  items.noteExpiry(catalog.replace(table, Enabled ? { ...rest, ttlAttribute: AttributeName } : rest));
  return { TimeToLiveSpecification: request.TimeToLiveSpecification };
}

export function describeTimeToLive({ catalog }: Context, { TableName }: TableRequest) {
  const { ttlAttribute } = existing(catalog.find(TableName), TableName).definition;
  if (ttlAttribute === undefined) return { TimeToLiveDescription: { TimeToLiveStatus: 'DISABLED' } };
  return { TimeToLiveDescription: { TimeToLiveStatus: 'ENABLED', AttributeName: ttlAttribute } };
}

function existing(table: Table | undefined, name: string): Table {
  if (table === undefined) throw namedTableNotFound(name);
  return table;
}

/**
 * Removes items whose time to live has passed, at most `limit` of them. Costs no write capacity; the streams say that
 * the service did it. Answers how many were removed.
 */
export function expireItems({ catalog, items, now }: Context, limit: number): number {
  const seconds = Math.floor(now() / 1000);
  let removed = 0;
  for (const table of catalog.all()) {
    if (table.definition.ttlAttribute === undefined) continue;
    for (const stored of items.expiring(table, seconds - OLDEST_EXPIRY, seconds - 1, limit - removed)) {
      items.change(table, placeOf(table.key, stored.item), stored, undefined, 'expiry');
      removed += 1;
    }
  }
  return removed;
}
