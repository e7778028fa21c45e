import type { Contract } from '@laurel/contract';
import type { LeaderboardPeriod, LeaderboardUpdate } from '@laurel/contract/leaderboards/schema';
import type { Leaderboard, ScoreSource } from '@laurel/contract/types';
import type { User } from '@laurel/contract/users/schema';
import { civilStamp, utcInstant } from '../calendar/civil.ts';
import type { Closing } from '../store/closings.ts';
import { listClosings } from '../store/closings.ts';
import { countLines } from '../store/leaderboards.ts';
import type { Listing } from '../store/listing.ts';
import { getUsers } from '../store/users.ts';
import { type Call, type CallContext, type Handlers, listingOf, pageOf, reachOf } from './call.ts';
import { closePeriod } from './closing.ts';
import { activityOf, type StatedCondition, statedCondition } from './conditions.ts';
import { definitionHandlers, type Reference } from './definitions.ts';
import { invalidField, notFound, ProblemError, unknownReference } from './problem.ts';
import { displayNameOf } from './profile.ts';
import { isShown, type RankedLine, rankOf, ranksAround, ranksOf, readingOf, topRanks } from './rankings.ts';
import { currentPeriod, type Reader, readerOf } from './reader.ts';
import { rewardReferences } from './rewards.ts';
import { bestText } from './text.ts';

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

/** There are no segments yet, so that none can be named. */
export function assertAudience({ audience }: Pick<LeaderboardUpdate, 'audience'>): void {
  if (audience !== undefined && 'segment' in audience) throw unknownReference('/audience/segment', 'segment');
}

/** Refuses a change of what scores are made of: those that are there would mean something else. */
export function assertKept<Key extends string>(
  what: string,
  keys: readonly Key[],
  before: Readonly<Record<Key, unknown>>,
  after: Readonly<Record<Key, unknown>>,
): void {
  const changed = keys.find((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
  if (changed === undefined) return;
  const message = `The ${changed} of a ${what} stays as it is: create another ${what}.`;
  throw new ProblemError('unprocessable', message, { errors: [{ pointer: `/${changed}`, code: 'fixed', message }] });
}

function windowOf({ window }: LeaderboardUpdate): LeaderboardUpdate['window'] {
  if (window.kind !== 'range') return window;
  const range = { ...window, from: utcInstant(window.from), to: utcInstant(window.to) };
  if (range.from >= range.to) throw invalidField('/window/to', 'The range ends before it begins.');
  return range;
}

const routes = definitionHandlers({
  kind: 'leaderboards',
  idKind: 'leaderboard',
  build: (body: LeaderboardUpdate, managed) => {
    assertAudience(body);
    return { ...body, window: windowOf(body), ...managed };
  },
  conditions: (body, rulebook) => scoringConditions(rulebook, body),
  references: ({ source, prizes }) => [
    ...sourceReferences(source),
    ...prizes.flatMap(({ rewards }, index) =>
      rewardReferences(rewards).map((one) => ({ ...one, pointer: `/prizes/${index}${one.pointer}` })),
    ),
  ],
});

function boardPeriod(definition: Leaderboard, period: string | undefined, today: Reader['today']): string {
  return period ?? currentPeriod(definition.window, today);
}

function nowIn(call: CallContext): Reader['today'] {
  return (zone) => civilStamp(call.now, zone);
}

const shapes = { day: /^\d{4}-\d{2}-\d{2}$/, week: /^\d{4}-W\d{2}$/, month: /^\d{4}-\d{2}$/ } as const;

/** Refuses a period that is none of a board's. */
function assertPeriod(pointer: string, { window }: Leaderboard, period: string): string {
  const fits = 'every' in window ? shapes[window.every].test(period) : period === 'all';
  if (!fits) throw invalidField(pointer, 'The board has no such period: look at its window.');
  return period;
}

const states = { capturing: 'closing', paying: 'closing', closed: 'closed' } as const;

function presentClosing({ leaderboard, period, stage, players, granted, withheld, closedAt }: Closing) {
  return { leaderboard, period, state: states[stage], players, granted, withheld, closedAt };
}

/** The current period of a board, as long as nobody began to close it. */
async function openPeriod(call: CallContext, definition: Leaderboard): Promise<LeaderboardPeriod[]> {
  const period = boardPeriod(definition, undefined, nowIn(call));
  const reading = await readingOf(call, definition, period);
  if (reading.closing !== undefined) return [];
  const players = await countLines(reading);
  return [{ leaderboard: definition.id, period, state: 'open', players, granted: 0, withheld: 0, closedAt: null }];
}

export const leaderboards: Handlers<Contract['dashboard']['leaderboards']> = {
  ...routes,

  async update(call) {
    const { body: before } = await routes.get(call);
    assertKept('leaderboard', ['source', 'window', 'direction'], before, { ...call.body, window: windowOf(call.body) });
    return routes.update(call);
  },

  async entries(call) {
    const { body: definition } = await routes.get(call);
    const reading = await readingOf(call, definition, boardPeriod(definition, call.query.period, nowIn(call)));
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
    const { body: definition } = await routes.get(call);
    const filters = { leaderboard: definition.id };
    const reach = reachOf(call, filters);
    const open = reach.after === undefined ? await openPeriod(call, definition) : [];
    const rest = { ...reach, limit: reach.limit - open.length };
    const closed = await listClosings(call.platform.table, call.scope, definition.id, rest);
    const list = { ...closed, items: [...open, ...closed.items.map(presentClosing)] };
    return { body: pageOf(call, filters, list, (one) => one) };
  },

  async close(call) {
    const { body: definition } = await routes.get(call);
    const period = assertPeriod('/period', definition, call.body.period);
    const closing = await closePeriod(call.platform, call.scope, definition, period, call.now);
    return { body: presentClosing(closing) };
  },

  async rebuild(call) {
    const { body: definition } = await routes.get(call);
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
  const period = boardPeriod(definition, call.query.period, reader.today);
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
    return { body: pageOf(call, null, list, (one) => present(one, reader)) };
  },

  async get(call) {
    const reader = await readerOf(call);
    return { body: present(publishedBoard(reader, call.params.id), reader) };
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

function present(definition: Leaderboard, { languages, today }: Reader) {
  const { id, name, description, window, ties, direction, prizes } = definition;
  return {
    id,
    name: bestText(name, languages),
    ...(description === undefined ? {} : { description: bestText(description, languages) }),
    window,
    ties,
    direction,
    prizes,
    period: currentPeriod(window, today),
  };
}
