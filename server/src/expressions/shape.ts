import type { Activity, Workspace } from '@laurel/contract/types';
import { Environment } from '@marcbachmann/cel-js';
import { MAX_DEPTH, MAX_NODES } from './limits.ts';

/** What the facts of a condition look like. */
export interface Shape {
  /** Whether it is about an event, about a player at a moment, or about a user alone. */
  readonly about: 'event' | 'player' | 'user';
  /** What the activity declares of its events' attributes; anything goes where it declares nothing. */
  readonly attributes: Activity['attributes'];
  /** What the workspace declares of its users' attributes; anything goes where it declares nothing. */
  readonly userAttributes: Workspace['userAttributes'];
}

/** The shape of the facts for events of an activity, or of any, in a workspace. */
export function shapeOf(
  activity: Pick<Activity, 'attributes'> | undefined,
  userAttributes: Workspace['userAttributes'],
): Shape {
  return { about: 'event', attributes: activity?.attributes, userAttributes };
}

/** The shape of the facts about a player at a moment, whatever they do. */
export function playerShapeOf(userAttributes: Workspace['userAttributes']): Shape {
  return { about: 'player', attributes: undefined, userAttributes };
}

/** The shape of the facts about a user alone. */
export function userShapeOf(userAttributes: Workspace['userAttributes']): Shape {
  return { about: 'user', attributes: undefined, userAttributes };
}

const celTypes = { string: 'string', integer: 'int', number: 'double', boolean: 'bool' } as const;
const TIME = 'google.protobuf.Timestamp';

/** The types of attributes that are declared; of any, where none are. */
function attributesSchema(declared: Activity['attributes'] | null) {
  if (declared === undefined || declared === null) return 'map<string, dyn>';
  return Object.fromEntries(Object.entries(declared).map(([name, { type }]) => [name, celTypes[type]]));
}

const COUNTS = 'map<string, int>';
const player = { balances: COUNTS, levels: COUNTS, badges: COUNTS, counters: COUNTS };

/** The library's own limits stop the parser; ours, which know chains and loops, judge what it made. */
const base = new Environment({
  unlistedVariablesAreDyn: false,
  enableOptionalTypes: false,
  limits: { maxAstNodes: 4 * MAX_NODES, maxDepth: 4 * MAX_DEPTH, maxCallArguments: 4 },
});

/** The environment in which expressions about facts of a shape are parsed and checked. */
export function environmentOf({ about, attributes, userAttributes }: Shape): Environment {
  const known = { id: 'string', language: 'string', zone: 'string', tags: 'list<string>' };
  const user = { ...known, attributes: attributesSchema(userAttributes) };
  const environment = base.clone().registerVariable({ name: 'user', schema: user });
  if (about === 'user') return environment;
  environment.registerVariable({ name: 'player', schema: player }).registerVariable('now', TIME);
  if (about === 'player') return environment;
  const event = {
    id: 'string',
    activity: 'string',
    value: 'int',
    occurredAt: TIME,
    attributes: attributesSchema(attributes),
  };
  return environment.registerVariable({ name: 'event', schema: event });
}
