import type { Activity } from '@laurel/contract/types';
import { Environment } from '@marcbachmann/cel-js';
import { MAX_DEPTH, MAX_NODES } from './limits.ts';

/** What the facts of a condition look like. */
export interface Shape {
  /** What the activity declares of its events' attributes; anything goes where it declares nothing. */
  readonly attributes: Activity['attributes'];
}

/** The shape of the facts for events of an activity, or of any. */
export function shapeOf(activity: Pick<Activity, 'attributes'> | undefined): Shape {
  return { attributes: activity?.attributes };
}

const celTypes = { string: 'string', integer: 'int', number: 'double', boolean: 'bool' } as const;
const TIME = 'google.protobuf.Timestamp';

/** The library's own limits stop the parser; ours, which know chains and loops, judge what it made. */
const base = new Environment({
  unlistedVariablesAreDyn: false,
  enableOptionalTypes: false,
  limits: { maxAstNodes: 4 * MAX_NODES, maxDepth: 4 * MAX_DEPTH, maxCallArguments: 4 },
})
  .registerVariable({ name: 'user', schema: { id: 'string', language: 'string', zone: 'string' } })
  .registerVariable({ name: 'player', schema: { balances: 'map<string, int>' } })
  .registerVariable('now', TIME);

/** The environment in which expressions about facts of a shape are parsed and checked. */
export function environmentOf({ attributes }: Shape): Environment {
  const declared =
    attributes === undefined
      ? 'map<string, dyn>'
      : Object.fromEntries(Object.entries(attributes).map(([name, { type }]) => [name, celTypes[type]]));
  const event = { id: 'string', activity: 'string', value: 'int', occurredAt: TIME, attributes: declared };
  return base.clone().registerVariable({ name: 'event', schema: event });
}
