import type { SchemaObject } from 'openapi3-ts/oas31';
import * as z from 'zod';
import { Problem } from '../../src/index.ts';
import { answersOf, bodyOf, type DeclaredRoute, paramsOf, queryOf } from '../declared-route.ts';
import type { IdExamples } from '../id-examples.ts';
import { refsIn } from './refs.ts';
import { type Direction, schemaObject } from './schema-object.ts';

/** Schemas by name. */
export type Components = Readonly<Record<string, SchemaObject>>;

/** The schemas of some routes: the named ones as components, and each part of a route as a schema over them. */
export interface Schemas {
  readonly components: Components;
  /** The ids that examples use. */
  readonly ids: IdExamples;
  /** What is sent in. */
  readonly input: (schema: z.ZodType) => SchemaObject;
  /** What is answered. */
  readonly output: (schema: z.ZodType) => SchemaObject;
}

const COMPONENTS = '#/components/schemas/';
const DEFINITIONS = '#/$defs/';

/** The name that a reference names, or nothing for a reference of another kind. */
export function referredName(ref: string): string | undefined {
  return ref.startsWith(COMPONENTS) ? ref.slice(COMPONENTS.length) : undefined;
}

interface Converted {
  readonly roots: ReadonlyMap<z.ZodType, z.core.JSONSchema.JSONSchema>;
  readonly named: Readonly<Record<string, z.core.JSONSchema.JSONSchema>>;
}

/** Converts all schemas in one go: then zod itself refuses two different schemas of one name. */
function convert(schemas: readonly z.ZodType[], direction: Direction): Converted {
  const distinct = [...new Set(schemas)];
  const all = z.object(Object.fromEntries(distinct.map((schema, index) => [`root${index}`, schema])));
  const { properties = {}, $defs = {} } = z.toJSONSchema(all, { io: direction });
  const roots = new Map(
    distinct.map((schema, index) => {
      const json = properties[`root${index}`];
      return [schema, json === undefined || typeof json === 'boolean' ? {} : json];
    }),
  );
  return { roots, named: $defs };
}

/** The names that mean one thing on the way in and another on the way out, themselves or in what they refer to. */
function twofoldNames(input: Components, output: Components): Set<string> {
  const shared = Object.keys(input).filter((name) => name in output);
  const twofold = new Set(shared.filter((name) => JSON.stringify(input[name]) !== JSON.stringify(output[name])));
  const refersToTwofold = (name: string) =>
    refsIn(input[name]).some((ref) => twofold.has(referredName(ref) ?? '')) && !twofold.has(name);
  for (let more = shared.filter(refersToTwofold); more.length > 0; more = shared.filter(refersToTwofold)) {
    for (const name of more) twofold.add(name);
  }
  return twofold;
}

/** The schemas that some routes refer to, and no others. What differs on the way in is a component `{Name}Input`. */
export function schemasOf(routes: readonly DeclaredRoute[], ids: IdExamples): Schemas {
  const present = (schema: z.ZodType | undefined) => (schema === undefined ? [] : [schema]);
  const sent = convert(
    routes.flatMap((placed) => [paramsOf(placed), queryOf(placed), bodyOf(placed)].flatMap(present)),
    'input',
  );
  const answered = convert(
    [Problem, ...routes.flatMap((placed) => answersOf(placed).flatMap(({ schema }) => present(schema)))],
    'output',
  );
  const plainRef = (ref: string) => ref.replace(DEFINITIONS, COMPONENTS);
  const components = (from: Converted, direction: Direction, renamed: (ref: string) => string) =>
    Object.entries(from.named).map(([name, json]) => [name, schemaObject(json, direction, renamed)] as const);

  const output = Object.fromEntries(components(answered, 'output', plainRef));
  const twofold = twofoldNames(Object.fromEntries(components(sent, 'input', plainRef)), output);
  const inputName = (name: string) => (twofold.has(name) ? `${name}Input` : name);
  const inputRef = (ref: string) => COMPONENTS + inputName(ref.slice(DEFINITIONS.length));
  const input = components(sent, 'input', inputRef).map(([name, schema]) => [inputName(name), schema] as const);

  const all = Object.entries({ ...Object.fromEntries(input), ...output });
  const part = (from: Converted, direction: Direction, renamed: (ref: string) => string) => (schema: z.ZodType) => {
    const json = from.roots.get(schema);
    if (json === undefined) throw new Error('This schema belongs to none of the routes.');
    return schemaObject(json, direction, renamed);
  };
  return {
    ids,
    components: Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : 1))),
    input: part(sent, 'input', inputRef),
    output: part(answered, 'output', plainRef),
  };
}
