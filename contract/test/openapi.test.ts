import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { OpenAPIObject, OperationObject } from 'openapi3-ts/oas31';
import { describe, expect, test } from 'vitest';
import { refsIn, resolve } from '../generate/openapi/refs.ts';
import { templateOf } from '../generate/openapi.ts';
import { problems } from '../src/errors.ts';
import { documents, routes } from './all-routes.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const contexts = Object.entries(documents);

interface PlacedOperation {
  readonly method: string;
  readonly path: string;
  readonly operation: OperationObject;
}

function operationsOf(document: OpenAPIObject): PlacedOperation[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    (['get', 'post', 'put', 'patch', 'delete'] as const).flatMap((method) => {
      const operation = item[method];
      return operation === undefined ? [] : [{ method: method.toUpperCase(), path, operation }];
    }),
  );
}

/** Objects without a name that are not an arm of a union, by their place. */
function unnamedObjects(value: unknown, place: string, named: boolean): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const here = 'properties' in value && !named ? [place] : [];
  const inner = Object.entries(value).flatMap(([key, part]) => {
    if (key === 'oneOf' || key === 'anyOf') {
      return Object.entries(part).flatMap(([at, arm]) => unnamedObjects(arm, `${place}/${key}/${at}`, true));
    }
    if (key === 'properties') {
      return Object.entries(part).flatMap(([field, given]) => unnamedObjects(given, `${place}/${field}`, false));
    }
    return key === 'examples' || key === 'default' ? [] : unnamedObjects(part, `${place}/${key}`, false);
  });
  return [...here, ...inner];
}

test.each(contexts)('redocly finds no error in the document of %s', async (context) => {
  const cli = `${root}/node_modules/@redocly/cli/bin/cli.js`;
  const file = `contract/generated/openapi/${context}.json`;
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
  const { stdout } = await promisify(execFile)(process.execPath, [cli, 'lint', '--format=json', file], {
    cwd: root,
    env,
  });
  expect(JSON.parse(stdout)).toMatchObject({ totals: { errors: 0, ignored: 0 } });
});

describe.each(contexts)('%s', (context, document) => {
  const operations = operationsOf(document);

  test('has the operations of the contract, and no others', () => {
    const declared = routes
      .filter(([, placed]) => placed.context === context)
      .map(([, { route, operation }]) => `${operation} ${route.method} ${templateOf(route.path)}`);
    const found = operations.map(({ operation, method, path }) => `${operation.operationId} ${method} ${path}`);
    expect(found.sort()).toEqual(declared.sort());
  });

  test('has something behind every reference', () => {
    const refs = refsIn(document);
    expect(refs.length).toBeGreaterThan(100);
    expect([...new Set(refs)].filter((ref) => resolve(document, ref) === undefined)).toEqual([]);
  });

  test('has a component for every reference, and a reference for every component', () => {
    const { securitySchemes: _schemes, ...sections } = document.components ?? {};
    const refs = new Set(refsIn(document));
    const unused = Object.entries(sections).flatMap(([section, components]) =>
      Object.keys(components).filter((name) => !refs.has(`#/components/${section}/${name}`)),
    );
    expect(unused).toEqual([]);
  });

  test('names every object that is not an arm of a union', () => {
    const unnamed = Object.entries(document.components?.schemas ?? {}).flatMap(([name, schema]) =>
      unnamedObjects(schema, name, true),
    );
    expect(unnamed).toEqual([]);
  });

  test('keeps requests closed and answers open', () => {
    const closed = Object.entries(document.components?.schemas ?? {})
      .filter(([, schema]) => JSON.stringify(schema).includes('"additionalProperties":false'))
      .map(([name]) => `#/components/schemas/${name}`);
    const visited = new Set<string>();
    const visit = (value: unknown): void => {
      for (const ref of refsIn(value)) {
        if (visited.has(ref)) continue;
        visited.add(ref);
        visit(resolve(document, ref));
      }
    };
    for (const { operation } of operations) visit(operation.responses);
    expect(closed.filter((ref) => visited.has(ref))).toEqual([]);
  });

  describe.each(operations.map((placed) => [placed.operation.operationId ?? '', placed] as const))(
    '%s',
    (_id, { operation }) => {
      test('has a named body and named answers, each with an example', () => {
        const bodies = [operation.requestBody, operation.responses?.['200'], operation.responses?.['201']];
        for (const body of bodies.filter((present) => present !== undefined)) {
          const type = operation['x-laurel']?.stream === true ? 'text/event-stream' : 'application/json';
          expect(body.content[type]).toEqual({
            schema: { $ref: expect.stringMatching(/^#\/components\/schemas\/[A-Z]/) },
            example: expect.anything(),
          });
        }
      });

      test('describes every parameter', () => {
        for (const parameter of operation.parameters ?? []) {
          const target = '$ref' in parameter ? resolve(document, parameter.$ref) : parameter;
          expect(target).toMatchObject({ description: expect.stringMatching(/.{4,}/), schema: expect.anything() });
        }
      });

      test('declares its errors as problems, each code under its own status', () => {
        const errors = Object.entries(operation.responses ?? {}).filter(([status]) => Number(status) >= 400);
        expect(errors.length).toBeGreaterThan(5);
        for (const [status, { $ref }] of errors) {
          const content = resolve(document, `${$ref}/content/application~1problem+json`);
          expect(content).toMatchObject({ schema: { $ref: '#/components/schemas/Problem' } });
          const examples = Object.entries(problems).filter(
            ([code]) => resolve(document, `${$ref}/content/application~1problem+json/examples/${code}`) !== undefined,
          );
          expect(examples.length).toBeGreaterThan(0);
          for (const [, kind] of examples) expect(`${kind.status}`).toBe(status);
        }
      });

      test('asks for a scope that the scheme knows', () => {
        const asked = operation.security?.flatMap((requirement) => requirement.oauth2 ?? []) ?? [];
        const isOpen = routes.some(
          ([, { meta, ...placed }]) => placed.operation === operation.operationId && meta.open,
        );
        expect(asked).toHaveLength(isOpen ? 0 : 1);
        if (isOpen) expect(operation.security).toEqual([]);
        for (const flow of ['clientCredentials', 'authorizationCode']) {
          const scopes = resolve(document, `#/components/securitySchemes/oauth2/flows/${flow}/scopes`);
          for (const scope of asked) expect(scopes).toHaveProperty([scope]);
        }
      });
    },
  );
});

test('a name means one shape in all documents', () => {
  const byName = Map.groupBy(
    contexts.flatMap(([, document]) => Object.entries(document.components?.schemas ?? {})),
    ([name]) => name,
  );
  for (const same of byName.values()) {
    for (const [, schema] of same) expect(schema).toEqual(same[0]?.[1]);
  }
});

describe('headers that follow from the metadata', () => {
  const named = (operation: OperationObject) =>
    new Set((operation.parameters ?? []).flatMap((parameter) => ('$ref' in parameter ? [parameter.$ref] : [])));

  test.each(routes)('%s', (_name, { context, operation, route, meta }) => {
    const found = operationsOf(documents[context] ?? { openapi: '', info: { title: '', version: '' } });
    const given = found.find((placed) => placed.operation.operationId === operation)?.operation ?? {};
    const parameters = named(given);
    const takes = (name: string) => parameters.has(`#/components/parameters/${name}`);
    const changing = route.method === 'PUT' || route.method === 'PATCH';
    expect(takes('IdempotencyKey')).toBe(meta.idempotency === 'key');
    expect(takes('IfMatch')).toBe(meta.etag === true && changing);
    expect(takes('ActForUser')).toBe(context === 'app');
    expect(takes('ActForExternalUser')).toBe(context === 'app');
    expect(takes('AcceptLanguage')).toBe(context === 'app' && route.method === 'GET' && meta.stream !== true);
    expect(takes('LastEventId')).toBe(meta.stream === true);
    const answer = given.responses?.['200'] ?? given.responses?.['201'];
    expect('ETag' in answer.headers).toBe(meta.etag === true);
    expect('Idempotent-Replayed' in answer.headers).toBe(meta.idempotency === 'key');
    expect(answer.headers).toHaveProperty('X-Request-Id');
    expect(resolve(documents[context] ?? {}, `${given.responses?.['429'].$ref}/headers/Retry-After`)).toBeDefined();
    if (meta.open === true) return expect(given.responses).not.toHaveProperty('401');
    expect(
      resolve(documents[context] ?? {}, `${given.responses?.['401'].$ref}/headers/WWW-Authenticate`),
    ).toBeDefined();
  });
});
