import { contract, type PlacedRoute } from '@laurel/contract';
import { bodyOf, declaredRoutes, paramsOf, queryOf } from '../../../contract/generate/declared-route.ts';
import { exampleOf } from '../../../contract/generate/example.ts';
import { idExamplesOf } from '../../../contract/generate/id-examples.ts';
import { referredName, type Schemas, schemasOf } from '../../../contract/generate/openapi/schemas.ts';

/** A schema, or the name of one, as the generators of the contract write them. */
type Schema = Parameters<typeof exampleOf>[0];
type PlainSchema = Schemas['components'][string];

/** Which part of a request a value stands in. */
export type Part = 'params' | 'query' | 'body';

/** A place in what a route takes, of which the contract says what may stand there. */
export interface Site {
  readonly part: Part;
  /** The way to it: names of fields, `[]` for an item of a list, `{}` for a value and `{key}` for a name of a map. */
  readonly steps: readonly string[];
  readonly schema: PlainSchema;
  /** The contract's own example of it. */
  readonly example: unknown;
  /** The whole part, as its example has it, with another value here. */
  readonly build: (value: unknown) => unknown;
}

const all = declaredRoutes(contract);
const ids = idExamplesOf(all);
const schemasByContext = new Map(
  [...Map.groupBy(all, ({ context }) => context)].map(
    ([context, routes]) => [context, schemasOf(routes, ids)] as const,
  ),
);

function schemasFor({ context, name }: PlacedRoute): Schemas {
  const schemas = schemasByContext.get(context);
  if (schemas === undefined) throw new Error(`${name} belongs to no context`);
  return schemas;
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Fields of which one says the same as another: with both of them a body is none. */
const INSTEAD: Readonly<Record<string, readonly string[]>> = {
  tag: ['activity'],
  mission: ['activity'],
  badge: ['activity', 'mission'],
  level: ['activity', 'mission'],
  definition: ['draft', 'version'],
  draft: ['definition', 'version'],
  userId: ['externalUserId', 'account'],
  externalUserId: ['userId', 'account'],
  account: ['userId', 'externalUserId'],
  until: ['within'],
  within: ['until'],
};

function withField(base: object, field: string, value: unknown): object {
  const kept = Object.entries(base).filter(([name]) => !(INSTEAD[field] ?? []).includes(name));
  return { ...Object.fromEntries(kept), [field]: value };
}

interface Walk {
  readonly schemas: Schemas;
  readonly part: Part;
  readonly steps: readonly string[];
  /** The named schemas on the way, so that what holds itself ends. */
  readonly within: readonly string[];
  readonly build: (value: unknown) => unknown;
}

/** Whether a value is of this branch of a choice: its constants are the same. */
function fits(schema: PlainSchema, value: unknown): boolean {
  if (!isObject(value)) return schema.type === (Array.isArray(value) ? 'array' : typeof value);
  const properties = Object.entries(schema.properties ?? {});
  if (properties.length === 0) return false;
  const known = new Set(properties.map(([name]) => name));
  return (
    Object.keys(value).every((name) => known.has(name)) &&
    properties.every(
      ([name, one]) =>
        one === null || typeof one !== 'object' || !('const' in one) || Reflect.get(value, name) === one.const,
    )
  );
}

function resolved(schema: Schema, { components }: Schemas): [PlainSchema, string | undefined] {
  const ref = '$ref' in schema && typeof schema.$ref === 'string' ? schema.$ref : undefined;
  const name = ref === undefined ? undefined : referredName(ref);
  if (name === undefined) return ['$ref' in schema ? {} : schema, undefined];
  return [components[name] ?? {}, name];
}

/** The places in a schema, outermost first. `given` is what the example has there, if it has anything. */
function* walk(schema: Schema, given: unknown, at: Walk): Generator<Site> {
  const { schemas, part, steps, within, build } = at;
  const [plain, name] = resolved(schema, schemas);
  if (name !== undefined && within.includes(name)) return;
  const owner = within.at(-1) ?? '';
  const field = steps.findLast((step) => !/^[[{]/.test(step)) ?? '';
  const example = given ?? exampleOf(schema, schemas, { owner, field });
  const inner = { schemas, part, within: name === undefined ? within : [...within, name] };
  yield { part, steps, schema: plain, example, build };
  for (const branch of [plain.oneOf, plain.anyOf, plain.allOf].flatMap((some) => some ?? [])) {
    const [choice] = resolved(branch, schemas);
    yield* walk(branch, fits(choice, example) ? example : undefined, { ...inner, steps, build });
  }
  const base = isObject(example) ? example : {};
  for (const [key, one] of Object.entries(plain.properties ?? {})) {
    const next = { ...inner, steps: [...steps, key], build: (value: unknown) => build(withField(base, key, value)) };
    yield* walk(one, Reflect.get(base, key), next);
  }
  if (plain.items !== undefined) {
    const [first]: unknown[] = Array.isArray(example) ? example : [];
    yield* walk(plain.items, first, { ...inner, steps: [...steps, '[]'], build: (value) => build([value]) });
  }
  const values = plain.additionalProperties;
  if (typeof values !== 'object' || values === null) return;
  const [[key, value] = ['key', exampleOf(values, schemas, { owner, field })]] = Object.entries(base);
  const [named] = resolved(plain.propertyNames ?? { type: 'string' }, schemas);
  yield {
    part,
    steps: [...steps, '{key}'],
    schema: named,
    example: key,
    build: (one) => build({ [String(one)]: value }),
  };
  yield* walk(values, value, { ...inner, steps: [...steps, '{}'], build: (one) => build({ [key]: one }) });
}

const known = new Map<PlacedRoute, readonly Site[]>();

/**
 * Every place in what a route takes.
 * @param examples what stands in each part in the route's own example
 */
export function sitesOf(placed: PlacedRoute, examples: Readonly<Partial<Record<Part, unknown>>>): readonly Site[] {
  const before = known.get(placed);
  if (before !== undefined) return before;
  const schemas = schemasFor(placed);
  const parts = { params: paramsOf(placed), query: queryOf(placed), body: bodyOf(placed) } as const;
  const sites = (['params', 'query', 'body'] as const).flatMap((part) => {
    const schema = parts[part];
    if (schema === undefined) return [];
    const start = { schemas, part, steps: [], within: [], build: (value: unknown) => value };
    return [...walk(schemas.input(schema), examples[part], start)];
  });
  known.set(placed, sites);
  return sites;
}

/** The last name on the way to a site, which says what it is. */
export function fieldOf({ steps }: Site): string {
  return steps.findLast((step) => !/^[[{]/.test(step)) ?? '';
}

/** Whether a site takes any text: not one of a few words, nor a time. */
export function isText({ schema, steps }: Site): boolean {
  if (steps.at(-1) === '{key}') return true;
  const { type, enum: words, const: word, format } = schema;
  return type === 'string' && words === undefined && word === undefined && format !== 'date' && format !== 'date-time';
}
