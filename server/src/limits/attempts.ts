import { hash } from 'node:crypto';
import ipaddr from 'ipaddr.js';
import type { Limit, RateLimiter } from '../ports/rate-limit.ts';
import { platformScope, textKeyOf } from '../store/scope.ts';

/** What somebody without a token may try, and how often: by the account that they name, and by where they come from. */
export interface AttemptLimits {
  readonly account: Limit;
  readonly address: Limit;
}

/**
 * Nearly all within a quarter of an hour. A password can be guessed, so an account is counted whoever asks; a
 * machine's secret cannot, so its failures are counted for each address alone, lest a stranger lock it out. An account
 * that nobody has is counted like any other. So are calls that ask for no token, such as to accept an invitation: what
 * opens them cannot be guessed either. With tokens that a tenant's API refuses it is the same, the tenant being the
 * account; many devices behind one address may find theirs expired in the same minute.
 */
export const attemptLimits = {
  password: { account: { quota: 10, window: 900 }, address: { quota: 100, window: 900 } },
  code: { account: { quota: 5, window: 900 }, address: { quota: 50, window: 900 } },
  token: { account: { quota: 60, window: 900 }, address: { quota: 300, window: 900 } },
  open: { account: { quota: 60, window: 900 }, address: { quota: 300, window: 900 } },
  bearer: { account: { quota: 120, window: 60 }, address: { quota: 300, window: 60 } },
} as const satisfies Record<string, AttemptLimits>;

export type AttemptKind = keyof typeof attemptLimits;

/** An attempt that was let through. */
export interface Attempt {
  /** It was no guess: it is not counted. */
  succeeded(): Promise<void>;
}

/** Counts attempts before they are made, so that many at once are as many as they are. */
export interface Attempts {
  /** @returns in how many seconds to try again, where there were too many */
  begin(kind: AttemptKind, account: string, address: string | undefined): Promise<Attempt | number>;
}

/** Where somebody comes from: of IPv6 the network, since whoever has one address there has all of it. */
function networkOf(address: string | undefined): string {
  if (address === undefined || !ipaddr.isValid(address)) return 'unknown';
  const plain = ipaddr.process(address);
  return plain.kind() === 'ipv4' ? plain.toString() : plain.toByteArray().slice(0, 8).join('.');
}

export function createAttempts(limiter: RateLimiter): Attempts {
  // What people type, and where they come from, is not written down as it is.
  const keyOf = (...names: readonly string[]) =>
    textKeyOf(platformScope(), ['LIMIT', 'attempts', hash('sha256', JSON.stringify(names), 'base64url')]);
  return {
    async begin(kind, account, address) {
      const limits = attemptLimits[kind];
      const network = networkOf(address);
      const isGuessable = kind === 'password' || kind === 'code';
      const named = isGuessable ? [account] : [account, network];
      const buckets = [
        { key: keyOf(kind, 'address', network), limit: limits.address },
        { key: keyOf(kind, 'account', ...named), limit: limits.account },
      ];
      const taken = await limiter.take(buckets);
      if (!taken.allowed) return Math.max(1, Math.ceil(taken.retryInMs / 1000));
      return { succeeded: () => limiter.putBack(buckets) };
    },
  };
}
