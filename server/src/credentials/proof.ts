import { hash } from 'node:crypto';
import { base58 } from '@scure/base';
import { loadContext } from './contexts.ts';

/** A Data Integrity proof without its signature. */
interface ProofOptions {
  readonly type: 'DataIntegrityProof';
  readonly cryptosuite: 'eddsa-rdfc-2022';
  readonly created: string;
  readonly verificationMethod: string;
  readonly proofPurpose: 'assertionMethod';
}

/** A proof that stands in what it proves. */
export interface DataIntegrityProof extends ProofOptions {
  /** Multibase, base58btc: `z` and the signature. */
  readonly proofValue: string;
}

/** How a proof is made. */
export interface ProofMaker {
  readonly verificationMethod: string;
  /** RFC 3339, in UTC. */
  readonly created: string;
  /** Ed25519. */
  readonly sign: (bytes: Uint8Array) => Promise<Uint8Array>;
}

/** A document's RDF in canonical form (RDFC-1.0); refuses what its contexts do not define, which would not be signed. */
async function canonical(document: object): Promise<string> {
  // Loaded with the first credential: it takes 70 ms, which no other call should wait for when a process starts.
  const { default: jsonld } = await import('jsonld');
  return jsonld.canonize(document, {
    algorithm: 'RDFC-1.0',
    format: 'application/n-quads',
    documentLoader: loadContext,
    safe: true,
  });
}

/** Adds a proof to a JSON-LD document by `eddsa-rdfc-2022` (Data Integrity EdDSA Cryptosuites 1.0, section 3.2). */
export async function withProof<T extends { readonly '@context': readonly string[] }>(
  document: T,
  { verificationMethod, created, sign }: ProofMaker,
): Promise<T & { proof: DataIntegrityProof[] }> {
  const options: ProofOptions = {
    type: 'DataIntegrityProof',
    cryptosuite: 'eddsa-rdfc-2022',
    created,
    verificationMethod,
    proofPurpose: 'assertionMethod',
  };
  const texts = await Promise.all([canonical({ '@context': document['@context'], ...options }), canonical(document)]);
  const signature = await sign(Buffer.concat(texts.map((text) => hash('sha256', text, 'buffer'))));
  // A list of one: the JSON schema of Open Badges 3.0 takes nothing else.
  return { ...document, proof: [{ ...options, proofValue: `z${base58.encode(signature)}` }] };
}
