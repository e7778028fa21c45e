import type { SchemaObject } from 'openapi3-ts/oas31';
import type * as z from 'zod';

type JsonSchema = z.core.JSONSchema.JSONSchema;

/** Whether a schema describes what is sent in, or what is answered. */
export type Direction = 'input' | 'output';

/** Keywords that are taken over as they are. */
const plainKeywords = [
  'type',
  'title',
  'description',
  'format',
  'default',
  'const',
  'enum',
  'minimum',
  'maximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'pattern',
  'minItems',
  'maxItems',
  'uniqueItems',
  'minProperties',
  'maxProperties',
  'required',
  'examples',
  'deprecated',
] as const satisfies readonly (keyof SchemaObject)[];
type PlainKeyword = (typeof plainKeywords)[number];

/** Keywords that this module treats one by one. `id` and its like are names, which components have anyway. */
const treatedKeywords = [
  'id',
  '$id',
  '$schema',
  '$defs',
  '$ref',
  'example',
  'x-extensible-enum',
  'x-names',
  'x-personal',
  'properties',
  'additionalProperties',
  'propertyNames',
  'items',
  'anyOf',
  'oneOf',
  'allOf',
];
const knownKeywords = new Set<string>([...plainKeywords, ...treatedKeywords]);

/** Formats that say all that zod's long pattern for them says. */
const sayingFormats = new Set(['date', 'date-time']);

function plainPart(json: Pick<SchemaObject, PlainKeyword>): SchemaObject {
  const schema: SchemaObject = {};
  const copy = <K extends PlainKeyword>(key: K) => {
    if (json[key] !== undefined) schema[key] = json[key];
  };
  for (const key of plainKeywords) copy(key);
  // Every integer of zod is a safe one: to say so at each would drown the limits that mean something.
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (schema.format !== undefined && sayingFormats.has(schema.format)) delete schema.pattern;
  return schema;
}

/**
 * A JSON schema that zod made, as a schema of OpenAPI 3.1.
 * Answers may grow: they are never closed by `additionalProperties: false`; what is sent in stays closed.
 * @param renamed the new target of a `$ref`
 * @throws on a keyword that it does not know, so that nothing is lost in silence
 */
export function schemaObject(json: JsonSchema, direction: Direction, renamed: (ref: string) => string): SchemaObject {
  const unknown = Object.keys(json).filter((key) => !knownKeywords.has(key));
  if (unknown.length > 0) throw new Error(`JSON schema keywords that are not handled: ${unknown.join(', ')}`);
  const inner = (part: JsonSchema | boolean): SchemaObject => {
    if (typeof part === 'boolean') return part ? {} : { not: {} };
    return schemaObject(part, direction, renamed);
  };
  const schema = plainPart(json);
  if (json['x-extensible-enum'] !== undefined) schema['x-extensible-enum'] = json['x-extensible-enum'];
  if (json['x-personal'] !== undefined) schema['x-personal'] = json['x-personal'];
  if (json['x-names'] !== undefined) schema['x-names'] = json['x-names'];
  if (json.$ref !== undefined) schema.$ref = renamed(json.$ref);
  if (json.example !== undefined) schema.examples = [json.example];
  if (json.properties !== undefined) {
    schema.properties = Object.fromEntries(Object.entries(json.properties).map(([key, part]) => [key, inner(part)]));
  }
  if (json.propertyNames !== undefined) schema.propertyNames = inner(json.propertyNames);
  if (Array.isArray(json.items)) throw new Error('Tuples are not handled: use an object.');
  if (json.items !== undefined) schema.items = inner(json.items);
  if (json.anyOf !== undefined) schema.anyOf = json.anyOf.map(inner);
  if (json.oneOf !== undefined) schema.oneOf = json.oneOf.map(inner);
  if (json.allOf !== undefined) schema.allOf = json.allOf.map(inner);
  const { additionalProperties } = json;
  if (additionalProperties === false) {
    if (direction === 'input') schema.additionalProperties = false;
  } else if (additionalProperties !== undefined) {
    schema.additionalProperties = inner(additionalProperties);
  }
  return schema;
}
