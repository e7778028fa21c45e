import type { User } from '@laurel/contract/users/schema';
import { getDefinition } from '../store/definition-items.ts';
import { positionOfLine } from '../store/leaderboards.ts';
import type { Listing, Reach } from '../store/listing.ts';
import { boundedListing, type Scanned } from '../store/scan.ts';
import { behindLines } from './board-lines.ts';
import type { CallContext } from './call.ts';
import { invalidField } from './problem.ts';
import { type RankedLine, type Reading, topRanks } from './rankings.ts';
import { memberTest } from './segments.ts';

/** How many lines one call that looks for those of a segment looks at, at the most. */
const MOST_LINES = 1000;
/** How many are read at a time. */
const PAGE = 100;

interface LineOfUser {
  readonly line: RankedLine;
  /** Nobody, where whoever had the line is gone. */
  readonly user: User | undefined;
}

async function* linesFromTop(reading: Reading, from: string | undefined): AsyncGenerator<Scanned<LineOfUser>> {
  for (let after = from; ; ) {
    const { items, next } = await topRanks(reading, { limit: PAGE, after });
    const { users } = await behindLines(reading, items);
    for (const line of items) yield { value: { line, user: users.get(line.subject) }, position: positionOfLine(line) };
    if (next === null) return;
    after = next;
  }
}

/**
 * The lines of those who are in a segment now, with the ranks that they have among all. A page may be short, or empty,
 * and still say where to read on.
 */
export async function segmentLines(
  call: CallContext,
  reading: Reading,
  segment: string,
  reach: Reach,
): Promise<Listing<RankedLine>> {
  if (reading.definition.scope === 'teams')
    throw invalidField('/query/segment', 'A segment is of users, and this board is of teams.');
  const definition = await getDefinition(call.platform.table, call.scope, 'segments', segment);
  if (definition === undefined) throw invalidField('/query/segment', 'There is no such segment in this workspace.');
  const isMember = await memberTest(call, definition);
  const keep = ({ user }: LineOfUser) => user !== undefined && isMember(user);
  const found = await boundedListing(linesFromTop(reading, reach.after), reach, keep, MOST_LINES);
  return { ...found, items: found.items.map(({ line }) => line) };
}
