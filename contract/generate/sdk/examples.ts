import type { AppRouter } from '@ts-rest/core';
import { isReferenceObject, type SchemaObject } from 'openapi3-ts/oas31';
import { problems } from '../../src/errors.ts';
import { type DeclaredRoute, declaredRoutes } from '../declared-route.ts';
import { exampleOf } from '../example.ts';
import { idExamplesOf } from '../id-examples.ts';
import type { SdkOperation } from './operation.ts';
import type { Components } from './types.ts';

/** `PlayerMission` as `playerMission`. */
function memberName(component: string): string {
  return component.charAt(0).toLowerCase() + component.slice(1);
}

function hasFields(example: unknown): boolean {
  return typeof example === 'object' && example !== null && !Array.isArray(example);
}

/** What has fields, by name: not pages, which are made of items, nor what has another form in bodies, nor plain maps. */
function thingsOf(components: Components, example: (name: string) => unknown): [string, unknown][] {
  return Object.entries(components).flatMap(([name, schema]): [string, unknown][] => {
    if (isReferenceObject(schema) || name.endsWith('Input')) return [];
    if (schema.properties?.items !== undefined && schema.properties.nextCursor !== undefined) return [];
    const hasForm = schema.properties ?? schema.oneOf ?? schema.anyOf;
    const value = hasForm === undefined ? undefined : example(name);
    return hasFields(value) ? [[name, value]] : [];
  });
}

/** Of a choice by one field: an example of each, by the value of that field. */
function variantsOf(schema: Components[string], components: Components): [string, SchemaObject][] {
  if (isReferenceObject(schema)) return [];
  return (schema.oneOf ?? schema.anyOf ?? []).flatMap((choice): [string, SchemaObject][] => {
    const name = isReferenceObject(choice) ? choice.$ref.replace('#/components/schemas/', '') : '';
    const part = isReferenceObject(choice) ? components[name] : choice;
    if (part === undefined || isReferenceObject(part)) return [];
    const field = part.properties?.type;
    const value = field === undefined || isReferenceObject(field) ? undefined : field.const;
    return typeof value === 'string' ? [[value, part]] : [];
  });
}

/**
 * `examples.ts`: an example of everything that has fields, and of every kind of happening, for `@laurel/sdk/testing`.
 * @throws if a component has no example
 */
export function examplesText(contract: AppRouter, components: Components): string {
  const plain = Object.entries(components).flatMap(([name, schema]): [string, SchemaObject][] =>
    isReferenceObject(schema) ? [] : [[name, schema]],
  );
  const known = { components: Object.fromEntries(plain), ids: idExamplesOf(declaredRoutes(contract)) };
  const things = thingsOf(components, (name) =>
    exampleOf({ $ref: `#/components/schemas/${name}` }, known, { owner: '', field: '' }),
  );
  const happening = components.Happening;
  if (happening === undefined) throw new Error('There is no component Happening.');
  const happenings = variantsOf(happening, components).map(([type, schema]) => {
    const example = exampleOf(schema, known, { owner: 'Happening', field: '' });
    return `  ${JSON.stringify(type)}: ${JSON.stringify(example)},`;
  });
  if (happenings.length === 0) throw new Error('Happening is no choice by its type.');
  return [
    "import type * as types from './types.ts';",
    '',
    '/** An example of each type, by its name. */',
    'export interface Examples {',
    ...things.map(([name]) => `  readonly ${memberName(name)}: types.${name};`),
    '}',
    '',
    'export const examples: Examples = {',
    ...things.map(([name, example]) => `  ${memberName(name)}: ${JSON.stringify(example)},`),
    '};',
    '',
    '/** An example of each kind of happening. */',
    'export const happeningExamples: {',
    "  readonly [Type in types.Happening['type']]: Extract<types.Happening, { type: Type }>;",
    '} = {',
    ...happenings,
    '};',
    '',
  ].join('\n');
}

function answerText({ answer, item, etag, status }: SdkOperation & { etag: boolean; status: string }): string {
  if (answer === undefined) return status;
  return `${status}${item === undefined ? '' : '*'}${etag ? '=' : ''} ${memberName(item ?? answer)}`;
}

function statusOf({ route }: DeclaredRoute): string {
  return Object.keys(route.responses).find((status) => status.startsWith('2')) ?? '200';
}

/** `answers.ts`: what each operation answers with. */
export function answersText(contract: AppRouter, operations: readonly SdkOperation[]): string {
  const placed = new Map(declaredRoutes(contract).map((route) => [route.name, route]));
  const lines = operations.map((operation) => {
    const name = `${operation.context}.${operation.resource}.${operation.verb}`;
    const route = placed.get(name);
    if (route === undefined) throw new Error(`${name} is not in the contract.`);
    const text = answerText({ ...operation, etag: route.meta.etag === true, status: statusOf(route) });
    return `  '${name}': '${operation.method} ${operation.path} ${text}',`;
  });
  return [
    '// A line for each operation: its method, its path, its status, with * where it answers with a page and with = where',
    '// the answer has an ETag, and the example that it answers with.',
    'export const answers = {',
    ...lines,
    '} as const;',
    '',
    '/** The status and the title of each code of a problem. */',
    'export const problemKinds = {',
    ...Object.entries(problems).map(([code, { status, title }]) => `  ${code}: ${JSON.stringify([status, title])},`),
    '} as const;',
    '',
  ].join('\n');
}
