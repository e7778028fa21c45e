import { randomUUID } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { ServiceError } from './errors.ts';

/** An HTTP request as far as the protocol looks at it. */
export interface WireRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface WireResponse {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
}

/** What a request asks for: the operation's name on the wire, and its JSON. */
export interface Call {
  readonly target: string;
  readonly data: object;
}

/** The namespaces that the service puts before the names of its errors. */
const namespaces: Readonly<Record<string, string>> = {
  ValidationException: 'com.amazon.coral.validate',
  SerializationException: 'com.amazon.coral.service',
  UnknownOperationException: 'com.amazon.coral.service',
};

/**
 * Reads a request of the AWS JSON 1.0 protocol.
 * @throws SerializationException if the body is not a JSON object
 */
export function readCall({ headers, body }: WireRequest): Call {
  const data = parse(bodyText(body));
  if (typeof data !== 'object' || data === null || Array.isArray(data)) throw notSerializable('Not a JSON object');
  return { target: header(headers, 'x-amz-target') ?? '', data };
}

function header(headers: WireRequest['headers'], name: string): string | undefined {
  return headers[name] ?? Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
}

function bodyText(body: unknown): string {
  if (typeof body === 'string') return body;
  if (body instanceof Uint8Array) return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
  throw notSerializable('The body of the request must be text or bytes');
}

function parse(text: string): unknown {
  try {
    // The one name that a plain object cannot hold as data without changing what it inherits.
    return text.includes('"__proto__"') ? JSON.parse(text, refusePrototype) : JSON.parse(text);
  } catch (error) {
    throw error instanceof ServiceError ? error : notSerializable('The body of the request is not JSON');
  }
}

function refusePrototype(key: string, value: unknown): unknown {
  if (key === '__proto__') throw notSerializable('The name __proto__ is not supported by this engine');
  return value;
}

function notSerializable(message: string): ServiceError {
  return new ServiceError('SerializationException', message);
}

export function unknownOperation(): ServiceError {
  return new ServiceError('UnknownOperationException', 'The operation is not known');
}

export function success(result: object): WireResponse {
  return response(200, result);
}

export function failure({ name, message, members, statusCode }: ServiceError): WireResponse {
  const type = `${namespaces[name] ?? 'com.amazonaws.dynamodb.v20120810'}#${name}`;
  return response(statusCode, { __type: type, message, ...members });
}

function response(statusCode: number, content: object): WireResponse {
  const body = Buffer.from(JSON.stringify(content));
  const headers = {
    'content-type': 'application/x-amz-json-1.0',
    'content-length': String(body.length),
    'x-amz-crc32': String(crc32(body)),
    'x-amzn-requestid': randomUUID(),
  };
  return { statusCode, headers, body };
}
