import { Temporal } from 'temporal-polyfill';

/** A stretch of time in which a zone keeps one offset: from `from` (included) to `to` (not included). */
interface Stretch {
  readonly from: number;
  readonly to: number;
  /** How far the zone's clocks are ahead of UTC, in milliseconds. */
  readonly offset: number;
}

/** The known stretches of a zone, in order, and the one that was asked for last: events come in runs. */
interface KnownZone {
  readonly stretches: Stretch[];
  last: Stretch;
}

/** More zones than the database has names; names in odd spellings are what could go beyond it. */
const MAX_ZONES = 1000;

const known = new Map<string, KnownZone>();

/** Finds the stretch around an instant; the zone database is asked for the changes before and after it. */
function findStretch(instant: number, zone: string): Stretch {
  const here = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
  // A change at this very instant is one that has happened; asked for the one before, Temporal leaves it out.
  const before = here.add({ nanoseconds: 1 }).getTimeZoneTransition('previous');
  const after = here.getTimeZoneTransition('next');
  return {
    from: before?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
    to: after?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
    offset: here.offsetNanoseconds / 1_000_000,
  };
}

function isIn({ from, to }: Stretch, instant: number): boolean {
  return from <= instant && instant < to;
}

/** The place in an ordered list where the first stretch stands that ends after the instant. */
function placeOf(stretches: readonly Stretch[], instant: number): number {
  let [low, high] = [0, stretches.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((stretches[middle]?.to ?? 0) <= instant) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The stretch around an instant. Each is looked up once and kept: a zone has two changes a year at most. */
function stretchAt(instant: number, zone: string): Stretch {
  const entry = known.get(zone);
  if (entry !== undefined && isIn(entry.last, instant)) return entry.last;
  const stretches = entry?.stretches ?? [];
  const place = placeOf(stretches, instant);
  const found = stretches[place];
  const isKnown = found !== undefined && isIn(found, instant);
  const stretch = isKnown ? found : findStretch(instant, zone);
  if (!isKnown) stretches.splice(place, 0, stretch);
  if (entry !== undefined) entry.last = stretch;
  else {
    if (known.size >= MAX_ZONES) known.clear();
    known.set(zone, { stretches, last: stretch });
  }
  return stretch;
}

/** How far a zone's clocks are ahead of UTC at an instant (milliseconds since 1970), in milliseconds. */
export function offsetAt(instant: number, zone: string): number {
  return stretchAt(instant, zone).offset;
}

/**
 * The latest local time that a zone's clocks have shown up to an instant, as if it were UTC: what they show, or, for a
 * while after they were put back, what they showed last before that.
 */
export function latestShown(instant: number, zone: string): number {
  const { from, offset } = stretchAt(instant, zone);
  const shown = instant + offset;
  return Number.isFinite(from) ? Math.max(shown, from - 1 + offsetAt(from - 1, zone)) : shown;
}
