import * as z from 'zod';

/** The bits of an IPv4 address. */
function v4(text: string): bigint | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1);
  if (parts === undefined || parts.some((part) => Number(part) > 255 || String(Number(part)) !== part))
    return undefined;
  return parts.reduce((bits, part) => bits * 256n + BigInt(part), 0n);
}

/** The bits of an IPv6 address in groups of hexadecimal digits alone: none with dots, and none with a zone. */
function v6(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const given = [...head, ...tail];
  if (!given.every((group) => /^[0-9A-Fa-f]{1,4}$/.test(group))) return undefined;
  const missing = 8 - given.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  return groups.reduce((bits, group) => bits * 65_536n + BigInt(`0x${group}`), 0n);
}

/** Whether a text is one address, or a range that begins at its first one. */
function isRange(text: string): boolean {
  const [address = '', length, ...more] = text.split('/');
  const bits = v4(address) ?? v6(address);
  if (bits === undefined || more.length > 0) return false;
  if (length === undefined) return true;
  const most = address.includes(':') ? 128 : 32;
  if (!/^(?:0|[1-9]\d{0,2})$/.test(length) || Number(length) > most) return false;
  return bits % 2n ** BigInt(most - Number(length)) === 0n;
}

/** One address or a range of them. */
export const IpRange = z
  .string()
  .max(43)
  .refine(isRange, 'use an address, or a range that begins at its first address, such as 192.0.2.0/24 or 2001:db8::/32')
  .meta({ id: 'IpRange', description: 'An IPv4 or IPv6 address, or a range (CIDR).', example: '192.0.2.0/24' });

/** One address. */
export const IpAddress = z
  .string()
  .max(39)
  .refine((text) => (v4(text) ?? v6(text)) !== undefined, 'use an address such as 192.0.2.7 or 2001:db8::7')
  .meta({ id: 'IpAddress', description: 'An IPv4 or IPv6 address.', example: '192.0.2.7' });
