import type { Contract } from '@laurel/contract';
import type { LeaderboardPeriod, LeaderboardUpdate } from '@laurel/contract/leaderboards/schema';
import type { Leaderboard, ScoreSource } from '@laurel/contract/types';
import { utcInstant } from '../calendar/civil.ts';
import { periodAt, periodNamed } from '../calendar/windows.ts';
import { ALL_TIME } from '../domain/index.ts';
import type { Closing } from '../store/closings.ts';
import { listClosings } from '../store/closings.ts';
import { getDefinition } from '../store/definition-items.ts';
import { countLines } from '../store/leaderboards.ts';
import { recountAll } from '../teams/recount-all.ts';
import { behindLines, selectedLines, shownTeam } from './board-lines.ts';
import { type CallContext, type Handlers, pageOf, reachOf } from './call.ts';
import { closePeriod } from './closing.ts';
import { activityOf, type StatedCondition, statedCondition } from './conditions.ts';
import type { DefinitionType, Reference } from './definition-type.ts';
import { endedPeriods } from './ended-periods.ts';
import { assertKept } from './kept.ts';
import { invalidField, notFound } from './problem.ts';
import { rewardReferences } from './promises.ts';
import { readingOf } from './rankings.ts';
import { segmentLines } from './segment-lines.ts';

type BoardHandlers = Handlers<Contract['dashboard']['leaderboards']>;

/** What a score source refers to. */
export function sourceReferences(source: ScoreSource): Reference[] {
  switch (source.kind) {
    case 'earned':
      return [{ pointer: '/source/currency', kind: 'currencies', id: source.currency }];
    case 'streak':
      return [{ pointer: '/source/streak', kind: 'streaks', id: source.streak }];
    default:
      return [{ pointer: '/source/activity', kind: 'activities', id: source.activity }];
  }
}

/** The conditions that a board or a league states. */
export function scoringConditions(
  rulebook: Parameters<typeof statedCondition>[0],
  { source, condition, audience }: Pick<LeaderboardUpdate, 'source' | 'condition' | 'audience'>,
): StatedCondition[] {
  const expression = audience !== undefined && 'expression' in audience ? audience.expression : undefined;
  return [
    ...statedCondition(rulebook, '/condition', condition, activityOf(source)),
    ...statedCondition(rulebook, '/audience/expression', expression, undefined),
  ];
}

/** The segment that an audience names. */
export function audienceReferences({ audience }: Pick<LeaderboardUpdate, 'audience'>): Reference[] {
  if (audience === undefined || !('segment' in audience)) return [];
  return [{ pointer: '/audience/segment', kind: 'segments', id: audience.segment }];
}

function windowOf({ window }: Pick<Leaderboard, 'window'>): Leaderboard['window'] {
  if (window.kind !== 'range') return window;
  const range = { ...window, from: utcInstant(window.from), to: utcInstant(window.to) };
  if (range.from >= range.to) throw invalidField('/window/to', 'The range ends before it begins.');
  return range;
}

/** What is particular to leaderboards. */
export const leaderboardType: DefinitionType<'leaderboards'> = {
  kind: 'leaderboards',
  idKind: 'leaderboard',
  build: (body, managed) => ({ ...body, window: windowOf(body), ...managed }),
  conditions: (board, rulebook) => scoringConditions(rulebook, board),
  references: ({ source, prizes, audience }) => [
    ...sourceReferences(source),
    ...audienceReferences({ audience }),
    ...prizes.flatMap(({ rewards }, index) =>
      rewardReferences(rewards).map((one) => ({ ...one, pointer: `/prizes/${index}${one.pointer}` })),
    ),
  ],
};

/** The current period of a window; outside of it, what comes nearest: a range has one alone. */
export function currentPeriod(window: Leaderboard['window'], now: string): string {
  return periodAt(window, now)?.key ?? ALL_TIME;
}

/** The period of a board that a call asks for: the current one where it names none. */
export function boardPeriod({ window }: Leaderboard, period: string | undefined, now: string): string {
  return period ?? currentPeriod(window, now);
}

/** Refuses a period that is none of a board's. */
function assertPeriod(pointer: string, { window }: Leaderboard, period: string): string {
  if (periodNamed(window, period) === null)
    throw invalidField(pointer, 'The board has no such period: look at its window.');
  return period;
}

const states = { counting: 'closing', capturing: 'closing', paying: 'closing', closed: 'closed' } as const;

function presentClosing({ leaderboard, period, stage, players, granted, withheld, reduced = 0, closedAt }: Closing) {
  return { leaderboard, period, state: states[stage], players, granted, withheld, reduced, closedAt };
}

/** The periods that nobody began to close, the latest first: the current one, and those that are over. */
async function unsettled(call: CallContext, definition: Leaderboard, limit: number): Promise<LeaderboardPeriod[]> {
  const [open, ended] = await Promise.all([openPeriod(call, definition), endedPeriods(call, definition)]);
  const current = new Set(ended.map(({ period }) => period));
  return [...open.filter(({ period }) => !current.has(period)), ...ended].slice(0, limit);
}

/** The current period of a board, as long as nobody began to close it. */
async function openPeriod(call: CallContext, definition: Leaderboard): Promise<LeaderboardPeriod[]> {
  const period = boardPeriod(definition, undefined, call.now);
  const reading = await readingOf(call, definition, period);
  if (reading.closing !== undefined) return [];
  const players = await countLines(reading);
  const paid = { granted: 0, withheld: 0, reduced: 0, closedAt: null };
  return [{ leaderboard: definition.id, period, state: 'open', players, ...paid }];
}

/** The handlers of leaderboards, which let no change touch what the scores of one that was published are made of. */
export function boardsKept<H extends Pick<BoardHandlers, 'get' | 'update'>>(boards: H): H {
  return {
    ...boards,
    async update(call: Parameters<BoardHandlers['update']>[0]) {
      const { body: before } = await boards.get(call);
      const body = { ...call.body, window: windowOf(call.body) };
      assertKept('leaderboards', before, body);
      return boards.update(call);
    },
  };
}

async function boardOf(call: CallContext & { readonly params: { readonly id: string } }): Promise<Leaderboard> {
  const found = await getDefinition(call.platform.table, call.scope, 'leaderboards', call.params.id);
  if (found === undefined) throw notFound();
  return found;
}

/** What the dashboard does with leaderboards besides their definitions. */
export const leaderboardReads: Pick<BoardHandlers, 'entries' | 'periods' | 'close' | 'rebuild'> = {
  async entries(call) {
    const definition = await boardOf(call);
    const reading = await readingOf(call, definition, boardPeriod(definition, call.query.period, call.now));
    const { segment, users, teams } = call.query;
    const filters = { ranking: reading.ranking, segment };
    if (segment !== undefined && (users ?? teams) !== undefined)
      throw invalidField('/query/segment', 'Ask for the lines of a segment, or for chosen ones.');
    const list = await (segment === undefined
      ? selectedLines(call, reading, () => reachOf(call, filters))
      : segmentLines(call, reading, segment, reachOf(call, filters)));
    const behind = await behindLines(reading, list.items);
    const body = pageOf(call, filters, list, ({ rank, score, subject }) => ({
      rank,
      score,
      ...(definition.scope === 'teams'
        ? { team: shownTeam(behind, subject) }
        : { userId: subject, externalId: behind.users.get(subject)?.externalId ?? null }),
    }));
    return { body };
  },

  async periods(call) {
    const definition = await boardOf(call);
    const filters = { leaderboard: definition.id };
    const reach = reachOf(call, filters);
    const open = reach.after === undefined ? await unsettled(call, definition, reach.limit) : [];
    const rest = { ...reach, limit: reach.limit - open.length };
    const closed = await listClosings(call.platform.table, call.scope, definition.id, rest);
    const list = { ...closed, items: [...open, ...closed.items.map(presentClosing)] };
    return { body: pageOf(call, filters, list, (one) => one) };
  },

  async close(call) {
    const definition = await boardOf(call);
    const period = assertPeriod('/period', definition, call.body.period);
    const from = periodNamed(definition.window, period)?.from ?? null;
    if (from !== null && from > call.now) throw invalidField('/period', `The period begins at ${from}.`);
    const closing = await closePeriod(call, definition, period);
    return { body: presentClosing(closing) };
  },

  async rebuild(call) {
    const definition = await boardOf(call);
    const period = assertPeriod('/period', definition, call.body.period);
    const reading = await readingOf(call, definition, period);
    if (definition.scope === 'teams')
      await recountAll(call.platform.table, call.scope, { definition: definition.id, period });
    await reading.index.rebuild(call.scope, reading.ranking);
    return { body: { leaderboard: definition.id, period, players: await countLines(reading) } };
  },
};
