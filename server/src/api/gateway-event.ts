import type { APIGatewayProxyEvent, APIGatewayProxyEventV2, APIGatewayProxyResult } from 'aws-lambda';
import type { RequestHeaders } from './admission.ts';
import { ProblemError } from './problem.ts';

/** The most bytes that a body may have. */
export const MAX_BODY_BYTES = 256 * 1024;
/** The deepest that JSON may nest. */
export const MAX_JSON_DEPTH = 32;

/** A segment of a path with its escapes undone where the result is harmless, so that `a%3Ab` and `a:b` are one id. */
function plainSegment(segment: string): string {
  if (!segment.includes('%')) return segment;
  try {
    const decoded = decodeURIComponent(segment);
    return /^[A-Za-z0-9_.:-]+$/.test(decoded) && decoded !== '.' && decoded !== '..' ? decoded : segment;
  } catch (error) {
    if (error instanceof URIError) return segment;
    throw error;
  }
}

/** A segment that a URL parser would resolve (dots, also escaped) or drop, or that holds what it would cut or strip. */
const ODD_SEGMENT = /^(?:\.|%2e){0,2}$|[?#\\\s\p{Cc}]/iu;

/**
 * The path as routes are matched on. Dots and empty segments are not resolved as a URL parser would (`//evil/x` would
 * lose its first part): a path that has one matches nothing.
 */
export function plainPath(path: string): string {
  const segments = path.split('/').slice(1);
  const odd = segments.some((segment) => ODD_SEGMENT.test(segment));
  return odd || segments.length === 0 ? '/-' : `/${segments.map(plainSegment).join('/')}`;
}

/** The query of a REST (v1) event, repeated parameters included. */
function queryOf(event: APIGatewayProxyEvent): string {
  const query = new URLSearchParams();
  for (const [name, values] of Object.entries(event.multiValueQueryStringParameters ?? {})) {
    for (const value of values ?? []) query.append(name, value);
  }
  return query.toString();
}

/** Headers by lower-case name; repeated ones joined as RFC 9110, section 5.3 says. */
export function headersOf(event: APIGatewayProxyEvent): Readonly<Record<string, string>> {
  const headers: Record<string, string> = Object.create(null);
  for (const [name, values] of Object.entries(event.multiValueHeaders ?? {})) {
    if (values !== undefined) headers[name.toLowerCase()] = values.join(', ');
  }
  for (const [name, value] of Object.entries(event.headers ?? {})) {
    const key = name.toLowerCase();
    if (value !== undefined && headers[key] === undefined) headers[key] = value;
  }
  return headers;
}

/** Whether JSON text nests deeper than it may, told without parsing it. */
function tooDeep(text: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const char = text.charCodeAt(i);
    if (quoted) {
      if (char === 0x5c) i += 1;
      else if (char === 0x22) quoted = false;
    } else if (char === 0x22) quoted = true;
    else if (char === 0x5b || char === 0x7b) {
      depth += 1;
      if (depth > MAX_JSON_DEPTH) return true;
    } else if (char === 0x5d || char === 0x7d) depth -= 1;
  }
  return false;
}

/** An escape in JSON text: a whole surrogate pair, half of one (which is captured), or any other. */
const ESCAPES = /\\(?:u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|(u[dD][89a-fA-F][\da-fA-F]{2})|.)/gs;

/** Whether JSON text spells half a surrogate pair, which is no text: stored as UTF-8, it would come back as another. */
function spellsHalfPair(text: string): boolean {
  for (const [, half] of text.matchAll(ESCAPES)) if (half !== undefined) return true;
  return false;
}

/** The body as text, or nothing; refuses what is too large, of another type, compressed, no text or too deep. */
export function bodyOf(event: APIGatewayProxyEvent, headers: RequestHeaders): string | undefined {
  if (event.body === null || event.body === '' || event.httpMethod === 'GET' || event.httpMethod === 'HEAD')
    return undefined;
  const bytes = Buffer.from(event.body, event.isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.byteLength > MAX_BODY_BYTES) throw new ProblemError('body_too_large');
  const [type, ...parameters] = (headers.get('content-type') ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  const charset = parameters
    .find((parameter) => parameter.startsWith('charset='))
    ?.slice(8)
    .replaceAll('"', '');
  const encoded = (headers.get('content-encoding') ?? 'identity') !== 'identity';
  if (type !== 'application/json' || (charset !== undefined && charset !== 'utf-8') || encoded) {
    throw new ProblemError('unsupported_media_type');
  }
  const text = textOf(bytes);
  if (tooDeep(text)) throw new ProblemError('malformed_json', `JSON may nest ${MAX_JSON_DEPTH} levels deep.`);
  if (spellsHalfPair(text)) throw new ProblemError('malformed_json', 'The body holds half a surrogate pair.');
  return text;
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) throw new ProblemError('malformed_json', 'The body is not UTF-8.');
    throw error;
  }
}

/**
 * A REST (v1) event in the shape that ts-rest reads without loss: v2, with a plain path, all query parameters, and no
 * header but a JSON content type where there is a body (an empty body would be read as JSON and fail, an empty header
 * would be dropped, and one that is no Latin-1 would throw).
 */
export function toV2(event: APIGatewayProxyEvent, body: string | undefined): APIGatewayProxyEventV2 {
  const path = plainPath(event.path);
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: queryOf(event),
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    isBase64Encoded: false,
    ...(body === undefined ? {} : { body }),
    requestContext: {
      accountId: event.requestContext.accountId,
      apiId: event.requestContext.apiId,
      domainName: event.requestContext.domainName ?? '',
      domainPrefix: event.requestContext.domainPrefix ?? '',
      requestId: event.requestContext.requestId,
      routeKey: '$default',
      stage: event.requestContext.stage,
      time: event.requestContext.requestTime ?? '',
      timeEpoch: event.requestContext.requestTimeEpoch,
      http: {
        method: event.httpMethod === 'HEAD' ? 'GET' : event.httpMethod,
        path,
        protocol: event.requestContext.protocol,
        sourceIp: event.requestContext.identity.sourceIp,
        userAgent: event.requestContext.identity.userAgent ?? '',
      },
    },
  };
}

/** An answer as REST (v1) integrations give it. */
export function toV1Result(
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string,
): APIGatewayProxyResult {
  return { statusCode: status, headers: { ...headers }, body, isBase64Encoded: false };
}
