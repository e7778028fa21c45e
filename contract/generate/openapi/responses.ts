import type { HeaderObject, HeadersObject, ResponseObject, SchemaObject } from 'openapi3-ts/oas31';
import { type ProblemCode, problems } from '../../src/index.ts';
import { answersOf, type DeclaredRoute } from '../declared-route.ts';
import { exampleOf } from '../example.ts';
import { possibleProblems } from '../possible-problems.ts';
import { type Components, referredName, type Schemas } from './schemas.ts';

/** Response headers, by their name among the components. */
export const responseHeaders = {
  RequestId: {
    description: 'The id of this request, in the logs as well: quote it when you report a problem.',
    schema: { type: 'string' },
    example: 'req_01JD8QZ4M3V5K7R9T1X3Z5B7D9',
  },
  ETag: {
    description: 'The version of what is answered: send it as If-Match to change it.',
    schema: { type: 'string' },
    example: '"v1"',
  },
  IdempotentReplayed: {
    description: 'There, and `true`, where this is the kept answer to an earlier request with the same key.',
    schema: { type: 'string', const: 'true' },
  },
  RetryAfter: {
    description: 'After how many seconds a repeat makes sense.',
    schema: { type: 'integer', minimum: 0 },
    example: 1,
  },
  RateLimitPolicy: {
    description:
      'The limits that the call is counted in (draft-ietf-httpapi-ratelimit-headers-10): `q` points, which come back within `w` seconds.',
    schema: { type: 'string' },
    example: '"tenant";q=4000;w=10, "workspace";q=3200;w=10, "client";q=2560;w=10',
  },
  RateLimit: {
    description:
      'What is left of each limit: `r` points, and in `t` seconds it is whole again; on 429 the limit that is reached, and when to try again.',
    schema: { type: 'string' },
    example: '"tenant";r=3999;t=1, "workspace";r=3199;t=1, "client";r=2559;t=1',
  },
  WWWAuthenticate: {
    description: 'How to authenticate (RFC 6750).',
    schema: { type: 'string' },
    example: 'Bearer error="invalid_token"',
  },
} as const satisfies Record<string, HeaderObject>;

type ResponseHeader = keyof typeof responseHeaders;

const wireNames: Readonly<Record<ResponseHeader, string>> = {
  RequestId: 'X-Request-Id',
  ETag: 'ETag',
  IdempotentReplayed: 'Idempotent-Replayed',
  RetryAfter: 'Retry-After',
  RateLimitPolicy: 'RateLimit-Policy',
  RateLimit: 'RateLimit',
  WWWAuthenticate: 'WWW-Authenticate',
};

function headersOf(names: readonly ResponseHeader[]): HeadersObject {
  return Object.fromEntries(names.map((name) => [wireNames[name], { $ref: `#/components/headers/${name}` }]));
}

/** The headers of a good answer. */
function answerHeaders({ meta }: DeclaredRoute): ResponseHeader[] {
  return [
    'RequestId',
    'RateLimitPolicy',
    'RateLimit',
    ...(meta.etag === true ? ['ETag' as const] : []),
    ...(meta.idempotency === 'key' ? ['IdempotentReplayed' as const] : []),
  ];
}

/** The headers of an error. */
function problemHeaders(status: number): ResponseHeader[] {
  if (status === 401) return ['RequestId', 'WWWAuthenticate'];
  if (status === 429) return ['RequestId', 'RateLimitPolicy', 'RateLimit', 'RetryAfter'];
  if (status === 503) return ['RequestId', 'RetryAfter'];
  return ['RequestId'];
}

function describe(schema: SchemaObject, components: Components): string {
  const name = schema.$ref === undefined ? undefined : referredName(schema.$ref);
  return schema.description ?? (name === undefined ? undefined : components[name]?.description) ?? 'Done.';
}

/** The good answers of a route, by status. */
export function answersOfOperation(placed: DeclaredRoute, schemas: Schemas): Record<string, ResponseObject> {
  const responses = answersOf(placed).map(({ status, schema }): [string, ResponseObject] => {
    const headers = headersOf(answerHeaders(placed));
    if (schema === undefined) return [`${status}`, { description: 'Done; the answer has no body.', headers }];
    const output = schemas.output(schema);
    const example = exampleOf(output, schemas, { owner: '', field: '' });
    const description = describe(output, schemas.components);
    const type = placed.meta.stream === true ? 'text/event-stream' : 'application/json';
    const csv = placed.meta.csv === undefined ? {} : { 'text/csv': { schema: { type: 'string' as const } } };
    return [`${status}`, { description, headers, content: { [type]: { schema: output, example }, ...csv } }];
  });
  return Object.fromEntries(responses);
}

function pascal(code: string): string {
  return code
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

function problemExample(code: ProblemCode) {
  const { status, title, remedy } = problems[code];
  return {
    type: `https://laurel.dev/problems/${code}`,
    title,
    status,
    code,
    detail: remedy,
    instance: '/',
    requestId: 'req_01JD8QZ4M3V5K7R9T1X3Z5B7D9',
  };
}

/** The answer that carries one of some problems of the same status. */
function problemResponse(status: number, codes: readonly ProblemCode[]): ResponseObject {
  const lines = codes.map((code) => `- \`${code}\`: ${problems[code].title}. ${problems[code].remedy}`);
  return {
    description: lines.join('\n'),
    headers: headersOf(problemHeaders(status)),
    content: {
      'application/problem+json': {
        schema: { $ref: '#/components/schemas/Problem' },
        examples: Object.fromEntries(
          codes.map((code) => [code, { summary: problems[code].title, value: problemExample(code) }]),
        ),
      },
    },
  };
}

/** The errors of a route: for each status, the component's name and the component. */
export function problemsOfOperation(
  placed: DeclaredRoute,
): { status: number; name: string; response: ResponseObject }[] {
  const byStatus = Map.groupBy(possibleProblems(placed), (code) => problems[code].status);
  return [...byStatus]
    .sort(([a], [b]) => a - b)
    .map(([status, codes]) => ({
      status,
      name: codes.map(pascal).join('Or'),
      response: problemResponse(status, codes),
    }));
}
