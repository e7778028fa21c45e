import { Temporal } from 'temporal-polyfill';

/** The first instant of a zone that is after a gap which has swallowed the local time, or the local time's own. */
function earliest(local: Temporal.PlainDateTime, zone: string): Temporal.ZonedDateTime {
  const found = local.toZonedDateTime(zone, { disambiguation: 'later' });
  if (found.toPlainDateTime().equals(local)) return local.toZonedDateTime(zone, { disambiguation: 'earlier' });
  // Clocks went forward over it: `later` lies behind the gap by as much as the local time lay in it.
  return found.add({ nanoseconds: 1 }).getTimeZoneTransition('previous') ?? found;
}

/**
 * The first instant at which a zone's clocks show a local time or a later one: where clocks go forward over it, that
 * is the moment when they do; where they show it twice, it is the first time.
 */
export function firstAt(local: Temporal.PlainDateTime, zone: string): string {
  return instantOf(earliest(local, zone));
}

/**
 * The instant from which on a zone's clocks never show a date before the given one: the turn of the day. Where clocks
 * are put back over midnight the date before comes a second time, and the turn is when that is over as well, so that
 * nothing is dated into a day that has ended. A date that a zone skipped begins where the next one does.
 */
export function turnOf(date: Temporal.PlainDate, zone: string): string {
  const local = date.toPlainDateTime();
  const last = local.toZonedDateTime(zone, { disambiguation: 'later' });
  const isTurn =
    last.toPlainDateTime().equals(local) &&
    Temporal.PlainDate.compare(last.subtract({ nanoseconds: 1 }).toPlainDate(), date) < 0;
  return instantOf(isTurn ? last : earliest(local, zone));
}

function instantOf(moment: Temporal.ZonedDateTime): string {
  return moment.toInstant().toString({ fractionalSecondDigits: 3, roundingMode: 'floor' });
}
