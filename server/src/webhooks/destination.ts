import ipaddr from 'ipaddr.js';

/** Finds the addresses of a host name; throws where it has none. */
export type Resolve = (hostname: string) => Promise<readonly string[]>;

/** What a platform allows of destinations. */
export interface DestinationRules {
  readonly resolve: Resolve;
  /**
   * Lets `http` and any port through to loopback addresses, named as such. For tests and local development alone: never
   * the default.
   */
  readonly allowLoopback: boolean;
}

/** The destination is not one that Laurel connects to. It says no more, or it would tell what is where. */
export class DestinationError extends Error {
  override readonly name = 'DestinationError';

  constructor() {
    super('destination_not_allowed');
  }
}

/** Names that mean this machine or this network, whatever an address book says. */
const INSIDE = /(?:^|\.)(?:localhost|local|localdomain|internal|intranet|lan|home|corp|home\.arpa|onion|test|invalid)$/;
/** Global unicast (RFC 4291): of IPv6, whatever else is there has another purpose. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

/** Whether an address is a public one. What embeds an IPv4 address (mapped, 6to4, NAT64, Teredo) is none. */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.parse(text);
  if (address.range() !== 'unicast') return false;
  return address instanceof ipaddr.IPv4 || address.match(GLOBAL_UNICAST);
}

function isLoopback(text: string): boolean {
  return ipaddr.isValid(text) && ipaddr.parse(text).range() === 'loopback';
}

/** The host of a URL without the brackets of IPv6 and the dot of a full name. */
function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
}

function isLocalUrl(url: URL, { allowLoopback }: DestinationRules): boolean {
  const host = hostOf(url);
  return allowLoopback && url.protocol === 'http:' && (host === 'localhost' || isLoopback(host));
}

/**
 * Checks what can be told from a URL alone: https on port 443, no user name, a public host.
 * @throws DestinationError
 */
export function checkedDestination(text: string, rules: DestinationRules): URL {
  // The URL parser drops these, so that two readers of one text could see two hosts.
  if (/[\s\p{Cc}\\]/u.test(text) || !URL.canParse(text)) throw new DestinationError();
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') throw new DestinationError();
  if (isLocalUrl(url, rules)) return url;
  if (url.protocol !== 'https:' || url.port !== '') throw new DestinationError();
  const host = hostOf(url);
  if (ipaddr.isValid(host) ? !isPublicAddress(host) : !host.includes('.') || INSIDE.test(host)) {
    throw new DestinationError();
  }
  return url;
}

/**
 * Finds where a URL leads: every address that its name has must be allowed. Whoever connects must use one of these and
 * not ask again, or the name could mean another address by then.
 * @throws DestinationError, or whatever `resolve` throws
 */
export async function addressesOf(url: URL, rules: DestinationRules): Promise<readonly string[]> {
  const host = hostOf(url);
  const local = isLocalUrl(url, rules);
  const addresses = ipaddr.isValid(host) ? [host] : await rules.resolve(host);
  const allowed = addresses.every((address) => (local ? isLoopback(address) : isPublicAddress(address)));
  if (addresses.length === 0 || !allowed) throw new DestinationError();
  return addresses;
}

/**
 * Refuses a destination when it is saved. A name that has no address yet, or whose address book does not answer, may be
 * saved: it is looked up anew at each delivery.
 * @throws DestinationError
 */
export async function assertDestination(text: string, rules: DestinationRules): Promise<void> {
  const url = checkedDestination(text, rules);
  try {
    await addressesOf(url, rules);
  } catch (error) {
    if (error instanceof DestinationError) throw error;
  }
}
