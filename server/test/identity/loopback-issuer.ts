import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { base64url } from './doubles.ts';

/** An issuer of somebody else's, on this machine: what it says of itself, its keys, and what it signs. */
export interface LoopbackIssuer {
  readonly issuer: string;
  /** The paths that it was asked for. */
  readonly asked: string[];
  /** Signs claims with the key of an algorithm; the issuer's own where nothing else is said. */
  token(claims: Readonly<Record<string, unknown>>, how?: { alg?: string; kid?: string; key?: KeyObject }): string;
  /** Answers in its place from now on; undefined for itself again. */
  answer(listener: RequestListener | undefined): void;
  close(): void;
}

/** An ECDSA signature as a JWS has it: both numbers, one after the other (RFC 7518, 3.4). */
const P1363 = { dsaEncoding: 'ieee-p1363' } as const;

/** Starts an issuer with an RSA and an EC key, each under its algorithm's name. */
export async function loopbackIssuer(): Promise<LoopbackIssuer> {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const keys = [
    { ...rsa.publicKey.export({ format: 'jwk' }), kid: 'RS256', use: 'sig' },
    { ...ec.publicKey.export({ format: 'jwk' }), kid: 'ES256', use: 'sig' },
  ];
  const asked: string[] = [];
  let other: RequestListener | undefined;
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    if (other !== undefined) return other(request, response);
    const isKeys = request.url === '/keys';
    const isDocument = request.url === '/.well-known/openid-configuration';
    if (!isKeys && !isDocument) return response.writeHead(404).end();
    response.end(JSON.stringify(isKeys ? { keys } : { issuer, jwks_uri: `${issuer}/keys` }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port }: Partial<AddressInfo> = Object(server.address());
  const issuer = `http://127.0.0.1:${port}`;
  return {
    issuer,
    asked,
    token(claims, { alg = 'RS256', kid = alg, key = alg === 'ES256' ? ec.privateKey : rsa.privateKey } = {}) {
      const iat = Math.floor(Date.now() / 1000);
      const whole = { iss: issuer, aud: 'app', sub: 'ada', iat, exp: iat + 3600, ...claims };
      const input = [{ alg, kid, typ: 'JWT' }, whole].map(base64url).join('.');
      return `${input}.${sign('sha256', Buffer.from(input), { key, ...P1363 }).toString('base64url')}`;
    },
    answer: (listener) => {
      other = listener;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
