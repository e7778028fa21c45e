import { createHmac, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import type { Attempts } from '../../limits/attempts.ts';
import type { Mail } from '../../ports/mail.ts';
import type { IssuerAccount } from './people.ts';
import type { IssuerStore } from './store.ts';

/** How long a code is good for, in milliseconds, and how often it may be guessed at. */
export const CODE_LIFE = 10 * 60_000;
export const MAX_TRIES = 5;

const CODE = 'SignInCode';
const TRIES = 'SignInCodeTries';
const DIGITS = 8;

/** What came of a code that somebody typed. */
export type Checked = { readonly kind: 'right'; readonly accountId: string } | { readonly kind: 'wrong' | 'over' };

/** What codes are made with. */
export interface EmailCodeParts {
  readonly store: IssuerStore;
  readonly now: () => number;
  /** Keys the hashes of codes: whoever reads the table alone cannot try all of them. */
  readonly secret: string;
  readonly mail: Mail;
  readonly onError: (error: unknown) => void;
  /** Counts the codes that are asked for. */
  readonly attempts: Attempts;
}

/** Signs people in by a code that is mailed to them. */
export interface EmailCodes {
  /** Sends a code; false where too many were asked for. Whether anybody has the address, nothing of it tells. */
  send(asked: {
    readonly interaction: string;
    readonly email: string;
    readonly account: IssuerAccount | undefined;
    /** Which machine asks. */
    readonly from: string;
  }): Promise<boolean>;
  /** Takes what somebody typed for the code of an interaction. */
  check(interaction: string, code: string): Promise<Checked>;
}

/**
 * Codes of eight digits. Each belongs to one interaction, that is to one browser by its cookie, lives for ten minutes,
 * bears five tries and is good for once; a new one takes the place of the one before. For an address that nobody has the
 * same is written and nothing is sent, and nobody waits for the mail, so that neither the page nor its time tells.
 */
export function createEmailCodes({ store, now, secret, mail, onError, attempts }: EmailCodeParts): EmailCodes {
  const key = createHmac('sha256', secret).update('codes by e-mail').digest();
  const hashOf = (interaction: string, code: string) =>
    createHmac('sha256', key).update(`${interaction}.${code}`).digest();
  return {
    async send({ interaction, email, account, from }) {
      if (typeof (await attempts.begin('code', email, from)) === 'number') return false;
      const code = String(randomInt(10 ** DIGITS)).padStart(DIGITS, '0');
      const payload = {
        accountId: account?.id ?? null,
        codeHash: hashOf(interaction, code).toString('base64url'),
        series: randomBytes(12).toString('base64url'),
      };
      await store.put(CODE, interaction, { payload, expiresAt: now() + CODE_LIFE });
      if (account !== undefined) mail.send(messageOf(account.email, code)).catch(onError);
      return true;
    },
    async check(interaction, code) {
      const payload = (await store.get(CODE, interaction))?.payload;
      if (payload === undefined || payload.consumed !== undefined) return { kind: 'over' };
      const { accountId, codeHash, series } = payload;
      // Counted before it is compared, so that tries at the same moment are as many as they are.
      const tries = await store.count(TRIES, `${interaction}.${series}`, now() + CODE_LIFE);
      if (tries > MAX_TRIES) return { kind: 'over' };
      const given = hashOf(interaction, code.replaceAll(/\s/g, ''));
      const isRight = timingSafeEqual(given, Buffer.from(String(codeHash), 'base64url'));
      if (!isRight || typeof accountId !== 'string') return { kind: tries === MAX_TRIES ? 'over' : 'wrong' };
      const isFirst = await store.consume(CODE, interaction, Math.floor(now() / 1000));
      return isFirst ? { kind: 'right', accountId } : { kind: 'over' };
    },
  };
}

function messageOf(to: string, code: string) {
  const shown = `${code.slice(0, DIGITS / 2)} ${code.slice(DIGITS / 2)}`;
  return {
    to,
    subject: 'Your code to sign in',
    text: `Your code to sign in to Laurel is ${shown}\n\nIt works for ten minutes, once, in the browser that asked for it. Nobody will ever ask you for it. If you did not ask for it, nothing happens without it.`,
  };
}
