import { type ProblemCode, problems } from '@laurel/contract';
import { ProblemError, problemBody } from '@laurel/server/api/problem';

/**
 * What API Gateway answers by itself, as problems of the contract. A path or method that does not exist is
 * `MISSING_AUTHENTICATION_TOKEN` to API Gateway, and 404 to everybody else. What it may be short of (an authorizer that
 * throws `Unavailable` included) is 503, never a reason for a client to throw its token away.
 */
export const codes = {
  ACCESS_DENIED: 'forbidden',
  API_CONFIGURATION_ERROR: 'internal_error',
  AUTHORIZER_CONFIGURATION_ERROR: 'unavailable',
  AUTHORIZER_FAILURE: 'unavailable',
  BAD_REQUEST_BODY: 'invalid_request',
  BAD_REQUEST_PARAMETERS: 'invalid_request',
  DEFAULT_4XX: 'invalid_request',
  DEFAULT_5XX: 'internal_error',
  EXPIRED_TOKEN: 'invalid_token',
  INTEGRATION_FAILURE: 'unavailable',
  INTEGRATION_TIMEOUT: 'unavailable',
  INVALID_API_KEY: 'forbidden',
  INVALID_SIGNATURE: 'invalid_token',
  MISSING_AUTHENTICATION_TOKEN: 'not_found',
  QUOTA_EXCEEDED: 'rate_limited',
  REQUEST_TOO_LARGE: 'body_too_large',
  RESOURCE_NOT_FOUND: 'not_found',
  THROTTLED: 'rate_limited',
  UNAUTHORIZED: 'invalid_token',
  UNSUPPORTED_MEDIA_TYPE: 'unsupported_media_type',
  WAF_FILTERED: 'forbidden',
} as const satisfies Record<string, ProblemCode>;

const REQUEST_ID = '$context.requestId';

/** Static header values stand in quotes of their own. */
const quoted = (value: string): string => `'${value}'`;

function headersOf(code: ProblemCode): Record<string, string> {
  const headers: Record<string, string> = {
    'content-type': quoted('application/problem+json'),
    'cache-control': quoted('no-store'),
    'access-control-allow-origin': quoted('*'),
    'x-content-type-options': quoted('nosniff'),
    'x-request-id': 'context.requestId',
    ...(code === 'invalid_token' ? { 'www-authenticate': quoted('Bearer error="invalid_token"') } : {}),
    ...(code === 'unavailable' || code === 'rate_limited' ? { 'retry-after': quoted('5') } : {}),
  };
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [`gatewayresponse.header.${name}`, value]));
}

/**
 * The `x-amazon-apigateway-gateway-responses` of an API. API Gateway puts variables into the text as they are, so only
 * its own request id is used: a path is the caller's to write, and could end the JSON. It is the `instance` as well,
 * which may be any URI of the occurrence (RFC 9457, 3.1.5).
 */
export function gatewayResponses(): Record<string, object> {
  const responses = Object.entries(codes).map(([type, code]) => {
    const body = problemBody(new ProblemError(code), { path: `urn:uuid:${REQUEST_ID}`, requestId: REQUEST_ID });
    return [
      type,
      {
        statusCode: String(problems[code].status),
        responseParameters: headersOf(code),
        // The key is chosen by the caller's Accept header; this one is what API Gateway takes where none fits.
        responseTemplates: { 'application/json': JSON.stringify(body) },
      },
    ];
  });
  return Object.fromEntries(responses);
}
