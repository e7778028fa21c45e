import type { Contract } from '@laurel/contract';
import { MAX_REPORT_DAYS } from '@laurel/contract/analytics/schema';
import type { Segment } from '@laurel/contract/types';
import { civilStamp, dateOfDay, dayOfDate } from '../calendar/civil.ts';
import { compareText, EVER, isLeagueBoard, type Topic } from '../domain/index.ts';
import { type Counters, countersOf, readCounters } from '../store/analytics.ts';
import { getDefinition } from '../store/definition-items.ts';
import type { CallContext, Handlers } from './call.ts';
import { funnelRows } from './funnels.ts';
import { ProblemError, unknownReference } from './problem.ts';
import { workspaceOf } from './reader.ts';
import { partOfSegment } from './segment-report.ts';

interface ReportCall extends CallContext {
  readonly query: {
    readonly from: string;
    readonly to: string;
    readonly segment?: string | undefined;
    readonly part?: string | undefined;
  };
}

interface Places {
  readonly from: string;
  readonly to: string;
}

/** What a report is made from. */
interface Source {
  readonly days: readonly string[];
  readonly read: (topic: Topic, places?: Places) => Promise<Counters>;
  /** Whether its rows are to be added up with others. */
  readonly isPart: boolean;
}

function daysOf({ query: { from, to } }: ReportCall): string[] {
  const [first, last] = [dayOfDate(from), dayOfDate(to)];
  const length = last - first + 1;
  if (length < 1 || length > MAX_REPORT_DAYS) {
    const message = `not before \`from\`, and at most ${MAX_REPORT_DAYS} days in all`;
    throw new ProblemError('unprocessable', `\`to\` must be ${message}.`, {
      errors: [{ pointer: '/query/to', code: 'unprocessable', message }],
    });
  }
  return Array.from({ length }, (_, index) => dateOfDay(first + index));
}

/** The segment that a report is on; null where it is on everybody. */
async function segmentOf(call: ReportCall): Promise<Segment | null> {
  const { segment: name } = call.query;
  if (name === undefined) return null;
  const segment = await getDefinition(call.platform.table, call.scope, 'segments', name);
  if (segment === undefined || segment.status === 'draft') throw unknownReference('/query/segment', 'segment');
  return segment;
}

/** Makes a report of rows from the counters of a workspace, or of members of a segment, of whom there may be more. */
async function report<Row>(
  call: ReportCall,
  topics: readonly Topic[],
  rowsOf: (source: Source) => Promise<Row[]>,
  own: Readonly<Record<string, unknown>> = {},
) {
  const { from, to, segment: name, part } = call.query;
  const days = daysOf(call);
  const [workspace, segment] = await Promise.all([workspaceOf(call), segmentOf(call)]);
  const head = { from, to, zone: workspace.zone };
  const { table, cursors } = call.platform;
  const filters = { from, to, segment: name, ...own };
  const binding = { scope: call.scope, route: call.route, filters, parameter: 'part' };
  const after = part === undefined ? undefined : cursors.read(binding, part);
  if (segment === null) {
    const read: Source['read'] = (topic, places = { from, to }) => readCounters(table, call.scope, topic, places);
    const rows = await rowsOf({ days, read, isPart: false });
    return { body: { ...head, complete: true, players: null, rows, nextPart: null } };
  }
  const { shares, looked, members, next } = await partOfSegment(call, workspace, segment, topics, after);
  const read: Source['read'] = async (topic, places = { from, to }) => countersOf(shares, topic, places);
  const isPart = after !== undefined || next !== null;
  const rows = await rowsOf({ days, read, isPart });
  const nextPart = next === null ? null : cursors.write(binding, next);
  return { body: { ...head, complete: !isPart, players: { looked, members }, rows, nextPart } };
}

function at(counters: Counters, place: string, counter: string): number {
  return counters.get(place)?.get(counter) ?? 0;
}

/** The counters of each place by what follows the first word of their names: one row each. */
function rowsByName<Row>(
  counters: Counters,
  row: (day: string, name: readonly string[], value: (first: string) => number) => Row,
): Row[] {
  const days = [...counters].toSorted(([a], [b]) => compareText(a, b));
  return days.flatMap(([day, named]) => {
    const alive = [...named].filter(([, amount]) => amount !== 0);
    const names = [...new Set(alive.map(([name]) => name.slice(name.indexOf(' ') + 1)))].toSorted(compareText);
    return names.map((name) => row(day, name.split(' '), (first) => named.get(`${first} ${name}`) ?? 0));
  });
}

/** The places of the weeks or months that days lie in. */
function placesOf(days: readonly string[], unit: 'week' | 'month'): Places {
  const places = days.map((day) => stampOf(day)[unit]).toSorted(compareText);
  return { from: places.at(0) ?? '', to: places.at(-1) ?? '' };
}

function stampOf(day: string) {
  return civilStamp(`${day}T12:00:00.000Z`, 'UTC');
}

/** After every day. */
const LAST_DAY = '9999-12-31';

async function economyRows({ days, read, isPart }: Source) {
  const [first = '', last = ''] = [days.at(0), days.at(-1)];
  const [since, ever] = await Promise.all([
    read('economy', { from: first, to: LAST_DAY }),
    read('economy', { from: EVER, to: EVER }),
  ]);
  const outstanding = new Map(ever.get(EVER));
  // What is outstanding adds up only where each part tells of it on each day, whether or not it moved.
  if (isPart) {
    for (const day of days) {
      const named = since.get(day) ?? new Map<string, number>();
      for (const currency of outstanding.keys()) named.set(`told ${currency}`, 1);
      since.set(day, named);
    }
  }
  const moved = rowsByName(since, (day, [currency = ''], value) => {
    return { day, currency, minted: value('minted'), burned: value('burned'), received: value('received') };
  });
  // From what there is now, back through the days: what moved after a day was not there at its end.
  const rows = moved.toReversed().map((row) => {
    const total = outstanding.get(row.currency) ?? 0;
    outstanding.set(row.currency, total - row.minted + row.burned - row.received);
    return { ...row, outstanding: total };
  });
  return rows.toReversed().filter(({ day }) => day <= last);
}

export const analytics: Handlers<Contract['dashboard']['analytics']> = {
  overview: (call) =>
    report(call, ['days', 'weeks', 'months'], async ({ days, read }) => {
      const [byDay, byWeek, byMonth] = await Promise.all([
        read('days'),
        read('weeks', placesOf(days, 'week')),
        read('months', placesOf(days, 'month')),
      ]);
      return days.map((day) => {
        const { week, month } = stampOf(day);
        return {
          day,
          active: at(byDay, day, 'active'),
          activeInWeek: at(byWeek, week, 'active'),
          activeInMonth: at(byMonth, month, 'active'),
          events: at(byDay, day, 'events'),
          missionsCompleted: at(byDay, day, 'completed'),
        };
      });
    }),

  missions: (call) =>
    report(call, ['missions'], async ({ read }) =>
      rowsByName(await read('missions'), (day, [mission = ''], value) => ({
        day,
        mission,
        started: value('started'),
        completedOfStarted: value('completedOfStarted'),
        completed: value('completed'),
      })),
    ),

  async funnels(call) {
    const { from, to, mission } = call.query;
    const { table } = call.platform;
    if (mission !== undefined && (await getDefinition(table, call.scope, 'missions', mission)) === undefined)
      throw unknownReference('/query/mission', 'mission');
    // Places are days with missions.
    const places = { from, to: `${to}\uffff` };
    return report(call, ['funnels'], async ({ read }) => funnelRows(await read('funnels', places), call.now, mission), {
      mission,
    });
  },

  rewards: (call) =>
    report(call, ['rewards'], async ({ read }) =>
      rowsByName(await read('rewards'), (day, [source = '', id = '', of = '', kind = 'currency'], value) => ({
        day,
        source,
        id,
        kind,
        of,
        amount: value('amount'),
        times: value('times'),
      })),
    ),

  economy: (call) => report(call, ['economy'], economyRows),

  streaks: (call) =>
    report(call, ['streaks'], async ({ read }) => {
      const counters = await read('streaks');
      const rows = [...counters].flatMap(([day, named]) =>
        [...named].flatMap(([name, players]) => {
          const [streak = '', length = ''] = name.split(' ');
          return players === 0 ? [] : [{ day, streak, length: Number(length), players }];
        }),
      );
      return rows.toSorted(
        (a, b) => compareText(a.day, b.day) || compareText(a.streak, b.streak) || a.length - b.length,
      );
    }),

  leaderboards: (call) =>
    report(call, ['boards'], async ({ read }) => {
      const rows = [...(await read('boards'))].flatMap(([day, named]) =>
        [...named].flatMap(([leaderboard, players]) =>
          // What was counted once of leagues is no board of anybody.
          players === 0 || isLeagueBoard(leaderboard) ? [] : [{ day, leaderboard, players }],
        ),
      );
      return rows.toSorted((a, b) => compareText(a.day, b.day) || compareText(a.leaderboard, b.leaderboard));
    }),

  users: (call) =>
    report(call, ['days'], async ({ days, read }) => {
      const byDay = await read('days');
      return days.map((day) => ({ day, created: at(byDay, day, 'created'), active: at(byDay, day, 'active') }));
    }),
};
