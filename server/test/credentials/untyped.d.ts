/** The independent verifier's packages, which come without types, as far as they are used here. */
declare module '@digitalbazaar/vc' {
  export interface StatedCredential {
    readonly id: string;
    readonly issuer: { readonly id: string };
    readonly credentialStatus: { readonly id: string; readonly type: string };
  }
  export interface Verdict {
    readonly verified: boolean;
    readonly error?: Error & { readonly errors?: readonly Error[] };
  }
  export function verifyCredential(options: {
    credential: object;
    suite: object;
    documentLoader: (address: string) => Promise<object>;
    checkStatus: (options: { credential: StatedCredential }) => Promise<{ verified: boolean }>;
    now?: Date;
  }): Promise<Verdict>;
}

declare module '@digitalbazaar/data-integrity' {
  export class DataIntegrityProof {
    constructor(options: { cryptosuite: object });
  }
}

declare module '@digitalbazaar/eddsa-rdfc-2022-cryptosuite' {
  export const cryptosuite: object;
}
