import type { MissionSchedule } from '@laurel/contract/types';
import { ALL_TIME, periodKey } from '../calendar.ts';
import { type PlayerEvent, resolveZone, stampIn } from '../event.ts';
import { lookup } from '../record.ts';

/** A schedule whose periods the shell works out for each entry: they are more than the civil dates of a zone. */
export type StampedSchedule = Extract<MissionSchedule, { readonly kind: 'range' | 'cron' }>;

/**
 * The period of a schedule that an instant falls in, with its first and its first later instant, null where it has none;
 * null where the schedule is closed then. The shell's calendar tells it, the same for ever.
 */
export type PeriodOf = (
  schedule: MissionSchedule,
  instant: string,
  userZone: string,
) => { readonly key: string; readonly from: string | null; readonly to: string | null } | null;

/** The name under which an entry has its period of a schedule: equal schedules have equal names. */
export function scheduleKey(schedule: MissionSchedule): string {
  switch (schedule.kind) {
    case 'permanent':
      return schedule.kind;
    case 'range':
      return `range ${schedule.from ?? ''} ${schedule.to ?? ''} ${schedule.zone}`;
    case 'recurring':
      return `${schedule.every} ${schedule.zone}`;
    case 'cron':
      return `cron ${schedule.cron} ${schedule.zone}`;
  }
}

/** The schedules among others whose periods the shell works out, each once. */
export function stampedSchedules(schedules: readonly MissionSchedule[]): StampedSchedule[] {
  const stamped = schedules.flatMap((one) => (one.kind === 'range' || one.kind === 'cron' ? [one] : []));
  return [...new Map(stamped.map((one) => [scheduleKey(one), one])).values()];
}

/**
 * The key of the period of a schedule that the event falls in; null where it is closed then.
 * @throws RangeError where the shell did not stamp the event by that schedule
 */
export function schedulePeriod(schedule: MissionSchedule, event: PlayerEvent): string | null {
  if (schedule.kind === 'permanent') return ALL_TIME;
  if (schedule.kind === 'recurring') return periodKey(schedule.every, stampIn(event, schedule.zone));
  const period = lookup(event.periods ?? {}, scheduleKey(schedule));
  if (period === undefined) throw new RangeError(`event ${event.id} is not stamped by ${scheduleKey(schedule)}`);
  return period;
}

/** The period of a schedule that an entry falls in; null where it is closed, or the entry is of none that counts by it. */
export function periodIfStamped(schedule: MissionSchedule, event: PlayerEvent): string | null {
  if (schedule.kind === 'permanent') return ALL_TIME;
  if (schedule.kind !== 'recurring') return lookup(event.periods ?? {}, scheduleKey(schedule)) ?? null;
  const stamp = lookup(event.stamps, resolveZone(schedule.zone, event.userZone));
  return stamp === undefined ? null : periodKey(schedule.every, stamp);
}
