import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AppRouter } from '@ts-rest/core';
import * as z from 'zod';
import { answersOf, bodyOf, declaredRoutes } from '../declared-route.ts';
import type { SdkOperation } from './operation.ts';
import type { Components } from './types.ts';

const source = join(import.meta.dirname, '../../src');

/** Where the contract's type of a component is found: an expression for the type of its schema. */
type Places = Map<string, { readonly import?: string; readonly schema: string }>;

/** The schemas that modules export under their own id. */
async function exportedSchemas(): Promise<Places> {
  const entries = await readdir(source, { recursive: true });
  const files = entries.map((entry) => entry.replaceAll('\\', '/')).filter((file) => file.endsWith('.ts'));
  const places: Places = new Map();
  for (const file of files.sort()) {
    const exported: Record<string, unknown> = await import(pathToFileURL(join(source, file)).href);
    const alias = file.replace(/\.ts$/, '').replace(/[^A-Za-z]+(\w)/g, (_, letter: string) => letter.toUpperCase());
    for (const [name, value] of Object.entries(exported)) {
      if (!(value instanceof z.ZodType) || value.meta()?.id !== name || places.has(name)) continue;
      places.set(name, {
        import: `import type * as ${alias} from '@laurel/contract/${file.replace(/\.ts$/, '')}';`,
        schema: `typeof ${alias}.${name}`,
      });
    }
  }
  return places;
}

/** The schemas that routes name: the only place of some, such as pages. */
function routeSchemas(contract: AppRouter): Places {
  const places: Places = new Map();
  for (const placed of declaredRoutes(contract)) {
    const route = `Contract${placed.name
      .split('.')
      .map((key) => `['${key}']`)
      .join('')}`;
    for (const { status, schema } of answersOf(placed)) {
      const id = schema?.meta()?.id;
      if (id !== undefined) places.set(id, { schema: `${route}['responses'][${status}]` });
    }
    const id = bodyOf(placed)?.meta()?.id;
    if (id !== undefined) places.set(id, { schema: `${route}['body']` });
  }
  return places;
}

/** The components that can be reached from some of them. */
function reachable(components: Components, from: readonly (string | undefined)[]): Set<string> {
  const found = new Set<string>();
  const visit = (name: string): void => {
    if (found.has(name)) return;
    found.add(name);
    const text = JSON.stringify(components[name]);
    for (const [, next = ''] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g)) visit(next);
  };
  for (const name of from) if (name !== undefined) visit(name);
  return found;
}

/**
 * The list that the SDK's type test goes through: of every component and query the SDK's type beside the contract's own. A
 * component
 * that the contract keeps to itself is compared as a part of those that hold it.
 * @throws if the schema of a body or an answer is not found in the contract
 */
export async function comparisonText(
  contract: AppRouter,
  components: Components,
  operations: readonly SdkOperation[],
): Promise<string> {
  const answered = reachable(components, [...operations.map(({ answer }) => answer), 'Problem']);
  const places: Places = new Map([...routeSchemas(contract), ...(await exportedSchemas())]);
  const imports = new Set<string>();
  const whole = new Set(operations.flatMap(({ body, answer }) => [body, answer]));
  const lines = Object.keys(components).flatMap((name) => {
    const place = places.get(name) ?? places.get(name.replace(/Input$/, ''));
    if (place === undefined) {
      if (whole.has(name)) throw new Error(`The contract has no schema with the id ${name}.`);
      return [];
    }
    if (place.import !== undefined) imports.add(place.import);
    return [`  ${name}: [types.${name}, z.${answered.has(name) ? 'output' : 'input'}<${place.schema}>];`];
  });
  const queries = operations
    .filter(({ query }) => query.length > 0)
    .map(({ context, resource, verb, queryName }) => {
      const route = `Contract['${context}']['${resource}']['${verb}']`;
      return `  ${queryName}: [types.${queryName}, z.input<${route}['query']>];`;
    });
  return [
    "import type { Contract } from '@laurel/contract';",
    ...[...imports].sort(),
    "import type * as z from 'zod';",
    "import type * as types from '../../src/generated/types.ts';",
    '',
    "/** Of every component and query: the SDK's type, and the contract's. */",
    'export interface Comparison {',
    ...lines,
    ...queries,
    '}',
    '',
  ].join('\n');
}
