import type { Entry, Position } from '../domain/index.ts';
import { historyKey, lineOf } from './history.ts';
import type { Listing, Reach } from './listing.ts';
import { playerKey } from './players.ts';
import { readFolds } from './refolds.ts';
import { type Scope, sortPrefix } from './scope.ts';
import { queryItems, type Table } from './table.ts';

/** One thing that moved a progress. */
export interface LoggedMove {
  readonly entry: Entry;
  readonly step: number;
  readonly added: number;
  readonly amount: number;
  /** When it was voided, since when it counts no more; null where it counts. */
  readonly voidedAt: string | null;
}

/** Which part of a history a progress was moved in. */
export interface LogSpan {
  readonly progress: string;
  /** From after this place on; from the start of the history where it is null. */
  readonly after: Position | null;
  /** Nothing after this instant moved it. */
  readonly until: string;
}

const AT_A_TIME = 50;

/** Where to read on: after a line of the history, and how many moves of the next one were told already. */
function placeOf(text: string | undefined, start: string | undefined): { after: string | undefined; told: number } {
  if (text === undefined) return { after: start, told: 0 };
  const space = text.indexOf(' ');
  const after = text.slice(space + 1);
  return { after: after === '' ? undefined : after, told: Number(text.slice(0, space)) };
}

/** Lists what moved a progress, in the order of the history, which keeps it: there is no second log that could differ. */
export async function listMoves(
  table: Table,
  scope: Scope,
  userId: string,
  span: LogSpan,
  reach: Reach,
): Promise<Listing<LoggedMove>> {
  const partition = playerKey(scope, userId, []).pk;
  const start = span.after === null ? undefined : historyKey(scope, userId, span.after).sk;
  const folds = await readFolds(table, scope, userId);
  const items: LoggedMove[] = [];
  let { after, told } = placeOf(reach.after, start);
  for (;;) {
    const found = await queryItems(table, {
      partition,
      prefix: sortPrefix(['HISTORY']),
      limit: AT_A_TIME,
      ...(after === undefined ? {} : { after }),
    });
    for (const item of found) {
      const { entry, folded, voided } = folds.applied(lineOf(item), Number(item.foldedAt ?? 0));
      if (entry.occurredAt > span.until) return { items, next: null };
      const moves = (voided?.moves ?? folded.moves ?? []).filter(({ progress }) => progress === span.progress);
      for (const { step, added, amount } of moves.slice(told)) {
        if (items.length === reach.limit) return { items, next: `${told} ${after ?? ''}` };
        items.push({ entry, step, added, amount, voidedAt: voided?.at ?? null });
        told += 1;
      }
      after = String(item.sk);
      told = 0;
    }
    if (found.length < AT_A_TIME) return { items, next: null };
  }
}
