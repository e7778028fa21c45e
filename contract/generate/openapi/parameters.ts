import type { ParameterObject, ReferenceObject, SchemaObject } from 'openapi3-ts/oas31';
import { type DeclaredRoute, demandsIfMatch, paramsOf, queryOf } from '../declared-route.ts';
import { actsForPlayer } from '../possible-problems.ts';
import { type Components, referredName, type Schemas } from './schemas.ts';

/** Header parameters that the metadata of a route calls for. */
export const headerParameters = {
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description:
      'Makes a repeat safe: for 24 hours, the same key with the same request gets the first answer again. A key with another request is refused.',
    schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[\\x21-\\x7e]{1,255}$' },
    example: '5f0c7c1e-8f3b-4c55-9d0e-3b1f6f0a2c11',
  },
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    required: true,
    description: 'The ETag that was read. If somebody changed it since, nothing happens and the answer is 412.',
    schema: { type: 'string' },
    example: '"v1"',
  },
  ActForUser: {
    name: 'x-user-id',
    in: 'header',
    required: false,
    description:
      "For machines only: the player to act for, by Laurel's id. Machines send this or `x-external-user-id`, never both; for a player's own token it is ignored.",
    schema: { $ref: '#/components/schemas/Id' },
    example: 'usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9',
  },
  ActForExternalUser: {
    name: 'x-external-user-id',
    in: 'header',
    required: false,
    description:
      "For machines only: the player to act for, by your own id. Machines send this or `x-user-id`, never both; for a player's own token it is ignored.",
    schema: { $ref: '#/components/schemas/Id' },
    example: 'player-7',
  },
  AcceptLanguage: {
    name: 'Accept-Language',
    in: 'header',
    required: false,
    description: "The languages to read texts in (RFC 9110); without it, the player's and then the workspace's.",
    schema: { type: 'string' },
    example: 'it, en;q=0.8',
  },
  LastEventId: {
    name: 'Last-Event-ID',
    in: 'header',
    required: false,
    description:
      'The id of the last event that was received: the stream goes on after it. `0` begins with the oldest that is kept.',
    schema: { type: 'string', pattern: '^\\d{1,16}(\\.\\d{1,4})?$' },
    example: '0',
  },
} as const satisfies Record<string, ParameterObject>;

/** The name of a header parameter among the components. */
export type HeaderParameter = keyof typeof headerParameters;

/** Which header parameters a route takes. */
export function headerParametersOf(placed: DeclaredRoute): HeaderParameter[] {
  const { meta, context } = placed;
  const taken: Record<HeaderParameter, boolean> = {
    IdempotencyKey: meta.idempotency === 'key',
    IfMatch: demandsIfMatch(placed),
    ActForUser: actsForPlayer(placed),
    ActForExternalUser: actsForPlayer(placed),
    AcceptLanguage: context === 'app' && meta.audit === 'read' && meta.stream !== true,
    LastEventId: meta.stream === true,
  };
  const names: readonly HeaderParameter[] = [
    'IdempotencyKey',
    'IfMatch',
    'ActForUser',
    'ActForExternalUser',
    'AcceptLanguage',
    'LastEventId',
  ];
  return names.filter((name) => taken[name]);
}

/** What a parameter is for: its own description, else that of its schema. */
function descriptionOf(schema: SchemaObject | ReferenceObject, components: Components): string | undefined {
  if (schema.description !== undefined) return schema.description;
  const name = schema.$ref === undefined ? undefined : referredName(schema.$ref);
  return name === undefined ? undefined : components[name]?.description;
}

function parametersIn(place: 'path' | 'query', object: SchemaObject, components: Components): ParameterObject[] {
  const required = new Set(object.required);
  return Object.entries(object.properties ?? {}).map(([name, given]) => {
    const { description: _moved, ...schema } = given;
    const description = descriptionOf(given, components);
    return {
      name,
      in: place,
      required: place === 'path' || required.has(name),
      ...(description === undefined ? {} : { description }),
      schema,
    };
  });
}

/** All parameters of a route: those of its path, its query and its headers. */
export function parametersOf(placed: DeclaredRoute, schemas: Schemas): (ParameterObject | ReferenceObject)[] {
  const params = paramsOf(placed);
  const query = queryOf(placed);
  return [
    ...(params === undefined ? [] : parametersIn('path', schemas.input(params), schemas.components)),
    ...(query === undefined ? [] : parametersIn('query', schemas.input(query), schemas.components)),
    ...headerParametersOf(placed).map((name) => ({ $ref: `#/components/parameters/${name}` })),
  ];
}
