/** Where a platform is found. */
export interface Addresses {
  /** `http://127.0.0.1:{port}`. */
  readonly baseUrl: string;
  /** The pool's issuer, which is also where its pages are. */
  readonly issuer: string;
  readonly tokenEndpoint: string;
  /** The issuer of players' tokens. */
  readonly players: string;
}

/** The addresses of a platform on a port of this machine. */
export function addressesOf(port: number): Addresses {
  const baseUrl = `http://127.0.0.1:${port}`;
  return {
    baseUrl,
    issuer: `${baseUrl}/issuer`,
    tokenEndpoint: `${baseUrl}/issuer/token`,
    players: `${baseUrl}/players`,
  };
}
