import { type Entry, type Folded, positionOf } from '../domain/index.ts';
import { put, type Write } from './commit.ts';
import { playerKey } from './players.ts';
import { type Scope, sortableNumber, sortPrefix } from './scope.ts';
import { getItem, queryItems, recordOf, type Table } from './table.ts';

/** What an entry came to in a later fold, and the entry with what it was answered for that. */
export interface Refolded {
  readonly entry: Entry;
  readonly folded: Folded;
}

/** Up to so many lines are changed each by itself: a transaction holds 100 writes. */
const MOST_SINGLE = 20;
/** How many lines one item holds, which may be 400 KB large. */
const TOGETHER = 300;

/** What many lines came to at once, by entry. */
type Folds = Readonly<Record<string, Refolded>>;

function changedLine(table: Table, scope: Scope, { entry, folded }: Refolded, version: number): Write {
  const { at, id } = positionOf(entry);
  const { pk, sk } = playerKey(scope, entry.userId, ['HISTORY', at, id]);
  return {
    later: true,
    item: {
      Update: {
        TableName: table.name,
        Key: { pk, sk },
        UpdateExpression: 'SET #folded = :folded, #entry = :entry, #foldedAt = :version',
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeNames: { '#folded': 'folded', '#entry': 'entry', '#foldedAt': 'foldedAt' },
        ExpressionAttributeValues: {
          ':folded': JSON.stringify(folded),
          ':entry': JSON.stringify(entry),
          ':version': version,
        },
      },
    },
  };
}

/** Whether so many lines that came to something else are kept together. */
export function keptTogether(lines: readonly unknown[]): boolean {
  return lines.length > MOST_SINGLE;
}

/**
 * Keeps what lines came to in a later fold: on the lines themselves, or, where one change moves very many, together in
 * few items that are laid over the lines when they are read.
 * @param version of the sheet that is written with it
 * @param shown the entries of which this changes what is read of the event by itself, beside its history
 */
export function saveFolds(
  table: Table,
  scope: Scope,
  userId: string,
  version: number,
  lines: readonly Refolded[],
  shown: ReadonlySet<string> = new Set(),
): Write[] {
  const [single, many] = keptTogether(lines)
    ? [lines.filter(({ entry }) => shown.has(entry.id)), lines.filter(({ entry }) => !shown.has(entry.id))]
    : [lines, []];
  return [
    ...single.map((line) => changedLine(table, scope, line, version)),
    ...foldsOf(table, scope, userId, version, many),
  ];
}

/** What many lines came to, together in few items. */
function foldsOf(table: Table, scope: Scope, userId: string, version: number, lines: readonly Refolded[]): Write[] {
  const parts = Array.from({ length: Math.ceil(lines.length / TOGETHER) }, (_, part) =>
    lines.slice(part * TOGETHER, (part + 1) * TOGETHER),
  );
  return parts.map((part, number) => {
    const key = playerKey(scope, userId, ['FOLDED', sortableNumber(version), sortableNumber(number)]);
    const folds: Folds = Object.fromEntries(part.map(({ entry, folded }) => [entry.id, { entry, folded }]));
    return { item: put(table, { ...key, version, record: JSON.stringify(folds) }), later: true };
  });
}

/** Whether a sort key of a player's partition is of what lines came to, kept together. */
export function isFoldsKey(sk: string): boolean {
  return sk.startsWith(sortPrefix(['FOLDED']));
}

/** When the entries occurred that an item says what they came to, by its sort key. */
export async function momentsOfFolds(table: Table, scope: Scope, userId: string, sk: string): Promise<string[]> {
  const item = await getItem(table, { pk: playerKey(scope, userId, []).pk, sk });
  if (item === undefined) return [];
  const folds: Folds = JSON.parse(recordOf<string>(item));
  return Object.values(folds).map(({ entry }) => entry.occurredAt);
}

/** What lines came to that were kept together. */
export interface KeptFolds {
  /** A line with what it came to last; `foldedAt` is the version of the sheet with which it was changed by itself. */
  applied<Line extends Refolded>(line: Line, foldedAt: number): Line;
}

/** No lines were ever kept together. */
export const NO_FOLDS: KeptFolds = { applied: (line) => line };

/** Reads what lines of a player came to that were kept together. */
export async function readFolds(table: Table, scope: Scope, userId: string): Promise<KeptFolds> {
  const { pk: partition } = playerKey(scope, userId, []);
  const items = await queryItems(table, { partition, prefix: sortPrefix(['FOLDED']) });
  if (items.length === 0) return NO_FOLDS;
  const latest = new Map<string, Refolded & { readonly version: number }>();
  for (const item of items) {
    const folds: Folds = JSON.parse(recordOf<string>(item));
    for (const [id, refolded] of Object.entries(folds)) latest.set(id, { ...refolded, version: Number(item.version) });
  }
  return {
    applied(line, foldedAt) {
      const kept = latest.get(line.entry.id);
      if (kept === undefined || kept.version <= foldedAt) return line;
      return { ...line, entry: kept.entry, folded: kept.folded };
    },
  };
}
