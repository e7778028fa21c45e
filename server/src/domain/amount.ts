/** The sum of two amounts, or null where it would leave the range in which integers are exact (2^53 - 1). */
export function addAmounts(a: number, b: number): number | null {
  const sum = a + b;
  return Number.isSafeInteger(sum) ? sum : null;
}
