/** A domain as rules compare it: lower-case ASCII labels, at least two of them, none of them odd. */
const DOMAIN = /^(?=.{3,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/;

/** Whether a text is a domain in ASCII. */
export function isDomain(ascii: string): boolean {
  return DOMAIN.test(ascii);
}

/** The domain of an e-mail address, as it is written. */
export function domainOf(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1);
}
