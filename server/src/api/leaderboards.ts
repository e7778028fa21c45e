import type { Contract } from '@laurel/contract';
import type { LeaderboardPeriod, LeaderboardUpdate } from '@laurel/contract/leaderboards/schema';
import type { Leaderboard, PrizeReward, ScoreSource } from '@laurel/contract/types';
import type { User } from '@laurel/contract/users/schema';
import { utcInstant } from '../calendar/civil.ts';
import { periodAt, periodNamed } from '../calendar/windows.ts';
import { ALL_TIME } from '../domain/index.ts';
import type { Closing } from '../store/closings.ts';
import { listClosings } from '../store/closings.ts';
import { getDefinition } from '../store/definition-items.ts';
import { countLines } from '../store/leaderboards.ts';
import type { Listing } from '../store/listing.ts';
import { getUsers } from '../store/users.ts';
import { type Call, type CallContext, type Handlers, listingOf, pageOf, reachOf } from './call.ts';
import { closePeriod } from './closing.ts';
import { activityOf, type StatedCondition, statedCondition } from './conditions.ts';
import type { DefinitionType, Reference } from './definition-type.ts';
import { endedPeriods } from './ended-periods.ts';
import { assertKept } from './kept.ts';
import { invalidField, notFound } from './problem.ts';
import { displayNameOf } from './profile.ts';
import { isShown, type RankedLine, rankOf, ranksAround, ranksOf, readingOf, topRanks } from './rankings.ts';
import { type Reader, readerOf } from './reader.ts';
import { bestText } from './text.ts';

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

/** What the amounts of a prize refer to. */
export function prizeReferences(rewards: readonly PrizeReward[]): Reference[] {
  return rewards.map(({ currency }, index) => ({
    pointer: `/rewards/${index}/currency`,
    kind: 'currencies',
    id: currency,
  }));
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
      prizeReferences(rewards).map((one) => ({ ...one, pointer: `/prizes/${index}${one.pointer}` })),
    ),
  ],
};

/** The current period of a window; outside of it, what comes nearest: a range has one alone. */
function currentPeriod(window: Leaderboard['window'], now: string): string {
  return periodAt(window, now)?.key ?? ALL_TIME;
}

function boardPeriod({ window }: Leaderboard, period: string | undefined, now: string): string {
  return period ?? currentPeriod(window, now);
}

/** Refuses a period that is none of a board's. */
function assertPeriod(pointer: string, { window }: Leaderboard, period: string): string {
  if (periodNamed(window, period) === null)
    throw invalidField(pointer, 'The board has no such period: look at its window.');
  return period;
}

const states = { capturing: 'closing', paying: 'closing', closed: 'closed' } as const;

function presentClosing({ leaderboard, period, stage, players, granted, withheld, closedAt }: Closing) {
  return { leaderboard, period, state: states[stage], players, granted, withheld, closedAt };
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
  return [{ leaderboard: definition.id, period, state: 'open', players, granted: 0, withheld: 0, closedAt: null }];
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
    const { table } = call.platform;
    const filters = { ranking: reading.ranking };
    const list = await selected(call, () => topRanks(reading, reachOf(call, filters)), {
      users: (ids) => ranksOf(reading, ids),
    });
    const userIds = list.items.map((line) => line.userId);
    const users = await getUsers(table, call.scope, userIds);
    const body = pageOf(call, filters, list, ({ rank, score, userId }) => ({
      rank,
      score,
      userId,
      externalId: users.get(userId)?.externalId ?? null,
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
    await reading.index.rebuild(call.scope, reading.ranking);
    return { body: { leaderboard: definition.id, period, players: await countLines(reading) } };
  },
};

/** Reads what the query selects: the lines around me or of some users, in one page, or a page from the top. */
async function selected(
  call: {
    readonly query: {
      readonly around?: 'me' | undefined;
      readonly users?: string | undefined;
      readonly cursor?: string | undefined;
    };
  },
  top: () => Promise<Listing<RankedLine>>,
  one: {
    readonly around?: () => Promise<RankedLine[]>;
    readonly users: (ids: readonly string[]) => Promise<RankedLine[]>;
  },
): Promise<Listing<RankedLine>> {
  const { around, users, cursor } = call.query;
  if (around === undefined && users === undefined) return top();
  if (cursor !== undefined) throw invalidField('/query/cursor', 'Chosen lines are one page: send no cursor.');
  if (users === undefined) return { items: (await one.around?.()) ?? [], next: null };
  if (around !== undefined) throw invalidField('/query/users', 'Ask for the lines around me, or for those of users.');
  return { items: await one.users(users.split(',')), next: null };
}

function publishedBoard({ definitions }: Reader, id: string): Leaderboard {
  const definition = definitions.leaderboards.find((one) => one.id === id && one.status === 'published');
  if (definition === undefined) throw notFound();
  return definition;
}

/** What a player reads of a board, and who they are. */
async function playerReading(call: Call<Contract['app']['leaderboards']['rank' | 'entries']>) {
  const reader = await readerOf(call);
  const definition = publishedBoard(reader, call.params.id);
  const period = boardPeriod(definition, call.query.period, call.now);
  return { reader, reading: await readingOf(call, definition, period), period };
}

/**
 * Of lines those that a player may see, with the users behind them.
 * @param named whether the player asked for them by id: then whoever is anonymous would be given away
 */
async function shownTo(call: CallContext, me: User, lines: readonly RankedLine[], named: boolean) {
  const userIds = lines.map((line) => line.userId);
  const users = await getUsers(call.platform.table, call.scope, userIds);
  const shows = (user: User | undefined) => isShown(user) && !(named && user?.visibility === 'anonymous');
  return { users, lines: lines.filter(({ userId }) => userId === me.id || shows(users.get(userId))) };
}

export const appLeaderboards: Handlers<Contract['app']['leaderboards']> = {
  async list(call) {
    const reader = await readerOf(call);
    const published = reader.definitions.leaderboards.filter((one) => one.status === 'published');
    const list = listingOf(published, reachOf(call, null), (one) => one.id);
    return { body: pageOf(call, null, list, (one) => present(one, reader, call.now)) };
  },

  async get(call) {
    const reader = await readerOf(call);
    return { body: present(publishedBoard(reader, call.params.id), reader, call.now) };
  },

  async entries(call) {
    const { reader, reading } = await playerReading(call);
    const me = reader.user;
    const filters = { ranking: reading.ranking };
    const list = await selected(call, () => topRanks(reading, reachOf(call, filters)), {
      around: () => ranksAround(reading, me.id, call.query.limit),
      users: (ids) => ranksOf(reading, ids),
    });
    const named = call.query.users !== undefined;
    const { users, lines } = await shownTo(call, me, list.items, named);
    const body = pageOf(call, filters, { ...list, items: lines }, ({ rank, score, userId }) => ({
      rank,
      score,
      player: { displayName: displayNameOf(userId, users.get(userId)) },
      isMe: userId === me.id,
      ...(named ? { userId } : {}),
    }));
    return { body };
  },

  async rank(call) {
    const { reader, reading, period } = await playerReading(call);
    const [mine, total] = await Promise.all([rankOf(reading, reader.user.id), countLines(reading)]);
    const { id: leaderboard } = reading.definition;
    return { body: { leaderboard, period, total, rank: mine?.rank ?? null, score: mine?.score ?? null } };
  },
};

function present(definition: Leaderboard, { languages }: Reader, now: string) {
  const { id, name, description, window, ties, direction, prizes } = definition;
  return {
    id,
    name: bestText(name, languages),
    ...(description === undefined ? {} : { description: bestText(description, languages) }),
    window,
    ties,
    direction,
    prizes,
    period: currentPeriod(window, now),
  };
}
