import { isReferenceObject, type ReferenceObject, type SchemaObject } from 'openapi3-ts/oas31';
import { idExample } from './id-examples.ts';
import { referredName, type Schemas } from './openapi/schemas.ts';

/** What examples are made from. */
type Known = Pick<Schemas, 'components' | 'ids'>;

/** Where a value stands: the named schema around it and the field that holds it. */
interface Place {
  readonly owner: string;
  readonly field: string;
}

function stringExample(schema: SchemaObject, { field }: Place): string {
  if (schema.format === 'date-time') return '2026-11-24T09:30:00.000Z';
  if (schema.format === 'date') return '2026-11-24';
  return field.slice(0, schema.maxLength ?? field.length);
}

/**
 * A value that fits the schema, the same at every run: what the schema itself gives as an example, default, constant
 * or first choice, else something plain. Objects have all their fields, lists one item.
 */
export function exampleOf(schema: SchemaObject | ReferenceObject, known: Known, place: Place): unknown {
  if ('examples' in schema && schema.examples !== undefined) return schema.examples[0];
  if (isReferenceObject(schema)) return componentExample(schema.$ref, known, place);
  return inlineExample(schema, known, place);
}

function componentExample(ref: string, known: Known, place: Place): unknown {
  const name = referredName(ref);
  const component = name === undefined ? undefined : known.components[name];
  if (name === undefined || component === undefined) throw new Error(`Nothing stands behind ${ref}.`);
  const telling = name === 'Id' ? idExample(known.ids, place.owner, place.field) : undefined;
  return telling ?? exampleOf(component, known, { ...place, owner: name });
}

/** The example of what such a thing is created from: of `MissionCreate` for a Mission and a MissionUpdate. */
function createExample(owner: string, known: Known): Readonly<Record<string, unknown>> | undefined {
  const example: unknown = known.components[`${owner.replace(/Update$/, '')}Create`]?.examples?.[0];
  return typeof example === 'object' && example !== null ? { ...example } : undefined;
}

/** All fields; but where it is known how such a thing is created, the same thing, without what is not needed. */
function objectExample(schema: SchemaObject, known: Known, place: Place): Record<string, unknown> {
  const created = createExample(place.owner, known);
  const required = new Set(schema.required);
  const fields = Object.entries(schema.properties ?? {}).flatMap(([field, part]): [string, unknown][] => {
    if (created !== undefined && field in created) return [[field, created[field]]];
    if (created !== undefined && !required.has(field)) return [];
    return [[field, exampleOf(part, known, { ...place, field })]];
  });
  return Object.fromEntries(fields);
}

function inlineExample(schema: SchemaObject, known: Known, place: Place): unknown {
  if (schema.default !== undefined) return schema.default;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  const choice = (schema.oneOf ?? schema.anyOf)?.[0];
  if (choice !== undefined) return exampleOf(choice, known, place);
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case 'object': {
      return objectExample(schema, known, place);
    }
    case 'array':
      return schema.items === undefined ? [] : [exampleOf(schema.items, known, place)];
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 1, 1);
    case 'boolean':
      return true;
    case 'string':
      return stringExample(schema, place);
    case 'null':
      return null;
    default:
      throw new Error(`No example fits ${place.owner}.${place.field}: give its schema one.`);
  }
}
