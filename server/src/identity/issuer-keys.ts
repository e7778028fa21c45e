import { get as getHttp, type IncomingMessage } from 'node:http';
import { get as getHttps } from 'node:https';
import { addressesOf, checkedDestination, type DestinationRules } from '../webhooks/destination.ts';
import { pinnedTo } from '../webhooks/send.ts';
import { type FetchJwks, KeysUnavailable } from './keys.ts';

/** How long one document may take, looking up the name included, in milliseconds: a caller waits meanwhile. */
const PATIENCE = 3000;
/** The most bytes of a document, and of the head before it. */
const MAX_DOCUMENT = 64 * 1024;
const MAX_HEAD = 16 * 1024;

/** Gets a document from one address that was checked; no redirects, and no more of it than is allowed. */
function getFrom(url: URL, address: string, signal: AbortSignal): Promise<string> {
  const answered = Promise.withResolvers<string>();
  const take = async (response: IncomingMessage): Promise<string> => {
    if (response.statusCode !== 200) throw new KeysUnavailable(`${url.host} answered ${response.statusCode}`);
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of response) {
      const bytes = Buffer.from(chunk);
      size += bytes.byteLength;
      if (size > MAX_DOCUMENT) throw new KeysUnavailable(`${url.host} answered with too much`);
      chunks.push(bytes);
    }
    return Buffer.concat(chunks).toString('utf8');
  };
  const options = {
    // No agent of the process: a connection that is kept could lead to what was checked for another.
    agent: false,
    lookup: pinnedTo(address),
    headers: { accept: 'application/json', 'user-agent': 'Laurel-Issuers/1' },
    maxHeaderSize: MAX_HEAD,
    signal,
  } as const;
  const onResponse = (response: IncomingMessage): void => {
    take(response)
      .then(answered.resolve, answered.reject)
      .finally(() => response.destroy());
  };
  const sent = url.protocol === 'https:' ? getHttps(url, options, onResponse) : getHttp(url, options, onResponse);
  sent.once('error', answered.reject);
  return answered.promise;
}

/** Gets a document that a tenant named, from a public address alone. @throws DestinationError, KeysUnavailable */
async function getDocument(text: string, rules: DestinationRules, patience: number): Promise<string> {
  const clock = new AbortController();
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    clock.abort();
    late.reject(new KeysUnavailable('the issuer does not answer in time'));
  }, patience);
  try {
    const url = checkedDestination(text, rules);
    const [address = ''] = await Promise.race([addressesOf(url, rules), late.promise]);
    return await Promise.race([getFrom(url, address, clock.signal), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Fetches the keys of a tenant's own issuer, given its `iss`: where it says in its discovery document (OpenID Connect
 * Discovery 1.0, section 4), which must name just this issuer. Both documents are the tenant's word, so both are fetched
 * as webhooks are sent: https, public addresses, each name looked up once and the connection pinned to what was checked.
 */
export function fetchIssuerKeys(rules: DestinationRules, patience = PATIENCE): FetchJwks {
  return async (issuer) => {
    const url = `${issuer.replace(/\/+$/, '')}/.well-known/openid-configuration`;
    const document: unknown = JSON.parse(await getDocument(url, rules, patience));
    const { issuer: named, jwks_uri: jwksUri }: { issuer?: unknown; jwks_uri?: unknown } = Object(document);
    if (named !== issuer || typeof jwksUri !== 'string')
      throw new KeysUnavailable('the issuer does not describe itself');
    return getDocument(jwksUri, rules, patience);
  };
}
