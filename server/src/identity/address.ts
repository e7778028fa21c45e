import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/**
 * An address in the one form that policies compare: IPv4 as four numbers, also where a socket that takes both families
 * wraps it (`::ffff:192.0.2.7`), IPv6 in groups. Nothing where the text is no address, or one of a zone of its own.
 */
export function plainAddress(text: string | undefined): string | undefined {
  if (text === undefined || text.includes('%') || isIP(text) === 0) return undefined;
  return ipaddr.process(text).toNormalizedString();
}
