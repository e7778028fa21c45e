import type { IncomingMessage } from 'node:http';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { MAX_BODY_BYTES } from '../api/gateway-event.ts';
import { type ExternalPlayer, type Principal, toCallerContext } from '../identity/principal.ts';

/** A request's path, taken apart: the tenant that its API belongs to, the path in it, and the query as sent. */
export interface Target {
  readonly tenant: string;
  readonly path: string;
  readonly query: string;
}

/** Takes `/{tenant}/app/v1/…?query` apart. */
export function targetOf(url: string): Target {
  const mark = url.indexOf('?');
  const full = mark === -1 ? url : url.slice(0, mark);
  const slash = full.indexOf('/', 1);
  return {
    tenant: slash === -1 ? full.slice(1) : full.slice(1, slash),
    path: slash === -1 ? '/' : full.slice(slash),
    query: mark === -1 ? '' : url.slice(mark + 1),
  };
}

/**
 * Reads a body as far as it may go, and one byte further where there is more, so that the API refuses it; the rest is
 * read and thrown away, since a caller that is still sending would not see the answer.
 */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    if (size <= MAX_BODY_BYTES) chunks.push(bytes);
    size += bytes.byteLength;
  }
  return Buffer.concat(chunks).subarray(0, MAX_BODY_BYTES + 1);
}

function multiValues(pairs: Iterable<readonly [string, string]>): Record<string, string[]> {
  const values: Record<string, string[]> = Object.create(null);
  for (const [name, value] of pairs) {
    const known = values[name];
    if (known === undefined) values[name] = [value];
    else known.push(value);
  }
  return values;
}

function* rawHeaderPairs(rawHeaders: readonly string[]): Generator<readonly [string, string]> {
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) yield [rawHeaders[at] ?? '', rawHeaders[at + 1] ?? ''];
}

/** The last of each name's values, which is what API Gateway gives beside all of them. */
function lastValues(values: Readonly<Record<string, string[]>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, all]) => [name, all.at(-1) ?? '']));
}

/** The event that API Gateway would make of a request (REST, v1), with the context of its authorizer. */
export function gatewayEvent(
  request: IncomingMessage,
  target: Target,
  body: Buffer,
  principal: Principal | ExternalPlayer | undefined,
): APIGatewayProxyEvent {
  const headers = multiValues(rawHeaderPairs(request.rawHeaders));
  const query = multiValues(new URLSearchParams(target.query));
  const text = body.toString('utf8');
  const isText = Buffer.from(text).equals(body);
  const now = new Date();
  return {
    resource: '/{proxy+}',
    path: target.path,
    httpMethod: request.method ?? 'GET',
    headers: lastValues(headers),
    multiValueHeaders: headers,
    queryStringParameters: lastValues(query),
    multiValueQueryStringParameters: query,
    pathParameters: { proxy: target.path.slice(1) },
    stageVariables: null,
    body: body.byteLength === 0 ? null : isText ? text : body.toString('base64'),
    isBase64Encoded: !isText,
    requestContext: {
      accountId: '000000000000',
      apiId: target.tenant,
      authorizer: principal === undefined ? null : toCallerContext(principal),
      protocol: `HTTP/${request.httpVersion}`,
      httpMethod: request.method ?? 'GET',
      identity: {
        accessKey: null,
        accountId: null,
        apiKey: null,
        apiKeyId: null,
        caller: null,
        clientCert: null,
        cognitoAuthenticationProvider: null,
        cognitoAuthenticationType: null,
        cognitoIdentityId: null,
        cognitoIdentityPoolId: null,
        principalOrgId: null,
        sourceIp: request.socket.remoteAddress ?? '',
        user: null,
        userAgent: request.headers['user-agent'] ?? null,
        userArn: null,
      },
      path: target.path,
      stage: 'local',
      requestId: crypto.randomUUID(),
      requestTime: now.toISOString(),
      requestTimeEpoch: now.getTime(),
      resourceId: 'local',
      resourcePath: '/{proxy+}',
    },
  };
}
