/** By code units: the same order on every machine, whatever its locale. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Definitions in the order in which they are considered: by id. */
export function sortedById<Definition extends { readonly id: string }>(
  definitions: readonly Definition[],
): Definition[] {
  return definitions.toSorted((a, b) => compareText(a.id, b.id));
}

/** The earlier of two instants, both in UTC with milliseconds, which sort as text. */
export function earlier(a: string, b: string): string {
  return a < b ? a : b;
}

/** The later of two instants, both in UTC with milliseconds, which sort as text. */
export function later(a: string, b: string): string {
  return a > b ? a : b;
}
