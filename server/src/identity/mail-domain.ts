import { domainToASCII } from 'node:url';
import providers from 'email-providers/all.json' with { type: 'json' };
import { domainOf, isDomain } from '../domain/people/domains.ts';

/** Domains by which anybody can have an address: who is there belongs to nobody. */
const open: ReadonlySet<string> = new Set(providers);

/** A domain in the one form in which domains are compared: ASCII by IDNA, in lower case. Nothing where it is none. */
export function asciiDomain(domain: string): string | undefined {
  const ascii = domainToASCII(domain.trim().normalize('NFC')).toLowerCase();
  return isDomain(ascii) ? ascii : undefined;
}

/** The domain of an e-mail address, as rules compare it. */
export function domainOfEmail(email: string): string | undefined {
  return asciiDomain(domainOf(email));
}

/** Whether a domain, in ASCII, gives addresses to anybody. */
export function isOpenDomain(domain: string): boolean {
  return open.has(domain);
}
