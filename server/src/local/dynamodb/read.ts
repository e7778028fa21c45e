import type { Item } from './attribute-value.ts';
import { type CapacityReport, consumption, readUnits, reportCapacity } from './capacity.ts';
import type { Context } from './context.ts';
import { project } from './document-path.ts';
import type { ParsedProjection } from './expression-tree.ts';
import { keyOfRequest } from './primary-key.ts';
import type { GetRequest } from './requests.ts';
import { checkFilterPaths } from './validate-paths.ts';

export function getItem(context: Context, request: GetRequest): { Item?: Item; ConsumedCapacity?: CapacityReport } {
  const table = context.catalog.get(request.TableName);
  const key = keyOfRequest(table, request.Key);
  checkFilterPaths(table, request._projection);
  const stored = context.items.find(table, key);
  const consumed = consumption('read', readUnits(stored?.size ?? 0, request.ConsistentRead === true));
  context.meter.add(table, consumed);
  const ConsumedCapacity = reportCapacity(request.ReturnConsumedCapacity, table, consumed);
  return {
    ...(stored && { Item: projected(stored.item, request._projection) }),
    ...(ConsumedCapacity && { ConsumedCapacity }),
  };
}

export function projected(item: Item, projection: ParsedProjection | undefined): Item {
  return projection === undefined ? item : project(item, projection.paths);
}
