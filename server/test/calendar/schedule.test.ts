import { Schedule } from '@laurel/contract/shared/schedule';
import { PeriodKey } from '@laurel/contract/shared/time';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cronAfter, cronAtOrBefore } from '../../src/calendar/cron.ts';
import { nextTurns, periodOf } from '../../src/calendar/schedule.ts';
import { wallClock } from '../game/local-time.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const iso = (instant: number) => new Date(instant).toISOString();

const schedule = (given: object): Schedule => Schedule.parse(given);
const cron = (expression: string, zone = 'UTC') => schedule({ kind: 'cron', cron: expression, zone });

/** The numbers that a field of cron stands for, by its definition; `*` is all of them. */
function numbersOf(field: string, low: number, high: number): Set<number> {
  const numbers = field.split(',').flatMap((part) => {
    const [span = '', step = '1'] = part.split('/');
    const [first = '', last = first] = span === '*' ? [String(low), String(high)] : span.split('-');
    const end = part.includes('/') && !/[-*]/.test(span) ? high : Number(last);
    return Array.from({ length: end - Number(first) + 1 }, (_, index) => Number(first) + index).filter(
      (number) => (number - Number(first)) % Number(step) === 0,
    );
  });
  return new Set(numbers);
}

/** Whether a local minute is one of an expression's. */
function matcher(expression: string): (wall: number) => boolean {
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = expression.split(' ');
  const [minutes, hours, days] = [numbersOf(minute, 0, 59), numbersOf(hour, 0, 23), numbersOf(day, 1, 31)];
  const [months, weekdays] = [numbersOf(month, 1, 12), numbersOf(weekday, 0, 7)];
  if (weekdays.has(7)) weekdays.add(0);
  return (wall) => {
    const at = new Date(wall);
    const [inDays, inWeek] = [days.has(at.getUTCDate()), weekdays.has(at.getUTCDay())];
    const isDay = day === '*' ? inWeek : weekday === '*' ? inDays : inDays || inWeek;
    return minutes.has(at.getUTCMinutes()) && hours.has(at.getUTCHours()) && months.has(at.getUTCMonth() + 1) && isDay;
  };
}

/**
 * The starts of an expression by looking at a clock each minute: it starts when the clock shows, or has just gone past,
 * a matching time that it has not been past before.
 */
function startsByLooking(expression: string, clock: readonly (readonly [number, number])[]): string[] {
  const matches = matcher(expression);
  const starts: string[] = [];
  let shown = clock[0]?.[1] ?? 0;
  for (const [instant, wall] of clock.slice(1)) {
    let isStart = false;
    for (; shown < wall; shown += MINUTE) isStart ||= matches(shown + MINUTE);
    if (isStart) starts.push(iso(instant));
  }
  return starts;
}

/** Each minute from the one before `from` on, with what a zone's clocks show then. */
function lookAtClock(zone: string, from: number, to: number): [number, number][] {
  const minutes = Array.from({ length: (to - from) / MINUTE + 1 }, (_, minute) => from + (minute - 1) * MINUTE);
  return minutes.map((instant) => [instant, wallClock(instant, zone)]);
}

function startsOf(expression: string, zone: string, from: number, to: number): string[] {
  const starts: string[] = [];
  let next = cronAfter(expression, zone, iso(from - 1));
  while (next !== null && next < iso(to)) {
    starts.push(next);
    next = cronAfter(expression, zone, next);
  }
  return starts;
}

/** Two days around clock changes of all sorts: forward, back, by half an hour, at midnight, over a whole date. */
const turns = [
  ['America/New_York', '2026-03-08'],
  ['America/New_York', '2026-11-01'],
  ['Australia/Lord_Howe', '2026-04-04'],
  ['Australia/Lord_Howe', '2026-10-03'],
  ['Africa/Cairo', '2026-04-23'],
  ['Africa/Cairo', '2026-10-29'],
  ['America/St_Johns', '2010-11-07'],
  ['Pacific/Apia', '2011-12-29'],
  ['Asia/Kathmandu', '2026-11-01'],
] as const;

describe('cron in a zone agrees with looking at a clock each minute', () => {
  const field = (low: number, high: number) => {
    const number = fc.integer({ min: low, max: high });
    const range = fc.tuple(number, number).map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`);
    const step = fc.integer({ min: 1, max: Math.min(high, 30) }).map((by) => `*/${by}`);
    const part = fc.oneof(number.map(String), range, step);
    return fc.oneof(
      fc.constant('*'),
      fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(',')),
    );
  };
  const expression = fc
    .tuple(field(0, 59), field(0, 23), fc.oneof(fc.constant('*'), field(1, 28)), fc.constant('*'), field(0, 7))
    .map((fields) => fields.join(' '));

  test.each(turns)('around the turn of %s on %s', (zone, day) => {
    const from = Date.parse(day) - DAY / 2;
    const to = from + 2.5 * DAY;
    const clock = lookAtClock(zone, from, to);
    const given = ['30 2 * * *', '0 0 * * *', '*/15 * * * *', '30 23 * * *', '0 0 30 12 *'];
    const law = (text: string) => {
      const looked = startsByLooking(text, clock);
      expect(startsOf(text, zone, from, to)).toEqual(looked);
      for (const [index, start] of looked.entries()) {
        if (looked.length > 100 && index % 37 > 0) continue;
        const next = looked[index + 1] ?? iso(to);
        for (const inside of [start, iso(Date.parse(next) - 1)]) expect(cronAtOrBefore(text, zone, inside)).toBe(start);
      }
    };
    for (const text of given) law(text);
    fc.assert(fc.property(expression, law), { numRuns: 8 });
  });
});

describe('a local time that clocks skip or show twice', () => {
  test('starts when they skip it', () => {
    expect(cronAfter('30 2 * * *', 'America/New_York', '2026-03-08T00:00:00.000Z')).toBe('2026-03-08T07:00:00.000Z');
    expect(startsOf('*/20 2 * * *', 'America/New_York', Date.UTC(2026, 2, 8), Date.UTC(2026, 2, 9))).toHaveLength(1);
  });

  test('starts the first time alone', () => {
    const starts = startsOf('30 1 * * *', 'America/New_York', Date.UTC(2026, 10, 1), Date.UTC(2026, 10, 2));
    expect(starts).toEqual(['2026-11-01T05:30:00.000Z']);
  });
});

describe('the period of a schedule', () => {
  const zones = ['UTC', 'America/New_York', 'Pacific/Apia', 'Asia/Kathmandu', 'user'];
  const schedules = [
    ...zones.flatMap((zone) => [
      ...['day', 'week', 'month'].map((every) => schedule({ kind: 'recurring', every, zone })),
      cron('0 9 * * 1-5', zone),
      cron('*/30 * * * *', zone),
      schedule({ kind: 'range', from: '2026-11-01', to: '2026-11-24', zone }),
    ]),
    schedule({ kind: 'range', from: '2011-01-01T00:00:00Z' }),
    schedule({ kind: 'range', to: '2026-01-01' }),
    schedule({ kind: 'permanent' }),
  ];
  // To the hour, so that beginnings are met as well.
  const instant = fc.integer({ min: Date.UTC(2011, 11, 1) / 3_600_000, max: Date.UTC(2027, 0, 1) / 3_600_000 });

  test('holds the instant, is the same at each of its instants, and ends where the next one begins', () => {
    fc.assert(
      fc.property(fc.constantFrom(...schedules), instant, (given, hour) => {
        const at = iso(hour * 3_600_000);
        const period = periodOf(given, at, 'Europe/Rome');
        const { opens, closes } = nextTurns(given, at, 'Europe/Rome');
        if (period === null) {
          expect(opens === null || opens > at).toBe(true);
          return;
        }
        expect(PeriodKey.parse(period.key)).toBe(period.key);
        expect(period.from === null || period.from <= at).toBe(true);
        expect(period.to === null || at < period.to).toBe(true);
        expect(closes).toBe(period.to);
        if (period.from !== null) expect(periodOf(given, period.from, 'Europe/Rome')).toEqual(period);
        if (period.to === null) return;
        expect(periodOf(given, iso(Date.parse(period.to) - 1), 'Europe/Rome')).toEqual(period);
        const next = periodOf(given, period.to, 'Europe/Rome');
        if (given.kind === 'range') {
          expect(next).toBeNull();
          return;
        }
        expect(next?.from).toBe(period.to);
        expect((next?.key ?? '') > period.key).toBe(true);
        expect(opens).toBe(period.to);
      }),
      { numRuns: 1000 },
    );
  });

  test('of a range holds its first and last date whole, in its zone', () => {
    const given = schedule({ kind: 'range', from: '2026-11-01', to: '2026-11-24', zone: 'Asia/Kathmandu' });
    const period = { key: 'all', from: '2026-10-31T18:15:00.000Z', to: '2026-11-24T18:15:00.000Z' };
    expect(periodOf(given, period.from, 'UTC')).toEqual(period);
    expect(periodOf(given, '2026-10-31T18:14:59.999Z', 'UTC')).toBeNull();
    expect(nextTurns(given, '2026-01-01T00:00:00.000Z', 'UTC')).toEqual({ opens: period.from, closes: period.to });
  });

  test('by cron is named by when it began', () => {
    expect(periodOf(cron('0 9 * * *', 'Europe/Rome'), '2026-11-24T08:30:00.000Z', 'UTC')).toEqual({
      key: '2026-11-24T08:00Z',
      from: '2026-11-24T08:00:00.000Z',
      to: '2026-11-25T08:00:00.000Z',
    });
  });
});

describe('a schedule is refused', () => {
  test.each([
    '* * * *',
    '* * * * * *',
    '@daily',
    '60 * * * *',
    '0 24 * * *',
    '0 0 30 2 *',
    '0 0 L * *',
    '0 0 1W * *',
    '0 0 * * 5#2',
    '0 0 * * +MON',
    '5-1 * * * *',
    '*/0 * * * *',
    '? * * * *',
    '0  0 * * *',
    '0 0 * * *\n',
    '1,,2 * * * *',
    '1, * * * *',
  ])('by the cron expression %j', (expression) => {
    expect(Schedule.safeParse({ kind: 'cron', cron: expression, zone: 'UTC' }).success).toBe(false);
  });

  test.each([
    { kind: 'range' },
    { kind: 'range', from: '2026-02-01', to: '2026-01-31' },
    { kind: 'range', from: '2026-02-01T01:00:00+01:00', to: '2026-02-01T00:00:00Z' },
    { kind: 'recurring', every: 'year', zone: 'UTC' },
    { kind: 'cron', cron: '* * * * *', zone: '+01:00' },
  ])('by what it says: %j', (given) => {
    expect(Schedule.safeParse(given).success).toBe(false);
  });

  test.each(['0 9 * * MON-FRI', '*/5 0-6,22 * jan,feb *', '0 0 29 2 *', '0 0 13 * 5', '10-40/10 * * * 7'])(
    'but not by %j',
    (expression) => {
      expect(Schedule.safeParse({ kind: 'cron', cron: expression, zone: 'user' }).success).toBe(true);
    },
  );
});
