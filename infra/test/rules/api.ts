import { problems } from '@laurel/contract';
import { routes } from '../../src/contract.ts';
import { type Operation, resourcesOf, type Shapes, type Templates } from '../templates.ts';

/** How many resources an API may have once its quota is raised as infra's README says; 300 at first. */
const MOST_RESOURCES = 500;

type Body = Shapes['AWS::ApiGateway::RestApi']['Body'];

/** What is no route of the contract: documents that anybody reads, and where a client's secret is good for a token. */
const besides: readonly string[] = [
  'GET /issuers/{workspace}/did.json',
  'GET /issuers/{workspace}/revocations/{list}',
  'POST /oauth2/token',
];

/** What asks for no access token, and nothing else: written down here a second time. */
const open: readonly string[] = [...besides, 'POST /dashboard/v1/invitations/accept'];

/** What every route of the contract is at the gateway: `GET /app/v1/missions/{id}`; and what is besides. */
const wanted: readonly string[] = [
  ...routes.map(({ route }) => `${route.method} ${route.path.replace(/:(\w+)/g, '{$1}')}`),
  ...besides,
].sort();

/** What is answered with a stream, written down a second time; how long it lasts, in milliseconds. */
const streamed: readonly string[] = ['GET /app/v1/live'];
const STREAM_LASTS = 60_000;

function* operationsOf(body: Body) {
  for (const [path, methods] of Object.entries(body.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      yield { name: `${method.toUpperCase()} ${path}`, path, method, operation };
    }
  }
}

/** An operation without the names of its path's variables, which the gateway need not have from the contract. */
function shapeOf(name: string): string {
  return name.replace(/\{\w+\}/g, '{}');
}

/** What is wrong with which operations there are, who is asked before them, and who answers. */
export function operationFaults(templates: Templates): string[] {
  return resourcesOf(templates, 'AWS::ApiGateway::RestApi').flatMap(({ stack, resource }) => {
    const { Body: body } = resource.Properties;
    const all = [...operationsOf(body)];
    const called = all.filter(({ method }) => method !== 'options');
    const shapes = called.map(({ name }) => shapeOf(name));
    const wantedShapes = wanted.map(shapeOf);
    const faults = [
      ...wanted.filter((name) => !shapes.includes(shapeOf(name))).map((name) => `${name} is missing`),
      ...called
        .filter(({ name }) => !wantedShapes.includes(shapeOf(name)))
        .map(({ name }) => `${name} is not of the contract`),
      ...called
        .filter(
          ({ name, operation }) =>
            JSON.stringify(operation.security) !== (open.includes(name) ? '[]' : '[{"tenant":[]}]'),
        )
        .map(({ name }) => `${name} does not ask whom it should`),
      ...all
        .filter(
          ({ name, operation }) => !streamed.includes(name) && !isProxy(operation['x-amazon-apigateway-integration']),
        )
        .map(({ name }) => `${name} is not passed on to the API's function`),
      ...all
        .filter(
          ({ name, operation }) =>
            streamed.includes(name) && !isStreamed(operation['x-amazon-apigateway-integration'], templates, stack),
        )
        .map(({ name }) => `${name} is not streamed`),
      ...all
        .filter(({ path, operation }) => !namesParameters(path, operation))
        .map(({ name }) => `${name}: parameters`),
    ];
    return [...faults, ...authorizerFaults(body), ...importFaults(body)].map((fault) => `${stack}: ${fault}`);
  });
}

function isProxy(integration: Operation['x-amazon-apigateway-integration']): boolean {
  return (
    integration?.type === 'aws_proxy' &&
    integration.httpMethod === 'POST' &&
    integration.responseTransferMode === undefined &&
    /:lambda:path\/2015-03-31\/.*"ApiFunction.*\/invocations"/.test(JSON.stringify(integration.uri))
  );
}

/** Streamed by the function that does so, and waited for longer than a stream lasts, by API Gateway and by Lambda. */
function isStreamed(
  integration: Operation['x-amazon-apigateway-integration'],
  templates: Templates,
  stack: string,
): boolean {
  const [live] = resourcesOf(templates, 'AWS::Lambda::Function').filter(
    (found) => found.stack === stack && found.id.startsWith('LiveFunction'),
  );
  return (
    integration?.type === 'aws_proxy' &&
    integration.httpMethod === 'POST' &&
    integration.responseTransferMode === 'STREAM' &&
    integration.timeoutInMillis > STREAM_LASTS &&
    (live?.resource.Properties.Timeout ?? 0) * 1000 > integration.timeoutInMillis &&
    /:lambda:path\/2021-11-15\/.*"LiveFunction.*\/response-streaming-invocations"/.test(JSON.stringify(integration.uri))
  );
}

function namesParameters(path: string, { parameters = [] }: Operation): boolean {
  const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  const given = parameters.filter((one) => one.in === 'path' && one.required).map(({ name }) => name);
  return JSON.stringify(given) === JSON.stringify(named);
}

function authorizerFaults(body: Body): string[] {
  const { tenant, ...others } = body.components.securitySchemes;
  const authorizer = tenant?.['x-amazon-apigateway-authorizer'];
  const ttl = authorizer?.authorizerResultTtlInSeconds;
  return [
    ...Object.keys(others).map((name) => `there is a second authorizer, ${name}`),
    ...(JSON.stringify(authorizer?.authorizerUri ?? '').includes('"AuthorizerFunction')
      ? []
      : ['the authorizer is another function']),
    ...(authorizer?.type === 'request' ? [] : ['a token authorizer does not see a second Authorization header']),
    ...(authorizer?.identitySource === 'method.request.header.Authorization'
      ? []
      : ['answers are kept by something else']),
    // API Gateway keeps answers for 300 s where nothing is said.
    ...(ttl !== undefined && ttl >= 0 && ttl <= 60 ? [] : ['a suspension takes more than 60 s to be felt']),
  ];
}

/** API Gateway imports OpenAPI 3.0.1. */
function importFaults(body: Body): string[] {
  const text = JSON.stringify(body.paths);
  return [
    ...(body.openapi === '3.0.1' ? [] : [`OpenAPI ${body.openapi} is not imported`]),
    ...(/"\$ref"|"requestBody"/.test(text) ? ['there are schemas, which may be of OpenAPI 3.1'] : []),
    ...variableFaults(Object.keys(body.paths)),
    ...(resourcesIn(Object.keys(body.paths)).size <= MOST_RESOURCES ? [] : ['more resources than infra asks for']),
  ];
}

/** The resources that API Gateway makes of paths: one for each of their parts. */
function resourcesIn(paths: readonly string[]): Set<string> {
  const parts = paths.map((path) => path.split('/'));
  return new Set(parts.flatMap((own) => own.slice(1).map((_, index) => own.slice(0, index + 2).join('/'))));
}

/** API Gateway takes one variable below each resource, and no name twice in a path. */
function variableFaults(paths: readonly string[]): string[] {
  const resources = [...resourcesIn(paths)].filter((resource) => resource.endsWith('}'));
  const above = Map.groupBy(resources, (resource) => resource.slice(0, resource.lastIndexOf('/')));
  const twice = paths.filter((path) => {
    const names = path.match(/\{\w+\}/g) ?? [];
    return new Set(names).size < names.length;
  });
  return [
    ...[...above].filter(([, own]) => own.length > 1).map(([path]) => `below ${path} are several variables`),
    ...twice.map((path) => `${path} has a variable twice`),
  ];
}

/** What is wrong with the answers that API Gateway gives by itself. */
export function gatewayResponseFaults(templates: Templates): string[] {
  return resourcesOf(templates, 'AWS::ApiGateway::RestApi').flatMap(({ resource }) => {
    const responses = resource.Properties.Body['x-amazon-apigateway-gateway-responses'];
    return [
      ...['DEFAULT_4XX', 'DEFAULT_5XX'].filter((type) => !(type in responses)).map((type) => `${type} is missing`),
      ...Object.entries(responses).flatMap(([type, { statusCode, responseParameters, responseTemplates }]) => {
        const text = Object.values(responseTemplates).join('');
        const body: { code: keyof typeof problems; status: number } = JSON.parse(text);
        const header = (name: string) => responseParameters[`gatewayresponse.header.${name}`];
        return [
          ...(header('content-type') === "'application/problem+json'" ? [] : [`${type} is no problem+json`]),
          ...(problems[body.code]?.status === Number(statusCode) && body.status === Number(statusCode)
            ? []
            : [`${type} has the status of another problem`]),
          ...(/\$(?!context\.requestId\b)/.test(text) ? [`${type} puts in what a caller may have written`] : []),
        ];
      }),
    ];
  });
}
