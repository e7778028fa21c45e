import type { OfficeHours, RoleConditions } from '@laurel/contract/types';

const MINUTES = 24 * 60;
const WEEK = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** A range of addresses: its family, its first address, and how many bits of it count. */
export interface Range {
  readonly bits: 32 | 128;
  readonly first: bigint;
  readonly length: number;
}

/** The minute of a day that a time of day is. */
export function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** The days of a week as numbers, Monday being 1. */
export function weekdaysOf(days: OfficeHours['days']): readonly number[] {
  return [...new Set(days)].map((day) => WEEK.indexOf(day) + 1).toSorted((a, b) => a - b);
}

/** The day after one. */
export function dayAfter(day: number): number {
  return (day % 7) + 1;
}

/** The stretches of a week, in minutes since Monday's midnight, that hours are open. */
function stretches({ days, from, to }: OfficeHours): readonly (readonly [number, number])[] {
  const length = (minuteOf(to) - minuteOf(from) + MINUTES) % MINUTES || MINUTES;
  return weekdaysOf(days).flatMap((day): (readonly [number, number])[] => {
    const start = (day - 1) * MINUTES + minuteOf(from);
    const end = start + length;
    const week = 7 * MINUTES;
    return end <= week
      ? [[start, end]]
      : [
          [start, week],
          [0, end - week],
        ];
  });
}

function openMinutes(hours: OfficeHours): ReadonlySet<number> {
  return new Set(
    stretches(hours).flatMap(([start, end]) => Array.from({ length: end - start }, (_, minute) => start + minute)),
  );
}

/** An address or a range, which the contract has checked. */
export function rangeOf(text: string): Range {
  const [address = '', length] = text.split('/');
  if (!address.includes(':')) {
    const first = address.split('.').reduce((bits, part) => bits * 256n + BigInt(part), 0n);
    return { bits: 32, first, length: length === undefined ? 32 : Number(length) };
  }
  const [head = [], tail = []] = address.split('::').map((half) => (half === '' ? [] : half.split(':')));
  const zeros = Array.from({ length: address.includes('::') ? 8 - head.length - tail.length : 0 }, () => '0');
  const first = [...head, ...zeros, ...tail].reduce((bits, group) => bits * 65_536n + BigInt(`0x${group}`), 0n);
  return { bits: 128, first, length: length === undefined ? 128 : Number(length) };
}

export function isInside(inner: Range, outer: Range): boolean {
  if (inner.bits !== outer.bits || inner.length < outer.length) return false;
  const size = 2n ** BigInt(outer.bits - outer.length);
  return inner.first / size === outer.first / size;
}

/** Whether each of some values is among others; none given means that all are. */
function isSubset<T>(some: readonly T[] | undefined, others: readonly T[]): boolean {
  return some?.every((one) => others.includes(one)) ?? false;
}

/**
 * Whether conditions let through nothing that others would not: what somebody gives may be bound more than they are
 * themselves, and never less. In doubt it is no: a role that begins with its giver's own conditions always passes.
 */
export function isWithin(given: RoleConditions, own: RoleConditions): boolean {
  const { users, teams, hours, addresses } = own;
  if (users !== undefined) {
    if (given.users?.attribute !== users.attribute || !isSubset(given.users.values, users.values)) return false;
  }
  if (teams !== undefined && !isSubset(given.teams, teams)) return false;
  if (hours !== undefined) {
    if (given.hours?.zone !== hours.zone) return false;
    const open = openMinutes(hours);
    if (![...openMinutes(given.hours)].every((minute) => open.has(minute))) return false;
  }
  if (addresses === undefined) return true;
  const outer = addresses.map(rangeOf);
  return given.addresses?.map(rangeOf).every((inner) => outer.some((one) => isInside(inner, one))) ?? false;
}

/** Whether a role that is bound so may see some players and not others. */
export function isNarrowed({ users, teams }: RoleConditions): boolean {
  return users !== undefined || teams !== undefined;
}

/** Whether a role is bound at all. */
export function isBound(conditions: RoleConditions): boolean {
  return isNarrowed(conditions) || conditions.hours !== undefined || conditions.addresses !== undefined;
}
