import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { civilStamp, dateOfDay, dayOfDate, utcInstant } from '../../src/calendar/civil.ts';
import { daysSince1970, isoWeek, localDay, offsetChanges } from './local-time.ts';

const FROM = Date.UTC(2000, 0, 1);
const TO = Date.UTC(2027, 0, 1);
const HOUR = 3_600_000;

/** The stamp by independent means. */
function stampOf(instant: number, zone: string) {
  const day = localDay(instant, zone);
  return { day, dayNumber: daysSince1970(day), week: isoWeek(day), month: day.slice(0, 7) };
}

function stampsDiffer(instant: number, zone: string): boolean {
  const stamp = civilStamp(new Date(instant).toISOString(), zone);
  return JSON.stringify(stamp) !== JSON.stringify(stampOf(instant, zone));
}

/** Around a change: its last and first second, and the midnights of the days that it makes shorter or longer. */
const around = [-24 * HOUR, -HOUR, -1000, 0, 1000, HOUR, 24 * HOUR];

const areas = Map.groupBy(Intl.supportedValuesOf('timeZone'), (zone) => zone.split('/')[0] ?? zone);

describe('case 3: the civil date of an instant', () => {
  test.each([...areas])('around each offset change since 2000, in every zone of %s', (_, zones) => {
    for (const zone of zones) {
      const changes = offsetChanges(zone, FROM, TO);
      const instants = changes.flatMap((change) => around.map((distance) => change + distance));
      expect(instants.filter((instant) => stampsDiffer(instant, zone)).map((instant) => new Date(instant))).toEqual([]);
    }
  });

  test('at any instant since 1972, in any zone', () => {
    // Before 1972 zones had offsets with seconds, which are not the same in every edition of the zone data.
    const instant = fc.date({ min: new Date('1972-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(instant, fc.constantFrom(...Intl.supportedValuesOf('timeZone')), (date, zone) => {
        expect(civilStamp(date.toISOString(), zone)).toEqual(stampOf(date.getTime(), zone));
      }),
      { numRuns: 5000 },
    );
  });

  test('weeks are ISO weeks: the turns of all years from 1900 to 2100', () => {
    for (let year = 1900; year <= 2100; year += 1) {
      for (const day of [`${year - 1}-12-28`, `${year - 1}-12-31`, `${year}-01-01`, `${year}-01-03`, `${year}-01-04`]) {
        expect(civilStamp(`${day}T12:00:00Z`, 'UTC').week).toBe(isoWeek(day));
      }
    }
    expect(civilStamp('2021-01-03T12:00:00Z', 'UTC').week).toBe('2020-W53');
    expect(civilStamp('2024-12-30T12:00:00Z', 'UTC').week).toBe('2025-W01');
  });

  test('a date skipped by a zone has no instant: Apia had no 2011-12-30', () => {
    expect(civilStamp('2011-12-30T09:59:59Z', 'Pacific/Apia').day).toBe('2011-12-29');
    expect(civilStamp('2011-12-30T10:00:00Z', 'Pacific/Apia').day).toBe('2011-12-31');
  });
});

describe('dates and day numbers', () => {
  test('are inverse to one another, and neighbours differ by one', () => {
    fc.assert(
      fc.property(fc.integer({ min: -25_567, max: 80_000 }), (day) => {
        expect(dayOfDate(dateOfDay(day))).toBe(day);
        expect(daysSince1970(dateOfDay(day))).toBe(day);
      }),
    );
  });
});

describe('instants', () => {
  test('with any offset are the same instant in UTC, which sorts as text', () => {
    const offset = fc.integer({ min: -14 * 60, max: 14 * 60 });
    const date = fc.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(date, offset, (instant, minutes) => {
        const local = new Date(instant.getTime() + minutes * 60_000).toISOString().slice(0, -1);
        const size = Math.abs(minutes);
        const digits = [Math.floor(size / 60), size % 60].map((part) => String(part).padStart(2, '0')).join(':');
        expect(utcInstant(`${local}${minutes < 0 ? '-' : '+'}${digits}`)).toBe(instant.toISOString());
      }),
    );
  });

  test('lose what is finer than a millisecond', () => {
    expect(utcInstant('2026-01-01T00:00:00.0009999Z')).toBe('2026-01-01T00:00:00.000Z');
    expect(utcInstant('1969-12-31T23:59:59.9999Z')).toBe('1969-12-31T23:59:59.999Z');
  });
});
