import type { LedgerEntry } from '@laurel/contract/types';
import { comparePositions, type Entry, type Folded, type Position, positionOf } from '../domain/index.ts';
import { putNew, type Write } from './commit.ts';
import { playerKey } from './players.ts';
import { NO_FOLDS, readFolds } from './refolds.ts';
import type { IndexKey, Key, Scope } from './scope.ts';
import { sortPrefix } from './scope.ts';
import { getItem, type Item, queryItems, type Table } from './table.ts';

/** That an entry counts no more, since when, by whom and why. */
export interface Voided {
  readonly at: string;
  readonly by: string;
  readonly note: string;
  /** What it had moved of progress; absent where nothing, and in what was voided before it was kept. */
  readonly moves?: Folded['moves'];
  /** What the void moved in the player's wallets. */
  readonly ledger: readonly LedgerEntry[];
}

/** One line of a player's history: an entry, what it came to when it was folded last, and whether it still counts. */
export interface HistoryLine {
  readonly entry: Entry;
  readonly folded: Folded;
  readonly voided: Voided | null;
}

/** Where an entry stands in the table: a history is read in the order in which it is folded. */
export function historyKey(scope: Scope, userId: string, { at, id }: Position): Key {
  return playerKey(scope, userId, ['HISTORY', at, id]);
}

/** The line that an item holds. Everything of a history is read and written whole, so it is kept as text. */
export function lineOf(item: Item): HistoryLine {
  const voided = item.voided === undefined ? null : JSON.parse(String(item.voided));
  return { entry: JSON.parse(String(item.entry)), folded: JSON.parse(String(item.folded)), voided };
}

/** Adds an entry to a history. An event's place in the workspace's lists is kept with it. */
export function saveLine(
  table: Table,
  scope: Scope,
  { entry, folded }: Pick<HistoryLine, 'entry' | 'folded'>,
  index: IndexKey | null,
): Write {
  const item = {
    ...historyKey(scope, entry.userId, positionOf(entry)),
    entry: JSON.stringify(entry),
    folded: JSON.stringify(folded),
    ...index,
  };
  return { item: putNew(table, item) };
}

/** Keeps that an entry counts no more, once for ever. */
export function saveVoided(table: Table, scope: Scope, entry: Entry, folded: Folded, voided: Voided): Write<'voided'> {
  const { pk, sk } = historyKey(scope, entry.userId, positionOf(entry));
  return {
    item: {
      Update: {
        TableName: table.name,
        Key: { pk, sk },
        UpdateExpression: 'SET #folded = :folded, #voided = :voided',
        ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(#voided)',
        ExpressionAttributeNames: { '#folded': 'folded', '#voided': 'voided' },
        ExpressionAttributeValues: { ':folded': JSON.stringify(folded), ':voided': JSON.stringify(voided) },
      },
    },
    refusal: 'voided',
  };
}

/** Reads one line of a history. */
export async function readLine(
  table: Table,
  scope: Scope,
  userId: string,
  position: Position,
): Promise<HistoryLine | undefined> {
  const item = await getItem(table, historyKey(scope, userId, position));
  if (item === undefined) return undefined;
  return (await readFolds(table, scope, userId)).applied(lineOf(item), Number(item.foldedAt ?? 0));
}

/**
 * Reads a player's history after a position, from its start where there is none, voided entries included.
 * @param foldsTogether whether the sheet says that folds were kept apart from their lines
 */
export async function readHistory(
  table: Table,
  scope: Scope,
  userId: string,
  after: Position | undefined,
  foldsTogether = true,
): Promise<HistoryLine[]> {
  const items = await queryItems(table, {
    partition: playerKey(scope, userId, []).pk,
    prefix: sortPrefix(['HISTORY']),
    only: LINE,
    ...(after === undefined ? {} : { after: historyKey(scope, userId, after).sk }),
  });
  const folds = items.length === 0 || !foldsTogether ? NO_FOLDS : await readFolds(table, scope, userId);
  const lines = items.map((item) => folds.applied(lineOf(item), Number(item.foldedAt ?? 0)));
  // Keys escape two characters, so that ids which hold them may sort otherwise than the ids themselves.
  return lines.toSorted((a, b) => comparePositions(positionOf(a.entry), positionOf(b.entry)));
}

/** The attributes that make a line, besides its place in lists. */
const LINE = ['entry', 'folded', 'foldedAt', 'voided'];

/** Reads the lines of a history from one instant to another, the second not included, voided ones included. */
export async function readStretch(
  table: Table,
  scope: Scope,
  userId: string,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<HistoryLine[]> {
  const startOf = (at: string) => historyKey(scope, userId, { at, id: '' }).sk;
  const items = await queryItems(table, {
    partition: playerKey(scope, userId, []).pk,
    prefix: sortPrefix(['HISTORY']),
    after: startOf(from),
    before: startOf(to),
    only: LINE,
  });
  const folds = items.length === 0 ? NO_FOLDS : await readFolds(table, scope, userId);
  return items.map((item) => folds.applied(lineOf(item), Number(item.foldedAt ?? 0)));
}

/** How many lines are read at a time where the latest are looked at. */
const LATEST = 20;

/** The lines of a history, the latest first, as they were when their entries were added. */
export async function* latestLines(table: Table, scope: Scope, userId: string): AsyncGenerator<HistoryLine> {
  const { pk: partition } = playerKey(scope, userId, []);
  const prefix = sortPrefix(['HISTORY']);
  for (let after: string | undefined; ; ) {
    const from = after === undefined ? {} : { after };
    const items = await queryItems(table, { partition, prefix, descending: true, limit: LATEST, ...from });
    yield* items.map(lineOf);
    after = String(items.at(-1)?.sk);
    if (items.length < LATEST) return;
  }
}

/** The moment of the entry that a sort key of a player's partition is of; nothing where it is of something else. */
export function momentOfKey(sk: string): string | undefined {
  const prefix = sortPrefix(['HISTORY']);
  return sk.startsWith(prefix) ? sk.slice(prefix.length).split('#')[0] : undefined;
}
