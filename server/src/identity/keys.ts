import { assertIsJwks, findJwkInJwks, type Jwks, type JwksCache } from 'aws-jwt-verify/jwk';

/** Gets the text of a JWKS from its address; rejects where the issuer is out of reach. */
export type FetchJwks = (uri: string) => Promise<string>;

/** The keys of an issuer cannot be had, and none are remembered: nobody can be believed, and nobody is at fault. */
export class KeysUnavailable extends Error {
  override readonly name = 'KeysUnavailable';
}

/** No key of the issuer has the id that the token names. */
export class KeyUnknown extends Error {
  override readonly name = 'KeyUnknown';
}

/** How long after one fetch of an issuer's keys the next may start, in milliseconds. */
export const FETCH_COOL_DOWN = 10_000;
/** How old remembered keys may grow before they are fetched anew, so that a key taken back is forgotten. */
export const KEYS_MAX_AGE = 15 * 60_000;

interface Remembered {
  jwks: Jwks | undefined;
  fetchedAt: number;
  triedAt: number;
  fetching: Promise<void> | undefined;
}

/**
 * The issuers' keys, as aws-jwt-verify asks for them. Unlike its own cache it lets keys age, it keeps the last good
 * keys while an issuer is down, and it starts one fetch per issuer and cool-down whatever kids the tokens name.
 * @throws KeysUnavailable, KeyUnknown
 */
export function createKeys(deps: { readonly fetchJwks: FetchJwks; readonly now: () => number }): JwksCache {
  const issuers = new Map<string, Remembered>();

  const rememberedOf = (uri: string): Remembered => {
    const known = issuers.get(uri);
    if (known) return known;
    const fresh: Remembered = { jwks: undefined, fetchedAt: 0, triedAt: Number.NEGATIVE_INFINITY, fetching: undefined };
    issuers.set(uri, fresh);
    return fresh;
  };

  const remember = (keys: Remembered, jwks: Jwks): void => {
    keys.jwks = jwks;
    keys.fetchedAt = deps.now();
  };

  /** Fetches unless one did a moment ago; where it fails, what is remembered stays. */
  const refresh = async (uri: string): Promise<Error | undefined> => {
    const keys = rememberedOf(uri);
    if (keys.fetching === undefined) {
      if (deps.now() - keys.triedAt < FETCH_COOL_DOWN) return undefined;
      keys.triedAt = deps.now();
      keys.fetching = deps
        .fetchJwks(uri)
        .then((text) => remember(keys, jwksOf(text)))
        .finally(() => {
          keys.fetching = undefined;
        });
    }
    return keys.fetching.then(
      () => undefined,
      (cause: unknown) => new KeysUnavailable(`the keys of ${uri} cannot be had`, { cause }),
    );
  };

  const cached = (uri: string, kid: string | undefined) => {
    const { jwks } = rememberedOf(uri);
    return jwks && kid !== undefined ? findJwkInJwks(jwks, kid) : undefined;
  };

  const isAged = (uri: string): boolean => deps.now() - rememberedOf(uri).fetchedAt > KEYS_MAX_AGE;

  return {
    getJwk: async (uri, { header }) => {
      const failure = cached(uri, header.kid) && !isAged(uri) ? undefined : await refresh(uri);
      const jwk = cached(uri, header.kid);
      if (jwk) return jwk;
      if (rememberedOf(uri).jwks === undefined) throw failure ?? new KeysUnavailable(`no keys of ${uri} yet`);
      throw new KeyUnknown(`no key of ${uri} has the kid of the token`);
    },
    getCachedJwk: (uri, { header }) => {
      const jwk = cached(uri, header.kid);
      if (!jwk) throw new KeyUnknown(`no remembered key of ${uri} has the kid of the token`);
      return jwk;
    },
    addJwks: (uri, jwks) => remember(rememberedOf(uri), jwks),
    getJwks: async (uri) => {
      const failure = await refresh(uri);
      const { jwks } = rememberedOf(uri);
      if (!jwks) throw failure ?? new KeysUnavailable(`no keys of ${uri} yet`);
      return jwks;
    },
  };
}

function jwksOf(text: string): Jwks {
  const value: Parameters<typeof assertIsJwks>[0] = JSON.parse(text);
  assertIsJwks(value);
  return value;
}

/** The most that an issuer's answer may weigh, in characters. */
const MAX_JWKS_LENGTH = 64 * 1024;

/**
 * Fetches keys over HTTP: no redirects, at most 64 KiB, and at most `timeoutMs` (3 s unless said), since a caller
 * waits meanwhile.
 */
export function fetchJwksOverHttp(timeoutMs = 3000): FetchJwks {
  return async (uri) => {
    const answer = await fetch(uri, { redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
    if (!answer.ok) throw new KeysUnavailable(`${uri} answered ${answer.status}`);
    const text = await answer.text();
    if (text.length > MAX_JWKS_LENGTH) throw new KeysUnavailable(`${uri} answered with too much`);
    return text;
  };
}
