import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { civilStamp, dateOfDay } from '../../src/calendar/civil.ts';
import { periodBounds } from '../../src/calendar/period.ts';
import { daysSince1970, isoWeek, localDay, offsetAt, offsetChanges } from '../game/local-time.ts';
import { linkedZones } from './links.ts';
import { dayAfter, dayStart } from './witness.ts';

const FROM = Date.UTC(2000, 0, 1);
const TO = Date.UTC(2030, 0, 1);
const HOUR = 3_600_000;

const iso = (instant: number) => new Date(instant).toISOString();

/** The instants since 2000 at which a zone's offset changes, as Temporal tells them. */
function changesOf(zone: string): number[] {
  const changes: number[] = [];
  let at = Temporal.Instant.fromEpochMilliseconds(FROM).toZonedDateTimeISO(zone).getTimeZoneTransition('next');
  while (at !== null && at.epochMilliseconds < TO) {
    changes.push(at.epochMilliseconds);
    at = at.getTimeZoneTransition('next');
  }
  return changes;
}

const canonical = new Set(Intl.supportedValuesOf('timeZone'));
const zones = [...canonical, ...linkedZones.filter((zone) => !canonical.has(zone))];
const changesByZone = new Map(zones.map((zone) => [zone, changesOf(zone)]));
const changing = zones.filter((zone) => (changesByZone.get(zone) ?? []).length > 0);
const areas = [...Map.groupBy(changing, (zone) => zone.split('/')[0] ?? zone)];

/** What is wrong with the keys and bounds of the days and weeks around a change. */
function faultsAround(change: number, zone: string, changes: readonly number[]): string[] {
  const faults: string[] = [];
  const day = localDay(change, zone);
  const starts = new Map<string, number>();
  const startOf = (date: string) => {
    const start = starts.get(date) ?? dayStart(date, zone, changes);
    starts.set(date, start);
    return start;
  };
  const expectBounds = (key: string, first: string, next: string) => {
    const { from, to } = periodBounds(key, zone);
    if (from !== iso(startOf(first)) || to !== iso(startOf(next)))
      faults.push(`${zone} ${key}: ${from} to ${to}, not ${iso(startOf(first))} to ${iso(startOf(next))}`);
  };
  for (const date of [dayAfter(day, -1), day]) expectBounds(date, date, dayAfter(date, 1));
  const monday = dayAfter(day, -((daysSince1970(day) + 3) % 7));
  expectBounds(isoWeek(day), monday, dayAfter(monday, 7));

  const start = startOf(day);
  for (const instant of [
    change - HOUR,
    change - 1000,
    change,
    change + HOUR,
    start - 1000,
    start,
    monday ? startOf(monday) : 0,
  ]) {
    const stamp = civilStamp(iso(instant), zone);
    const local = localDay(instant, zone);
    const wanted = { day: local, dayNumber: daysSince1970(local), week: isoWeek(local), month: local.slice(0, 7) };
    if (JSON.stringify(stamp) !== JSON.stringify(wanted))
      faults.push(`${zone} ${iso(instant)}: ${JSON.stringify(stamp)}`);
  }
  return faults;
}

test('all zones of the IANA database are looked at, and most have changed', () => {
  expect(zones.length).toBeGreaterThan(590);
  expect(changing.length).toBeGreaterThan(300);
  expect([...changesByZone.values()].flat().length).toBeGreaterThan(10_000);
});

describe.each(areas)('every zone of %s that changed since 2000', (_area, inArea) => {
  test('changes when Intl says so', () => {
    for (const zone of inArea.filter((one) => canonical.has(one))) {
      const told = changesByZone.get(zone) ?? [];
      for (const change of told) expect(offsetAt(change - 1000, zone)).not.toBe(offsetAt(change, zone));
      // A week's steps miss what is undone within the week.
      expect(told).toEqual(expect.arrayContaining(offsetChanges(zone, FROM, TO)));
    }
  });

  test('has days and weeks that agree with Intl around each change', () => {
    const faults = inArea.flatMap((zone) => {
      const changes = changesByZone.get(zone) ?? [];
      return changes.flatMap((change) => faultsAround(change, zone, changes));
    });
    expect(faults).toEqual([]);
  });
});

describe('days tile the line', () => {
  const HOURS_BEFORE = [1, 15, 30, 45, 60, 90, 119, 120, 150, 180].map((minutes) => minutes * 60_000);
  const days = changing
    .filter((zone) => canonical.has(zone))
    .flatMap((zone) => {
      const around = (changesByZone.get(zone) ?? []).flatMap((change) =>
        [-1, 0, 1].map((distance) => dayAfter(localDay(change, zone), distance)),
      );
      return [...new Set(around)].map((date) => ({ zone, date, ...periodBounds(date, zone) }));
    });
  type Day = (typeof days)[number];
  const named = (odd: readonly Day[]) => odd.map(({ zone, date }) => `${zone} ${date}`);

  test('each begins where the one before it ends, and only one that a zone skipped has no length', () => {
    for (const { zone, date, from } of days) expect(periodBounds(dayAfter(date, -1), zone).to).toBe(from);
    expect(named(days.filter(({ from, to }) => from >= to))).toEqual([
      'Pacific/Apia 2011-12-30',
      'Pacific/Fakaofo 2011-12-30',
    ]);
  });

  test('and neighbours differ by one, but where a date was skipped', () => {
    const skips = days.filter(({ zone, from }) => {
      const before = civilStamp(iso(Date.parse(from) - 1), zone);
      return civilStamp(from, zone).dayNumber !== before.dayNumber + 1;
    });
    expect(new Set(skips.map(({ zone }) => zone))).toEqual(new Set(['Pacific/Apia', 'Pacific/Fakaofo']));
    expect(new Set(skips.map(({ from }) => from.slice(0, 10)))).toEqual(new Set(['2011-12-30']));
  });

  test('nothing is dated into a day that has ended; before it begins, only where clocks go back over midnight', () => {
    for (const { zone, date, to } of days) {
      for (const later of [0, ...HOURS_BEFORE]) {
        if (!(civilStamp(iso(Date.parse(to) + later), zone).day > date)) throw new Error(`${zone} ${date} comes again`);
      }
    }
    const early = days.filter(({ zone, date, from }) =>
      HOURS_BEFORE.some((earlier) => civilStamp(iso(Date.parse(from) - earlier), zone).day >= date),
    );
    const skipped = new Set(['Pacific/Apia 2011-12-30', 'Pacific/Fakaofo 2011-12-30']);
    const odd = named(early).filter((name) => !skipped.has(name));
    expect([...new Set(odd.map((name) => name.slice(0, name.indexOf(' '))))].toSorted()).toEqual([
      'America/Goose_Bay',
      'America/Moncton',
      'America/St_Johns',
      'Antarctica/Casey',
    ]);
    expect(
      odd
        .map((name) => name.slice(-10, -6))
        .toSorted()
        .at(-1),
    ).toBe('2010');
  });
});

test.each([
  ['America/New_York', '2026-03-08', 23],
  ['America/New_York', '2026-11-01', 25],
  ['Australia/Lord_Howe', '2026-04-05', 24.5],
  ['Pacific/Apia', '2011-12-30', 0],
  ['Asia/Pyongyang', '2015-08-14', 24.5],
  ['America/Caracas', '2007-12-09', 24.5],
])('in %s %s has %d hours', (zone, date, hours) => {
  const { from, to } = periodBounds(date, zone);
  expect((Date.parse(to) - Date.parse(from)) / HOUR).toBe(hours);
});

test('weeks and months of UTC from 1900 to 2100 begin where dates say', () => {
  for (let day = daysSince1970('1900-01-01'); day < daysSince1970('2100-01-01'); day += 1) {
    const date = dateOfDay(day);
    const { week, month } = civilStamp(`${date}T12:00:00.000Z`, 'UTC');
    if ((day + 3) % 7 === 0) expect(periodBounds(week, 'UTC').from).toBe(`${date}T00:00:00.000Z`);
    if (date.endsWith('-01')) expect(periodBounds(month, 'UTC').from).toBe(`${date}T00:00:00.000Z`);
  }
});

test.each(['all', '2026-W54', '2026-13', '2026-02-30', '2026-11-24T09:00Z', ''])('%j is no period of days', (key) => {
  expect(() => periodBounds(key, 'UTC')).toThrow(RangeError);
});
