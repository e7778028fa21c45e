import type { SchemaObject } from 'openapi3-ts/oas31';
import { idPrefixes } from '../src/shared/ids.ts';
import { type Components, referredName } from './openapi/schemas.ts';

/** Where a value stands: the named schema around it and the field that holds it. */
interface Place {
  readonly owner: string;
  readonly field: string;
}

const ULID = '01JD8QZ4M3V5K7R9T1X3Z5B7D9';

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** An id that looks like what it names: `usr_…` in `userId`, `mis_…` in `mission` and in the `id` of a Mission. */
function idExample({ owner, field }: Place): string | undefined {
  const thing = field === 'id' ? lowerFirst(owner.replace(/^Player/, '')) : field.replace(/Id$/, '');
  const prefix = Object.entries(idPrefixes).find(([kind]) => kind === thing)?.[1];
  return prefix === undefined ? undefined : `${prefix}_${ULID}`;
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
export function exampleOf(schema: SchemaObject, components: Components, place: Place): unknown {
  if (schema.examples !== undefined) return schema.examples[0];
  if (schema.$ref !== undefined) {
    const name = referredName(schema.$ref);
    const component = name === undefined ? undefined : components[name];
    if (name === undefined || component === undefined) throw new Error(`Nothing stands behind ${schema.$ref}.`);
    if (name === 'Id') return idExample(place) ?? exampleOf(component, components, place);
    return exampleOf(component, components, { ...place, owner: name });
  }
  return inlineExample(schema, components, place);
}

/** The example of what such a thing is created from: of `MissionCreate` for a Mission and a MissionUpdate. */
function createExample(owner: string, components: Components): Readonly<Record<string, unknown>> | undefined {
  const example: unknown = components[`${owner.replace(/Update$/, '')}Create`]?.examples?.[0];
  return typeof example === 'object' && example !== null ? { ...example } : undefined;
}

/** All fields; but where it is known how such a thing is created, the same thing, without what is not needed. */
function objectExample(schema: SchemaObject, components: Components, place: Place): Record<string, unknown> {
  const created = createExample(place.owner, components);
  const required = new Set(schema.required);
  const fields = Object.entries(schema.properties ?? {}).flatMap(([field, part]): [string, unknown][] => {
    if (created !== undefined && field in created) return [[field, created[field]]];
    if (created !== undefined && !required.has(field)) return [];
    return [[field, exampleOf(part, components, { ...place, field })]];
  });
  return Object.fromEntries(fields);
}

function inlineExample(schema: SchemaObject, components: Components, place: Place): unknown {
  if (schema.default !== undefined) return schema.default;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  const choice = (schema.oneOf ?? schema.anyOf)?.[0];
  if (choice !== undefined) return exampleOf(choice, components, place);
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case 'object': {
      return objectExample(schema, components, place);
    }
    case 'array':
      return schema.items === undefined ? [] : [exampleOf(schema.items, components, place)];
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
