import type {
  APIGatewayAuthorizerResult,
  APIGatewayRequestAuthorizerEvent,
  APIGatewayTokenAuthorizerEvent,
} from 'aws-lambda';
import type { Authorize } from './authorizer.ts';
import { type ExternalPlayer, type Principal, toCallerContext } from './principal.ts';
import { reachOf } from './reach.ts';

type AuthorizerEvent = APIGatewayRequestAuthorizerEvent | APIGatewayTokenAuthorizerEvent;

/**
 * A tenant's authorizer as API Gateway (REST) calls it. API Gateway keeps a policy for all routes of the API, so the
 * policy says all that a caller of this kind and role may ever reach of this tenant's API ({@link reachOf}), whichever
 * route was asked for first; what they may do there is decided per call by the policies.
 *
 * How a refusal leaves:
 * - 401 throws exactly `Unauthorized`, the one text that API Gateway answers with 401, and keeps nothing.
 * - 403 is a Deny policy, kept like an Allow; its context has the `code` for the gateway's `ACCESS_DENIED` response.
 * - 503 throws `Unavailable`. API Gateway makes that its `AUTHORIZER_FAILURE` or `AUTHORIZER_CONFIGURATION_ERROR`
 *   response (500 unless said), which the API's `x-amazon-apigateway-gateway-responses` must set to 503 with
 *   `Retry-After`. Neither `Unauthorized` nor a Deny would do: the first makes good clients throw good tokens away,
 *   the second would be kept for the cache's whole time after the issuer is back.
 *
 * @throws Error `Unauthorized` or `Unavailable`
 */
export function gatewayAuthorizer(
  authorize: Authorize,
  log: (entry: { readonly status: number; readonly code: string; readonly reason: string }) => void,
): (event: AuthorizerEvent) => Promise<APIGatewayAuthorizerResult> {
  return async (event) => {
    const result = await authorize(authorizationOf(event));
    if (result.kind === 'allowed') return allow(event.methodArn, result.principal);
    const { status, code, reason } = result;
    log({ status, code, reason });
    if (status === 401) throw new Error('Unauthorized');
    if (status === 503) throw new Error('Unavailable');
    return policy(event.methodArn, 'Deny', 'refused', { code });
  };
}

/**
 * The one `Authorization` of a request. Sent twice, in whatever spelling, the values are joined as HTTP does (RFC
 * 9110, 5.3), which is no token: the authorizer refuses it, instead of picking one.
 */
function authorizationOf(event: AuthorizerEvent): string | undefined {
  if (event.type === 'TOKEN') return event.authorizationToken;
  const many = Object.entries(event.multiValueHeaders ?? {}).flatMap(([name, values]) => fieldsOf(name, values ?? []));
  const one = Object.entries(event.headers ?? {}).flatMap(([name, value]) => fieldsOf(name, value ? [value] : []));
  return joinAuthorization(many.length > 0 ? many : one);
}

function fieldsOf(name: string, values: readonly string[]): readonly string[] {
  return name.toLowerCase() === 'authorization' ? values : [];
}

function joinAuthorization(values: readonly string[]): string | undefined {
  return values.length === 0 ? undefined : values.join(', ');
}

/**
 * The one `Authorization` of Node's `req.rawHeaders`, by the same rule; Node's `req.headers` would keep the first of
 * two and drop the other.
 */
export function authorizationOfRawHeaders(rawHeaders: readonly string[]): string | undefined {
  return joinAuthorization(
    rawHeaders.flatMap((name, at) => (at % 2 === 0 ? fieldsOf(name, rawHeaders.slice(at + 1, at + 2)) : [])),
  );
}

function allow(methodArn: string, caller: Principal | ExternalPlayer): APIGatewayAuthorizerResult {
  // What a tenant calls a person is personal, and this name stands in logs.
  const id = caller.kind === 'external' ? caller.kind : `${caller.kind}:${caller.subject}`;
  return policy(methodArn, 'Allow', id, toCallerContext(caller), reachOf(caller));
}

function policy(
  methodArn: string,
  effect: 'Allow' | 'Deny',
  principalId: string,
  context: Record<string, string>,
  reach: readonly string[] = ['*'],
): APIGatewayAuthorizerResult {
  const api = apiOf(methodArn);
  const statement = {
    Action: 'execute-api:Invoke',
    Effect: effect,
    Resource: reach.map((part) => `${api}/${part}`),
  };
  return { principalId, policyDocument: { Version: '2012-10-17', Statement: [statement] }, context };
}

/** `arn:aws:execute-api:{region}:{account}:{api}/{stage}/GET/x` -> that API's stage. */
function apiOf(methodArn: string): string {
  const api = /^arn:[a-z-]+:execute-api:[a-z0-9-]+:\d{12}:[a-z0-9]+\/[A-Za-z0-9_-]+(?=\/)/.exec(methodArn)?.[0];
  if (api === undefined) throw new Error('Unavailable', { cause: 'methodArn is not of an API of API Gateway' });
  return api;
}
