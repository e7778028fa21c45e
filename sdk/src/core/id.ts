const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

function encode(value: number, length: number): string {
  return length === 0 ? '' : encode(Math.floor(value / 32), length - 1) + alphabet.charAt(value % 32);
}

/** A new id, `{prefix}_{ULID}`: 48 bits of time and 80 random ones. */
export function newId(prefix: string): string {
  const random = crypto.getRandomValues(new Uint8Array(16));
  return `${prefix}_${encode(Date.now(), 10)}${[...random].map((byte) => alphabet.charAt(byte % 32)).join('')}`;
}
