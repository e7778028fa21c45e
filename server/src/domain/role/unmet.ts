import type { RoleConditions } from '@laurel/contract/types';
import { dayAfter, isInside, minuteOf, rangeOf, weekdaysOf } from './within.ts';

/** What is known of a call that conditions look at; what is missing is unknown. */
export interface Circumstances {
  /** By the clocks of the zone that the conditions name. */
  readonly clock?: { readonly day: number; readonly minute: number } | undefined;
  /** In its plain form. */
  readonly address?: string | undefined;
}

function isOpen({ days, from, to }: NonNullable<RoleConditions['hours']>, clock: Circumstances['clock']): boolean {
  if (clock === undefined) return false;
  const { day, minute } = clock;
  const [start, end, on] = [minuteOf(from), minuteOf(to), weekdaysOf(days)];
  if (start < end) return on.includes(day) && minute >= start && minute < end;
  return (on.includes(day) && minute >= start) || (on.map(dayAfter).includes(day) && minute < end);
}

/** Which conditions about the call itself do not hold: for telling why, since the policies have decided already. */
export function unmetConditions(
  { hours, addresses }: RoleConditions,
  { clock, address }: Circumstances,
): ('hours' | 'addresses')[] {
  const late = hours !== undefined && !isOpen(hours, clock);
  const inner = address === undefined ? undefined : rangeOf(address);
  const elsewhere =
    addresses !== undefined && (inner === undefined || !addresses.some((range) => isInside(inner, rangeOf(range))));
  return [...(late ? (['hours'] as const) : []), ...(elsewhere ? (['addresses'] as const) : [])];
}
