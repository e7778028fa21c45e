import {
  closePast,
  closingOf,
  comparePositions,
  erasedAll,
  foldStretch,
  type PlayerState,
  type Position,
  positionOf,
  recountedFrom,
  streaksRecountedFrom,
} from '../domain/index.ts';
import { commit } from '../store/commit.ts';
import { unsaySome } from '../store/events.ts';
import { historyKey, readStretch } from '../store/history.ts';
import { packsOf, unpack } from '../store/packs.ts';
import { getSheet, type Sheet, saveSheet, saveSnapshot } from '../store/players.ts';
import type { PlayContext } from './call.ts';
import { pastOf } from './past.ts';
import { baseOf, rulesetsOf } from './plan-base.ts';
import { storedView } from './player-view.ts';

/** The player as they were at the end of what is to be closed. */
interface End {
  readonly last: Position;
  readonly count: number;
  readonly state: PlayerState;
}

/** Before all instants. */
const THE_START = '0000';

/** Whether anything of the history is from before a time, and not closed yet. */
async function isToClose({ platform, scope }: PlayContext, userId: string, sheet: Sheet, before: string) {
  const closed = closingOf(sheet.snapshots)?.last;
  if (sheet.last === null) return false;
  const lines = await readStretch(platform.table, scope, userId, { from: closed?.at ?? THE_START, to: before });
  return lines.some(({ entry }) => closed === undefined || comparePositions(positionOf(entry), closed) > 0);
}

/**
 * Where the history from before a time ends, and the player of then; nothing where a later entry counts it anew, which
 * must find all of it whenever it is decided again.
 */
async function endOf(play: PlayContext, userId: string, sheet: Sheet, before: string): Promise<End | undefined> {
  const view = storedView(play, userId, sheet);
  const at: Position = { at: before, id: '' };
  const base = await baseOf(view, at);
  const counting = base.lines.flatMap(({ entry, voided }) => (voided === null ? [entry] : []));
  const stretch = counting.filter((entry) => entry.occurredAt < before);
  const later = counting.filter((entry) => entry.occurredAt >= before);
  const rulesetOf = await rulesetsOf(play, counting);
  const past = await pastOf(play, view, base.state, stretch, rulesetOf);
  const folded = foldStretch(base.state, stretch, rulesetOf, undefined, past);
  if (folded.kind === 'refused') throw new Error(`a history that was folded is refused: ${folded.detail}`);
  const { state } = folded;
  const needed = streaksRecountedFrom(state, later, rulesetOf) ?? recountedFrom(state, later, rulesetOf);
  if (needed !== null && needed < before) return undefined;
  // Voided lines are of the past as well: what they said is erased with the rest.
  const last = base.lines.filter(({ entry }) => entry.occurredAt < before).at(-1);
  const known = sheet.last !== null && sheet.last.at < before ? sheet.last : undefined;
  const mark = sheet.snapshots.findLast((one) => comparePositions(one.last, at) < 0)?.last;
  const ends = [known, mark, ...(last === undefined ? [] : [positionOf(last.entry)])].filter(
    (one) => one !== undefined,
  );
  const end = ends.toSorted(comparePositions).at(-1);
  return end && { last: end, count: base.count + stretch.length, state };
}

/** Reads a player's sheet, of which nothing is left packed: the next one does not name the packs any more. */
async function unpackedSheet({ platform, scope }: PlayContext, userId: string): Promise<Sheet> {
  const { packs, ...sheet } = await getSheet(platform.table, scope, userId);
  if (packs !== undefined) await unpack(platform.table, scope, packsOf(userId, { ...sheet, packs }));
  return sheet;
}

/** Erases what events said of the past that is closed, as far as that is not done, and keeps that it is. */
async function unsay(play: PlayContext, userId: string): Promise<number> {
  const { platform, scope } = play;
  const { table } = platform;
  const sheet = await unpackedSheet(play, userId);
  const closing = closingOf(sheet.snapshots);
  if (closing === undefined) return 0;
  const { erasedTo } = closing.closes;
  if (erasedTo !== null && comparePositions(erasedTo, closing.last) === 0) return 0;
  let erased = 0;
  let after: string | null | undefined = erasedTo === null ? undefined : historyKey(scope, userId, erasedTo).sk;
  while (after !== null) {
    const some = await unsaySome(table, scope, userId, after, closing.last);
    erased += some.erased;
    after = some.next;
  }
  // Where the sheet has moved meanwhile, the next to come here looks once more.
  await commit(table, [saveSheet(table, scope, userId, { ...sheet, snapshots: erasedAll(sheet.snapshots) })]);
  return erased;
}

/**
 * Closes a player's past up to a time, and erases what its events said: attributes, and what conditions saw of the user.
 * From then on nothing is decided anew in it, so what it came to stands. Bears being done twice, and being ended at any
 * point. Answers with how many events were left without a word.
 */
export async function closePastOf(play: PlayContext, userId: string, before: string): Promise<number> {
  const { platform, scope } = play;
  const { table } = platform;
  const sheet = await unpackedSheet(play, userId);
  if (await isToClose(play, userId, sheet, before)) {
    const end = await endOf(play, userId, sheet, before);
    if (end === undefined) return 0;
    const { marks, slot } = closePast(sheet.snapshots, end.last, end.count);
    const result = await commit(table, [
      saveSheet(table, scope, userId, { ...sheet, snapshots: marks }),
      saveSnapshot(table, scope, userId, slot, end.state),
    ]);
    // The player has moved: tomorrow is early enough.
    if (result.kind !== 'committed') return 0;
  }
  return unsay(play, userId);
}
