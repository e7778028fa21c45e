import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { isSlug } from '../identity/principal.ts';
import { listRevocations, REVOCATION_LISTS } from '../store/badges.ts';
import { workspaceScope } from '../store/scope.ts';
import type { ApiHandler } from './adapter.ts';
import { plainPath, toV1Result } from './gateway-event.ts';
import { SECURITY_HEADERS } from './passage.ts';
import type { Platform } from './platform.ts';

/** How long whoever verifies may keep a document, in seconds: so long a revocation may take to be seen. */
const MAX_AGE = 300;

/** A document that anybody may read: what others need to verify a credential. */
export type PublicDocument =
  | { readonly kind: 'did'; readonly workspace: string }
  | { readonly kind: 'revocations'; readonly workspace: string; readonly list: number };

/** The public document at a path of a tenant's API, if it is one. */
export function publicDocumentAt(path: string): PublicDocument | undefined {
  const [, workspace = '', rest = ''] = /^\/issuers\/([^/]+)\/(did\.json|revocations\/\d)$/.exec(plainPath(path)) ?? [];
  if (!isSlug(workspace)) return undefined;
  if (rest === 'did.json') return { kind: 'did', workspace };
  const list = Number(rest.slice('revocations/'.length));
  return list < REVOCATION_LISTS ? { kind: 'revocations', workspace, list } : undefined;
}

/**
 * Writes a document. It says the same of a workspace that does not exist as of one where nothing was ever revoked, so
 * that nobody learns from it which there are.
 */
async function write(platform: Platform, tenant: string, document: PublicDocument): Promise<object> {
  const { credentials, table } = platform;
  const place = { tenant, workspace: document.workspace };
  if (document.kind === 'did') return credentials.didDocument(place);
  const revoked = await listRevocations(table, workspaceScope(tenant, document.workspace), document.list);
  return {
    id: credentials.revocationListUrl(place, document.list),
    issuer: credentials.didOf(place),
    revokedCredentials: revoked.flatMap(({ credential, times }) =>
      Array.from({ length: times }, (_, index) => ({ id: credentials.idOf(credential, index), revoked: true })),
    ),
  };
}

function typeOf({ kind }: PublicDocument): string {
  return kind === 'did' ? 'application/did+json' : 'application/json';
}

/** Answers for the public documents of a tenant, and passes all else on. Without a token: they are for strangers. */
export function withPublicDocuments(platform: Platform, tenantOf: TenantOf, api: ApiHandler): ApiHandler {
  return async (event) => {
    const document =
      event.httpMethod === 'GET' || event.httpMethod === 'HEAD' ? publicDocumentAt(event.path) : undefined;
    const tenant = tenantOf(event);
    if (document === undefined || tenant === undefined) return api(event);
    const body = JSON.stringify(await write(platform, tenant, document));
    return answer(event, document, platform.newId('request'), body);
  };
}

/** Whose API an event was sent to. */
export type TenantOf = (event: APIGatewayProxyEvent) => string | undefined;

function answer(
  event: APIGatewayProxyEvent,
  document: PublicDocument,
  requestId: string,
  body: string,
): APIGatewayProxyResult {
  const headers = {
    ...SECURITY_HEADERS,
    'x-request-id': requestId,
    'content-type': typeOf(document),
    'cache-control': `public, max-age=${MAX_AGE}`,
  };
  return toV1Result(200, headers, event.httpMethod === 'HEAD' ? '' : body);
}
