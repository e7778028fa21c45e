import type { Duration } from '@laurel/contract/types';

const PARTS = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;
const SECONDS = [7 * 24 * 3600, 24 * 3600, 3600, 60, 1] as const;

/**
 * A length of time in milliseconds.
 * @throws RangeError where it is none, which the contract rules out
 */
export function millisecondsOf(duration: Duration): number {
  if (typeof duration === 'number') return duration * 1000;
  const [, ...parts] = PARTS.exec(duration) ?? [];
  if (parts.length === 0) throw new RangeError(`${duration} is no length of time`);
  return SECONDS.reduce((sum, unit, index) => sum + unit * Number(parts[index] ?? 0), 0) * 1000;
}

/** The last moment whose year has four digits, so that moments compare as text. */
const LAST = Date.parse('9999-12-31T23:59:59.999Z');

/** The moment so many milliseconds after another. */
export function after(instant: string, milliseconds: number): string {
  return new Date(Math.min(Date.parse(instant) + milliseconds, LAST)).toISOString();
}
