import { isOpen, isStream, type OpenApiDocument } from './contract.ts';
import { gatewayResponses } from './gateway-responses.ts';

/**
 * How long API Gateway keeps an authorizer's answer, in seconds. What the authorizer is told may be 15 seconds old: after a
 * minute a suspension is felt.
 */
const AUTHORIZER_TTL = 45;
/** The longest that API Gateway waits for the function, in milliseconds. */
const INTEGRATION_TIMEOUT = 12_000;
/** The same for a stream, which lasts 60 seconds. */
const STREAM_TIMEOUT = 75_000;
/** The name of the authorizer in the definition. */
const AUTHORIZER = 'tenant';

/** Documents that anybody may read, without a token: an issuer's keys, and which of its credentials were revoked. */
export const OPEN_PATHS: readonly string[] = [
  '/issuers/{workspace}/did.json',
  '/issuers/{workspace}/revocations/{list}',
];

/** Where the tenant's API clients get their tokens, by their secrets. */
export const TOKEN_PATH = '/oauth2/token';

/** What an API is made of. */
export interface ApiParts {
  readonly title: string;
  readonly documents: readonly OpenApiDocument[];
  /** Where API Gateway calls the functions: `arn:…:lambda:path/2015-03-31/functions/{arn}/invocations`. */
  readonly functionUri: string;
  /** The same for what is streamed: `arn:…:lambda:path/2021-11-15/functions/{arn}/response-streaming-invocations`. */
  readonly streamUri: string;
  readonly authorizerUri: string;
}

/**
 * One API for a tenant, from all documents of the contract. The documents are OpenAPI 3.1, of which API Gateway's
 * import (3.0.1) reads neither the schemas nor some of the words, so they are reduced to what a gateway does: paths,
 * methods, parameters, who is asked and who answers. Bodies are validated by the server, which has the schemas
 * themselves. API Gateway passes on every header and query parameter either way.
 *
 * Open, besides: what strangers need to verify a credential (see {@link OPEN_PATHS}), the token endpoint, and the routes
 * whose metadata says so, since what they take is proof by itself.
 *
 * OPTIONS is open: browsers ask it before they send a token. The function answers it from the routes, without a look at
 * any data.
 */
export function apiDefinition(parts: ApiParts): Record<string, unknown> {
  const integration = {
    type: 'aws_proxy',
    httpMethod: 'POST',
    uri: parts.functionUri,
    passthroughBehavior: 'when_no_match',
    timeoutInMillis: INTEGRATION_TIMEOUT,
  };
  const streaming = {
    ...integration,
    uri: parts.streamUri,
    responseTransferMode: 'STREAM',
    timeoutInMillis: STREAM_TIMEOUT,
  };
  const operation = (parameters: readonly object[], security: readonly object[], answeredBy: object = integration) => ({
    ...(parameters.length === 0 ? {} : { parameters }),
    responses: { 200: { description: 'As the contract says.' } },
    security,
    'x-amazon-apigateway-integration': answeredBy,
  });
  const paths: Record<string, Record<string, object>> = {};
  const pathOf = gatewayPaths();
  for (const document of parts.documents) {
    for (const [declared, methods] of Object.entries(document.paths)) {
      const path = pathOf(declared);
      if (paths[path] !== undefined) throw new Error(`two documents have the path ${declared}`);
      const inPath = pathParametersOf(path);
      const operations = Object.entries(methods).map(([method, { parameters }]): [string, object] => [
        method,
        operation(
          [...inPath, ...parametersOf(document, parameters)],
          isOpen(method, declared) ? [] : [{ [AUTHORIZER]: [] }],
          isStream(method, declared) ? streaming : integration,
        ),
      ]);
      paths[path] = { ...Object.fromEntries(operations), options: operation(inPath, []) };
    }
  }
  for (const path of OPEN_PATHS) paths[path] = { get: operation(pathParametersOf(path), []) };
  paths[TOKEN_PATH] = { post: operation([], []) };
  return {
    openapi: '3.0.1',
    info: { title: parts.title, version: parts.documents[0]?.info.version ?? '' },
    paths,
    components: { securitySchemes: { [AUTHORIZER]: securityScheme(parts.authorizerUri) } },
    'x-amazon-apigateway-gateway-responses': gatewayResponses(),
  };
}

/**
 * Names the variables of paths as API Gateway takes them: one for all that stand at the same place ("A sibling of this resource
 * already has a variable path part"), and none twice in a path. The function reads the path itself, so it is of no matter
 * what they are called.
 */
function gatewayPaths(): (declared: string) => string {
  const known = new Map<string, string>();
  return (declared) => {
    const parts: string[] = [];
    for (const part of declared.split('/').slice(1)) {
      const above = parts.join('/');
      const own = parts.includes(part) ? part.replace('}', `${parts.length}}`) : part;
      const named = part.startsWith('{') ? (known.get(above) ?? own) : part;
      if (part.startsWith('{')) known.set(above, named);
      parts.push(named);
    }
    return `/${parts.join('/')}`;
  };
}

/**
 * The tenant's own authorizer. Of the type `request`, since a `token` authorizer would not see a second Authorization
 * header. Its answers are kept by that header, for the whole API: what a caller may do is decided per call, by the
 * policies.
 */
function securityScheme(authorizerUri: string): object {
  return {
    type: 'apiKey',
    name: 'Authorization',
    in: 'header',
    'x-amazon-apigateway-authtype': 'custom',
    'x-amazon-apigateway-authorizer': {
      type: 'request',
      identitySource: 'method.request.header.Authorization',
      authorizerUri,
      authorizerResultTtlInSeconds: AUTHORIZER_TTL,
    },
  };
}

type Parameters = OpenApiDocument['paths'][string][string]['parameters'];

/** The parameters of an operation, but for those of its path. None is demanded: what is missing is the server's to say, as a problem. */
function parametersOf(document: OpenApiDocument, parameters: Parameters): object[] {
  return parameters.flatMap((given) => {
    const parameter = '$ref' in given ? document.components.parameters?.[given.$ref.split('/').at(-1) ?? ''] : given;
    if (parameter === undefined || '$ref' in parameter) throw new Error('a parameter refers to nothing');
    if (parameter.in === 'path') return [];
    return [{ name: parameter.name, in: parameter.in, required: false, schema: { type: 'string' } }];
  });
}

function pathParametersOf(path: string): object[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}
