import type { AppRouter } from '@ts-rest/core';
import type {
  OpenAPIObject,
  OperationObject,
  ParameterObject,
  ReferenceObject,
  ResponseObject,
  SchemaObject,
} from 'openapi3-ts/oas31';
import type { OpenApiDocuments } from '../artefacts.ts';
import { type DeclaredRoute, declaredRoutes, demandsIfMatch } from '../declared-route.ts';

/** What the SDK has to know of one route. */
export interface SdkOperation {
  readonly context: string;
  readonly resource: string;
  readonly verb: string;
  readonly method: string;
  /** With `:name` for parameters. */
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  /** The names of the path's parameters, in the order of the path. */
  readonly params: readonly string[];
  readonly query: readonly ParameterObject[];
  /** The name of the type of its query: `DashboardMissionsListQuery`. */
  readonly queryName: string;
  /** The component that it takes as a body. */
  readonly body: string | undefined;
  /** The component that it answers with; nothing for an answer without a body. */
  readonly answer: string | undefined;
  /** The component in the pages of a list. */
  readonly item: string | undefined;
  readonly idempotency: DeclaredRoute['meta']['idempotency'];
  readonly ifMatch: boolean;
  /** Whether it answers with server-sent events, each of which carries the answer. */
  readonly stream: boolean;
  /** Whether it goes away some day; its description says what to use instead. */
  readonly deprecated: boolean;
}

function isReference(value: object): value is ReferenceObject {
  return '$ref' in value;
}

function componentName(place: string, schema: SchemaObject | ReferenceObject | undefined): string {
  const name = /^#\/components\/schemas\/(\w+)$/.exec(schema?.$ref ?? '')?.[1];
  if (name === undefined) throw new Error(`${place} has no named schema: give it an id by .meta({ id }).`);
  return name;
}

function operationIn(document: OpenAPIObject | undefined, { name, route }: DeclaredRoute): OperationObject {
  const path = document?.paths?.[route.path.replace(/:(\w+)/g, '{$1}')];
  const operation = {
    GET: path?.get,
    POST: path?.post,
    PUT: path?.put,
    PATCH: path?.patch,
    DELETE: path?.delete,
  }[route.method];
  if (operation === undefined) throw new Error(`${name} is missing in the OpenAPI document of its context.`);
  return operation;
}

function answerOf(name: string, operation: OperationObject): string | undefined {
  const good = Object.entries(operation.responses ?? {}).filter(([status]) => status.startsWith('2'));
  const [only, ...more] = good;
  if (only === undefined || more.length > 0) throw new Error(`${name} needs exactly one good answer.`);
  const response: ResponseObject | ReferenceObject = only[1];
  if (isReference(response)) throw new Error(`${name}: its good answer must stand in the operation itself.`);
  if (response.content === undefined) return undefined;
  const content = response.content['application/json'] ?? response.content['text/event-stream'];
  return componentName(`${name}'s answer`, content?.schema);
}

/** The item of a page: a component with `items` and `nextCursor`. */
function itemOf(document: OpenAPIObject | undefined, answer: string | undefined): string | undefined {
  const component = document?.components?.schemas?.[answer ?? ''];
  if (component === undefined || isReference(component)) return undefined;
  const { items, nextCursor } = component.properties ?? {};
  if (items === undefined || nextCursor === undefined || isReference(items)) return undefined;
  return componentName(`${answer}.items`, items.items);
}

function pascal(...words: readonly string[]): string {
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

function sdkOperation(placed: DeclaredRoute, document: OpenAPIObject | undefined): SdkOperation {
  const { context, name, route, meta } = placed;
  const [resource, verb, ...deeper] = placed.operation.split('.');
  if (resource === undefined || verb === undefined || deeper.length > 0) {
    throw new Error(`${name}: the SDK's methods are {resource}.{verb}.`);
  }
  const operation = operationIn(document, placed);
  const { requestBody } = operation;
  if (requestBody !== undefined && isReference(requestBody)) throw new Error(`${name}: its body is a reference.`);
  const answer = answerOf(name, operation);
  return {
    context,
    resource,
    verb,
    method: route.method,
    path: route.path,
    summary: route.summary ?? '',
    description: route.description ?? '',
    params: [...route.path.matchAll(/:(\w+)/g)].map(([, param = '']) => param),
    query: (operation.parameters ?? []).filter(
      (parameter): parameter is ParameterObject => !isReference(parameter) && parameter.in === 'query',
    ),
    queryName: pascal(context, resource, verb, 'Query'),
    body:
      requestBody === undefined
        ? undefined
        : componentName(`${name}'s body`, requestBody.content['application/json']?.schema),
    answer,
    item: itemOf(document, answer),
    idempotency: meta.idempotency,
    ifMatch: demandsIfMatch(placed),
    stream: meta.stream === true,
    deprecated: route.deprecated === true,
  };
}

/** Every route of the contract as the SDK sees it, in the order of declaration. */
export function sdkOperations(contract: AppRouter, documents: OpenApiDocuments): SdkOperation[] {
  return declaredRoutes(contract).map((placed) => sdkOperation(placed, documents[placed.context]));
}
