import { Laurel } from '@laurel/sdk/server';
import type { RoleId } from '../../src/identity/principal.ts';
import type { LocalPlatform } from '../../src/local/index.ts';
import { memoryOutbox } from '../../src/local/outbox.ts';
import type { MailMessage } from '../../src/ports/mail.ts';
import { type Access, type Place, startTestPlatform, type TestPlatform } from '../support/platform.ts';

export const HOME: Place = { tenant: 'acme', workspace: 'main' };
export const SIDE: Place = { tenant: 'acme', workspace: 'side' };

/** A platform with its mail and its DNS at hand. */
export interface People {
  readonly test: TestPlatform;
  readonly platform: LocalPlatform;
  readonly mails: readonly MailMessage[];
  /** What stands in the DNS, by name. */
  readonly dns: Map<string, string[]>;
  /** Puts the platform's clock ahead of the machine's. */
  move(milliseconds: number): void;
  /** Somebody who has signed in, with a role. */
  operator(role: RoleId, place?: Place): Promise<Laurel>;
  /** Whoever runs the platform. */
  root(): Promise<Laurel>;
  /** A machine with all scopes of a workspace, or with some. */
  machine(scopes?: readonly string[], place?: Place): Promise<Laurel>;
}

/** A client that calls as whoever has the token. It tries once, so that each refusal is seen. */
export function clientOf({ baseUrl, token = 'none' }: Access): Laurel {
  return new Laurel({ baseUrl, auth: { token }, maxRetries: 0, timeoutMs: 60_000 });
}

export async function openPeople(): Promise<People> {
  // Not a clock that stands: tokens of people live by the machine's, so the two must not be far apart.
  let ahead = 0;
  const clock = { now: () => new Date(Date.now() + ahead).toISOString() };
  const outbox = memoryOutbox();
  const dns = new Map<string, string[]>();
  const domainProofs = { textsAt: async (name: string) => dns.get(name) ?? [] };
  const test = await startTestPlatform({ clock, mail: outbox, domainProofs });
  return {
    test,
    move: (milliseconds) => {
      ahead = milliseconds;
    },
    platform: test.platform,
    mails: outbox.written,
    dns,
    operator: async (role, place = HOME) => clientOf(await test.operator(place, role)),
    root: async () => clientOf(await test.platformMachine()),
    machine: async (scopes, place = HOME) => clientOf(await test.machine(place, scopes)),
  };
}

/** The token that a mail carries. */
export function tokenIn({ text }: Pick<MailMessage, 'text'>): string {
  return /#tenant=[a-z0-9-]+&token=(\S+)/.exec(text)?.[1] ?? 'none';
}

/** A client without a token, of a tenant. */
export function stranger({ platform }: People, tenant = HOME.tenant): Laurel {
  return new Laurel({ baseUrl: `${platform.baseUrl}/${tenant}`, auth: { token: 'none' }, maxRetries: 0 });
}

/** Runs something at a later time of the platform, such as `+61s`. */
export async function setTime(people: People, later: `+${number}s`, run: () => Promise<void>): Promise<void> {
  people.move(Number(later.slice(1, -1)) * 1000);
  try {
    await run();
  } finally {
    people.move(0);
  }
}
