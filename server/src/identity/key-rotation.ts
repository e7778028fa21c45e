import type { KeyObject } from 'node:crypto';
import type { TokenSigner } from '../ports/token-signer.ts';
import { PLAYER_TOKEN_LIFETIME } from './claims.ts';
import { embeddedSigner } from './embedded-signer.ts';
import { KEYS_MAX_AGE } from './keys.ts';

/** A private key, and from when it signs, in milliseconds since 1970. */
export interface DatedKey {
  readonly key: KeyObject;
  readonly signsFrom: number;
}

/** Where keys are kept. */
export interface KeyShelf {
  /** All keys that are kept: one at least, which is made where there is none. */
  list(): Promise<readonly DatedKey[]>;
  /** Makes a key that signs from a moment on. */
  add(signsFrom: number): Promise<void>;
  /** Destroys a key. */
  drop(signsFrom: number): Promise<void>;
}

/** Keys that take turns. */
export interface RotatingKeys {
  /** The key that signs now, then all others whose tokens may be alive or will be. */
  published(): Promise<readonly [DatedKey, ...DatedKey[]]>;
  /** Makes the next key, unless there is one already: it is published at once, and signs when everybody knows it. */
  rotate(): Promise<void>;
}

/** How long a key is published before it signs: as long as somebody may go on with the keys that they fetched before. */
const AHEAD = KEYS_MAX_AGE;
/** How long it is published after it signed last: the life of a token. */
const AFTER = PLAYER_TOKEN_LIFETIME * 1000;

/**
 * Lets keys take turns, each for `maxAge` milliseconds. No token is refused for it: a key is published fifteen minutes
 * before it signs, and for as long as a token of it lives; then it is destroyed.
 */
export function rotatingKeys(shelf: KeyShelf, now: () => number, maxAge: number): RotatingKeys {
  let making: Promise<void> | undefined;
  const rotate = async (): Promise<void> => {
    const at = now();
    const keys = await shelf.list();
    if (keys.some(({ signsFrom }) => signsFrom > at)) return;
    making ??= shelf.add(at + AHEAD).finally(() => {
      making = undefined;
    });
    await making;
  };
  const ordered = async () => (await shelf.list()).toSorted((a, b) => a.signsFrom - b.signsFrom);

  return {
    rotate,
    async published() {
      const at = now();
      const keys = await ordered();
      const index = Math.max(
        keys.findLastIndex(({ signsFrom }) => signsFrom <= at),
        0,
      );
      const current = keys[index];
      if (current === undefined) throw new Error('there is no key to sign with');
      if (at - current.signsFrom > maxAge) await rotate();
      const isOver = (place: number) => (keys[place + 1]?.signsFrom ?? Number.POSITIVE_INFINITY) + AFTER <= at;
      for (const [place, { signsFrom }] of keys.entries()) if (isOver(place)) await shelf.drop(signsFrom);
      const others = (await ordered()).filter(({ signsFrom }) => signsFrom !== current.signsFrom);
      return [current, ...others];
    },
  };
}

/** Signs with keys that take turns. */
export function rotatingSigner(issuer: string, keys: RotatingKeys): TokenSigner {
  // One signer a key, since making a key's JWK takes a while; keys are few and come once in months.
  const signers = new Map<number, TokenSigner>();
  const signerOf = ({ key, signsFrom }: DatedKey): TokenSigner => {
    const signer = signers.get(signsFrom) ?? embeddedSigner(issuer, key);
    signers.set(signsFrom, signer);
    return signer;
  };
  return {
    issuer,
    sign: async (claims) => signerOf((await keys.published())[0]).sign(claims),
    jwks: async () => {
      const all = await Promise.all((await keys.published()).map((one) => signerOf(one).jwks()));
      return { keys: all.flatMap(({ keys: own }) => own) };
    },
  };
}
