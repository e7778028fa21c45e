import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { createClient } from '@hey-api/openapi-ts';
import type { ReferenceObject, SchemaObject } from 'openapi3-ts/oas31';
import type { OpenApiDocuments } from '../artefacts.ts';
import type { SdkOperation } from './operation.ts';

/** Named schemas. */
export type Components = Readonly<Record<string, SchemaObject | ReferenceObject>>;

/**
 * The components of all documents together, by name.
 * @throws if a name means one thing here and another there
 */
export function componentsOf(documents: OpenApiDocuments): Components {
  const merged: Record<string, SchemaObject | ReferenceObject> = {};
  for (const [context, document] of Object.entries(documents)) {
    for (const [name, schema] of Object.entries(document.components?.schemas ?? {})) {
      const known = merged[name];
      if (known !== undefined && !isDeepStrictEqual(known, schema)) {
        throw new Error(`The component ${name} of ${context} is not the ${name} of the other contexts.`);
      }
      merged[name] = schema;
    }
  }
  const byName = Object.entries(merged).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(byName);
}

/** The query of an operation as one object. */
function querySchema({ context, resource, verb, query }: SdkOperation): SchemaObject {
  return {
    type: 'object',
    description: `What \`${resource}.${verb}\` of the ${context} API can be asked for.`,
    required: query.filter(({ required }) => required === true).map(({ name }) => name),
    properties: Object.fromEntries(
      query.map(({ name, description, schema }): [string, SchemaObject] => {
        if (schema === undefined) throw new Error(`${resource}.${verb}: its query parameter ${name} has no schema.`);
        return [name, { ...(description === undefined ? {} : { description }), allOf: [schema] }];
      }),
    ),
  };
}

/** Stands in an enumeration for whatever may be added to it, until the types are written. */
const OTHERS = '(others)';

function isOpen(value: unknown): value is { readonly 'x-extensible-enum': readonly string[] } {
  return typeof value === 'object' && value !== null && 'x-extensible-enum' in value;
}

/**
 * The schemas as the generator has to be told them. It makes a tuple of an array of fixed length, where zod, and the SDK's
 * callers, have a plain array; and it knows no enumerations to which more may be added.
 */
function forGenerator(schemas: Components): Components {
  const text = JSON.stringify(schemas, (key, value) => {
    if (key === 'minItems' || key === 'maxItems') return undefined;
    return isOpen(value) ? { ...value, enum: [...value['x-extensible-enum'], OTHERS] } : value;
  });
  return JSON.parse(text);
}

async function plainTypes(schemas: Components): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'laurel-types-'));
  try {
    await createClient({
      input: { openapi: '3.1.1', info: { title: 'Laurel', version: '1' }, paths: {}, components: { schemas } },
      output: { path, entryFile: false },
      plugins: ['@hey-api/typescript'],
      logs: { level: 'silent' },
    });
    return await readFile(join(path, 'types.gen.ts'), 'utf8');
  } finally {
    await rm(path, { recursive: true });
  }
}

/** `types.ts`: every component, and the query of every operation that takes one, as plain documented types. */
export async function typesText(components: Components, operations: readonly SdkOperation[]): Promise<string> {
  const queries = operations
    .filter(({ query }) => query.length > 0)
    .map((operation): [string, SchemaObject] => [operation.queryName, querySchema(operation)]);
  const clash = queries.find(([name]) => name in components);
  if (clash !== undefined) throw new Error(`${clash[0]} is both a component and a query.`);
  const text = await plainTypes(forGenerator({ ...components, ...Object.fromEntries(queries) }));
  // What stands before the first component is about a client of the generator's own, which is not used.
  const [, ...types] = text.split(/^(?=\/\*\*\n|export type )/m).filter((part) => !part.includes('ClientOptions'));
  return types.join('').trimEnd().replaceAll(`'${OTHERS}'`, '(string & {})').concat('\n');
}
