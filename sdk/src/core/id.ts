/**
 * A new id: its prefix, nine digits of time, so that ids sort by age, and sixteen random ones (80 bits), to the base
 * of 32. Not `crypto.randomUUID`, which browsers offer to secure pages only.
 */
export function newId(prefix: string): string {
  const random = crypto.getRandomValues(new Uint8Array(16));
  return `${prefix}_${Date.now().toString(32)}${[...random].map((byte) => (byte % 32).toString(32)).join('')}`;
}
