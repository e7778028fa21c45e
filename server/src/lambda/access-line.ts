import { hash } from 'node:crypto';
import { type ProblemCode, problems } from '@laurel/contract';
import { encodeTime } from 'ulid';
import * as z from 'zod';
import type { LineRecord } from '../audit/line.ts';
import { openRecord } from '../audit/record.ts';
import { tenantScope } from '../store/scope.ts';

/** API Gateway writes `-` for what is not there. */
const Text = z.string().transform((text) => (text === '-' ? undefined : text));

/** A line of an API's access log, as far as a record is made of it. */
const AccessLine = z.object({
  requestId: z.string().regex(/^[A-Za-z0-9-]{1,128}$/),
  time: z.string().regex(/^\d{13}$/),
  method: Text,
  resource: Text,
  status: z.string().regex(/^\d{3}$/),
  failure: Text,
});

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The id of the record of a request: the same, however often the line of it comes. */
function recordId(time: number, requestId: string): string {
  const bytes = hash('sha256', requestId, 'buffer').subarray(0, 16);
  return `aud_${encodeTime(time, 10)}${[...bytes].map((byte) => CROCKFORD[byte % 32]).join('')}`;
}

const METHOD = /^[A-Z]{1,10}$/;
const RESOURCE = /^[A-Za-z0-9/{}_-]{1,200}$/;

/**
 * The record of a request that API Gateway answered by itself: a caller whom the authorizer refused, just now or within
 * the time that its answer is kept; one without a token; a path that does not exist; what is too large or too much. Such
 * a request never comes to a function. Nothing where a function has answered, and left a record itself.
 */
export function readAccessLine(tenant: string, message: unknown): LineRecord | undefined {
  const line = AccessLine.safeParse(message);
  if (!line.success || line.data.failure === undefined) return undefined;
  const { requestId, time, method = '', resource = '', status, failure } = line.data;
  const at = Number(time);
  const record = openRecord({
    id: recordId(at, requestId),
    at: new Date(at).toISOString(),
    actor: { kind: 'stranger', id: null, tokenId: null },
    method: METHOD.test(method) ? method : null,
    outcome: Number(status) >= 500 ? 'failed' : 'refused',
    status: Number(status),
    code: codeOf(Number(status)),
    // Which of API Gateway's answers it was, and for which of the API's resources, as they are declared.
    reason: [failure, RESOURCE.test(resource) ? resource : ''].filter((part) => part !== '').join(' '),
    requestId,
  });
  return { scope: tenantScope(tenant), record, alone: false };
}

/** The code that stands for a status where nothing more is known. */
const CODES: Readonly<Record<number, ProblemCode>> = {
  400: 'invalid_request',
  401: 'invalid_token',
  403: 'forbidden',
  404: 'not_found',
  413: 'body_too_large',
  415: 'unsupported_media_type',
  429: 'rate_limited',
  500: 'internal_error',
  503: 'unavailable',
};

function codeOf(status: number): string | null {
  const code = CODES[status];
  return code !== undefined && problems[code].status === status ? code : null;
}
