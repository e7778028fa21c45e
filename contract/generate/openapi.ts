import type { AppRouter } from '@ts-rest/core';
import { type OpenAPIObject, OpenApiBuilder, type OperationObject, type TagObject } from 'openapi3-ts/oas31';
import manifest from '../package.json' with { type: 'json' };
import { type Generator, jsonText, type OpenApiDocuments } from './artefacts.ts';
import { answersOf, bodyOf, type DeclaredRoute, declaredRoutes, resourceOf } from './declared-route.ts';
import { exampleOf } from './example.ts';
import { type IdExamples, idExamplesOf } from './id-examples.ts';
import { headerParameters, headerParametersOf, parametersOf } from './openapi/parameters.ts';
import { answersOfOperation, problemsOfOperation, responseHeaders } from './openapi/responses.ts';
import { referredName, type Schemas, schemasOf } from './openapi/schemas.ts';
import { securityOf, securitySchemes } from './openapi/security.ts';
import { withoutUnused } from './openapi/unused.ts';

const about: Readonly<Record<string, { title: string; description: string }>> = {
  app: {
    title: 'Laurel: app API',
    description: "For players' clients, and for backends that act for one player at a time.",
  },
  dashboard: {
    title: 'Laurel: dashboard API',
    description: 'For operators and backends: definitions, users, events and credentials of one workspace.',
  },
  platform: {
    title: 'Laurel: platform API',
    description: 'For whoever runs Laurel, and for owners of a tenant: tenants and workspaces.',
  },
};

const servers = [
  {
    url: 'http://127.0.0.1:8787/{tenant}',
    description: 'The whole platform on your own machine.',
    variables: { tenant: { default: 'demo', description: "The tenant's slug." } },
  },
  {
    url: 'https://{tenant}.{cell}.{domain}',
    description: "An installation: every tenant has a base URL of its own, in the cell that holds the tenant's data.",
    variables: {
      tenant: { default: 'acme', description: "The tenant's slug." },
      cell: { default: 'eu', description: 'The cell that the tenant lives in.' },
      domain: { default: 'api.example.com', description: 'The domain of the installation.' },
    },
  },
];

/** The path as OpenAPI writes it: `/missions/{id}`. */
export function templateOf(path: string): string {
  return path.replace(/:([A-Za-z]\w*)/g, '{$1}');
}

function words(resource: string): string {
  const spaced = resource.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

/** What a route's answer is, in a sentence; of a page, what its items are. */
function answerDescription(placed: DeclaredRoute, schemas: Schemas): string | undefined {
  const schema = answersOf(placed)[0]?.schema;
  if (schema === undefined) return undefined;
  const { components } = schemas;
  const named = (ref: string | undefined) => components[referredName(ref ?? '') ?? ''];
  const answer = named(schemas.output(schema).$ref);
  const items = answer?.properties?.items;
  const item = items !== undefined && 'items' in items ? named(items.items?.$ref) : undefined;
  return (item ?? answer)?.description;
}

/** A tag for each resource, described by what its routes answer with: `get` before any other. */
function tagsOf(routes: readonly DeclaredRoute[], schemas: Schemas): TagObject[] {
  return [...Map.groupBy(routes, resourceOf)].map(([name, own]) => {
    const telling = own.find(({ operation }) => operation.endsWith('.get')) ?? own[0];
    const description = telling === undefined ? undefined : answerDescription(telling, schemas);
    return { name, 'x-displayName': words(name), description: description ?? words(name) };
  });
}

function requestBody(placed: DeclaredRoute, schemas: Schemas): Pick<OperationObject, 'requestBody'> {
  const body = bodyOf(placed);
  if (body === undefined) return {};
  const schema = schemas.input(body);
  const example = exampleOf(schema, schemas, { owner: '', field: '' });
  return { requestBody: { required: true, content: { 'application/json': { schema, example } } } };
}

function operationOf(placed: DeclaredRoute, schemas: Schemas): OperationObject {
  const { route, meta } = placed;
  const problems = problemsOfOperation(placed).map(({ status, name }): [string, { $ref: string }] => [
    `${status}`,
    { $ref: `#/components/responses/${name}` },
  ]);
  return {
    operationId: placed.operation,
    tags: [resourceOf(placed)],
    ...(route.summary === undefined ? {} : { summary: route.summary }),
    ...(route.description === undefined ? {} : { description: route.description }),
    ...(route.deprecated === true ? { deprecated: true } : {}),
    parameters: parametersOf(placed, schemas),
    ...requestBody(placed, schemas),
    responses: { ...answersOfOperation(placed, schemas), ...Object.fromEntries(problems) },
    security: securityOf(placed),
    'x-laurel': meta,
  };
}

function addComponents(builder: OpenApiBuilder, routes: readonly DeclaredRoute[], schemas: Schemas): void {
  for (const name of new Set(routes.flatMap(headerParametersOf))) builder.addParameter(name, headerParameters[name]);
  for (const { name, response } of routes.flatMap(problemsOfOperation)) builder.addResponse(name, response);
  for (const [name, header] of Object.entries(responseHeaders)) builder.addHeader(name, header);
  for (const [name, schema] of Object.entries(schemas.components)) builder.addSchema(name, schema);
  for (const [name, scheme] of Object.entries(securitySchemes(routes))) builder.addSecurityScheme(name, scheme);
}

function documentOf(context: string, routes: readonly DeclaredRoute[], ids: IdExamples): OpenAPIObject {
  const info = about[context];
  if (info === undefined) throw new Error(`The context ${context} has no title: name it in the generator of OpenAPI.`);
  const schemas = schemasOf(routes, ids);
  const builder = OpenApiBuilder.create({ openapi: '3.1.1', info: { ...info, version: manifest.version }, paths: {} });
  builder.addInfo({
    ...info,
    version: manifest.version,
    license: { name: 'Apache License 2.0', identifier: manifest.license },
  });
  for (const server of servers) builder.addServer(server);
  for (const tag of tagsOf(routes, schemas)) builder.addTag(tag);
  for (const [path, onPath] of Map.groupBy(routes, ({ route }) => templateOf(route.path))) {
    builder.addPath(
      path,
      Object.fromEntries(onPath.map((placed) => [placed.route.method.toLowerCase(), operationOf(placed, schemas)])),
    );
  }
  addComponents(builder, routes, schemas);
  return withoutUnused(builder.getSpec());
}

/** The OpenAPI 3.1 document of each context of the contract. */
export function openApiDocuments(contract: AppRouter): OpenApiDocuments {
  const all = declaredRoutes(contract);
  const ids = idExamplesOf(all);
  const byContext = Map.groupBy(all, ({ context }) => context);
  return Object.fromEntries([...byContext].map(([context, routes]) => [context, documentOf(context, routes, ids)]));
}

/** `contract/generated/openapi/{context}.json`. */
export const openApi: Generator = {
  name: 'openapi',
  folders: ['contract/generated/openapi'],
  generate: (_contract, documents) =>
    Object.fromEntries(
      Object.entries(documents).map(([context, document]) => [
        `contract/generated/openapi/${context}.json`,
        jsonText(document),
      ]),
    ),
};
