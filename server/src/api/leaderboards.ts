import type { Contract } from '@laurel/contract';
import type { Leaderboard } from '@laurel/contract/types';
import { civilStamp } from '../calendar/civil.ts';
import { rank, rankEntries, type Standing, scoreId, TOP } from '../domain/index.ts';
import { getDefinition } from '../store/definition-items.ts';
import {
  type Board,
  type BoardScore,
  countAbove,
  countDistinctAbove,
  countScores,
  countTiedUpTo,
  positionOf,
  scoresBefore,
  topScores,
} from '../store/leaderboards.ts';
import { getRecords } from '../store/player-records.ts';
import { getUsers } from '../store/users.ts';
import { type CallContext, type Handlers, listingOf, pageOf, reachOf } from './call.ts';
import { statedCondition } from './conditions.ts';
import type { DefinitionType } from './definition-type.ts';
import { invalidField, notFound } from './problem.ts';
import { displayNameOf } from './profile.ts';
import { currentPeriod, type Reader, readerOf } from './reader.ts';
import { bestText } from './text.ts';

type RankedScore = BoardScore & { readonly rank: number };

/** What stands before a line. */
async function standingOf(
  call: CallContext,
  definition: Leaderboard,
  board: Board,
  line: BoardScore,
): Promise<Standing> {
  const { table } = call.platform;
  const [above, tied] = await Promise.all([
    countAbove(table, call.scope, board, line.score),
    countTiedUpTo(table, call.scope, board, line),
  ]);
  const distinctAbove =
    definition.ties === 'dense' ? await countDistinctAbove(table, call.scope, board, line.score) : above;
  return { above, distinctAbove, ahead: above + tied - 1 };
}

async function rankLines(
  call: CallContext,
  definition: Leaderboard,
  board: Board,
  lines: readonly BoardScore[],
  fromTop: boolean,
): Promise<RankedScore[]> {
  const [first] = lines;
  if (first === undefined) return [];
  return rankEntries(lines, definition.ties, fromTop ? TOP : await standingOf(call, definition, board, first));
}

function boardOf(definition: Leaderboard, period: string | undefined, today: Reader['today']): Board {
  return { leaderboard: definition.id, period: period ?? currentPeriod(definition.window, today) };
}

async function scoreOf(call: CallContext, board: Board, userId: string): Promise<BoardScore | undefined> {
  const id = scoreId(board.leaderboard, board.period);
  const record = (await getRecords(call.platform.table, call.scope, userId, 'score', [id])).get(id);
  return record === undefined || record.score === 0 ? undefined : { ...record, userId };
}

function publishedBoard({ definitions }: Reader, id: string): Leaderboard {
  const definition = definitions.leaderboards.find((one) => one.id === id && one.status === 'published');
  if (definition === undefined) throw notFound();
  return definition;
}

/** What is particular to leaderboards. */
export const leaderboardType: DefinitionType<'leaderboards'> = {
  kind: 'leaderboards',
  idKind: 'leaderboard',
  build: (body, managed) => ({ ...body, ...managed }),
  conditions: ({ condition, source }, rulebook) => statedCondition(rulebook, '/condition', condition, source.activity),
  references: ({ source }) => [{ pointer: '/source/activity', kind: 'activities', id: source.activity }],
};

/** What the dashboard reads of leaderboards besides the definitions. */
export const leaderboardReads: Pick<Handlers<Contract['dashboard']['leaderboards']>, 'entries'> = {
  async entries(call) {
    const definition = await getDefinition(call.platform.table, call.scope, 'leaderboards', call.params.id);
    if (definition === undefined) throw notFound();
    const board = boardOf(definition, call.query.period, (zone) => civilStamp(call.now, zone));
    const reach = reachOf(call, board);
    const list = await topScores(call.platform.table, call.scope, board, reach);
    const lines = await rankLines(call, definition, board, list.items, reach.after === undefined);
    const users = await getUsers(
      call.platform.table,
      call.scope,
      lines.map((line) => line.userId),
    );
    const body = pageOf(call, board, { ...list, items: lines }, ({ rank: place, score, userId }) => ({
      rank: place,
      score,
      userId,
      externalId: users.get(userId)?.externalId ?? null,
    }));
    return { body };
  },
};

/** The lines around a player, with the player in the middle as far as the board goes. */
async function linesAround(call: CallContext, board: Board, me: BoardScore, limit: number): Promise<BoardScore[]> {
  const { table } = call.platform;
  const before = Math.floor((limit - 1) / 2);
  const ahead = await scoresBefore(table, call.scope, board, me, before);
  const reach = { limit: limit - 1 - ahead.length, after: positionOf(call.scope, me) };
  const behind = reach.limit === 0 ? [] : (await topScores(table, call.scope, board, reach)).items;
  return [...ahead, me, ...behind];
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
    const reader = await readerOf(call);
    const { table } = call.platform;
    const definition = publishedBoard(reader, call.params.id);
    const board = boardOf(definition, call.query.period, reader.today);
    const { around, cursor, limit } = call.query;
    if (around !== undefined && cursor !== undefined) {
      throw invalidField('/query/cursor', 'The lines around me are one page: send no cursor.');
    }
    const reach = reachOf(call, board);
    const me = await scoreOf(call, board, reader.user.id);
    const aroundMe = around !== undefined && me !== undefined;
    const list = aroundMe
      ? { items: await linesAround(call, board, me, limit), next: null }
      : around !== undefined
        ? { items: [], next: null }
        : await topScores(table, call.scope, board, reach);
    const lines = await rankLines(call, definition, board, list.items, !aroundMe && reach.after === undefined);
    const users = await getUsers(
      table,
      call.scope,
      lines.map((line) => line.userId),
    );
    const body = pageOf(call, board, { ...list, items: lines }, ({ rank: place, score, userId }) => ({
      rank: place,
      score,
      player: { displayName: displayNameOf(userId, users.get(userId)) },
      isMe: userId === reader.user.id,
    }));
    return { body };
  },

  async rank(call) {
    const reader = await readerOf(call);
    const definition = publishedBoard(reader, call.params.id);
    const board = boardOf(definition, call.query.period, reader.today);
    const me = await scoreOf(call, board, reader.user.id);
    const total = await countScores(call.platform.table, call.scope, board);
    const body = { leaderboard: definition.id, period: board.period, total };
    if (me === undefined) return { body: { ...body, rank: null, score: null } };
    const standing = await standingOf(call, definition, board, me);
    return { body: { ...body, rank: rank(definition.ties, standing), score: me.score } };
  },
};

function present(definition: Leaderboard, { languages, today }: Reader) {
  const { id, name, description, window, ties } = definition;
  return {
    id,
    name: bestText(name, languages),
    ...(description === undefined ? {} : { description: bestText(description, languages) }),
    window,
    ties,
    period: currentPeriod(window, today),
  };
}
