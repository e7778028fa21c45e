import type { Fact } from '@laurel/contract/types';
import { type ProgressChange, progressId, type RecordMap, type Refusal, recordsOf } from '../domain/index.ts';
import type { Write } from '../store/commit.ts';
import { batchOutsideOfSheets, happen } from '../store/happen.ts';
import { saveHappenings } from '../store/happenings.ts';
import { packsOf, unpack } from '../store/packs.ts';
import { getSheet, type Sheet, saveSheet } from '../store/players.ts';
import type { CallContext } from './call.ts';
import type { Platform } from './platform.ts';
import type { PlayerView } from './player-view.ts';

/** The most that one commit tells, in bytes: it is kept as one item of the table, which may be 400 KB large. */
const MOST_TOLD = 360_000;

/** Why a change is refused of which there is more to tell. */
export const TOO_MUCH_TOLD: Refusal = {
  kind: 'refused',
  code: 'endless_rules',
  detail: 'More follows from this than can be told at once: lower the number of rules that it touches.',
};

/** Whether one commit can tell so much. An id, a workspace and a user come to each fact. */
export function canTell(facts: readonly Fact[]): boolean {
  const besides = 300 * facts.length;
  return besides + Buffer.byteLength(JSON.stringify(facts)) <= MOST_TOLD;
}

/** The progress among records that a change touched, as it was and as it is. */
export async function progressChanges(
  { sheet, progress }: PlayerView,
  records: RecordMap,
  appended: boolean,
): Promise<ProgressChange[]> {
  const touched = recordsOf(records.values(), 'progress');
  // What is over has left the hot state, which holds all that an entry at the end of the history can move.
  const stored = appended ? Object.values(sheet.state.progress) : await progress(touched.map(({ id }) => id));
  const before = new Map(stored.map((one) => [progressId(one.mission, one.period), one]));
  return touched.map(({ id, record }) => ({ id, before: before.get(id) ?? null, after: record }));
}

/** What a call tells by: whom it calls on for ids and the table, in which workspace, and when. */
type Telling = Pick<CallContext, 'scope' | 'now'> & { readonly platform: Pick<Platform, 'table' | 'newId'> };

/** Tells the facts of a change of a player's history, beside the sheet whose version it was planned on. */
export function tellOfPlayer(
  { platform, scope, now }: Telling,
  userId: string,
  sheet: { readonly version: number },
  facts: readonly Fact[],
): Write[] {
  const happenings = happen({ newId: platform.newId, scope }, userId, facts);
  return saveHappenings(platform.table, scope, { userId, sequence: sheet.version + 1, at: now, happenings });
}

/**
 * Tells of a player what is no step of their game, such as a change of their profile or of their team: in the player's
 * order, as a version of their sheet in which nothing else has changed, so that a stream can go on exactly after it.
 */
export async function tellAside(telling: Telling, userId: string, ...facts: readonly Fact[]): Promise<Write[]> {
  const { table } = telling.platform;
  const { packs: _unpacked, ...sheet } = await unpackedSheet(telling, userId);
  return [saveSheet(table, telling.scope, userId, sheet), ...tellOfPlayer(telling, userId, sheet, facts)];
}

/** A player's sheet, of which nothing is left packed: the next one does not name the packs any more. */
async function unpackedSheet({ platform, scope }: Telling, userId: string): Promise<Sheet> {
  const sheet = await getSheet(platform.table, scope, userId);
  await unpack(platform.table, scope, packsOf(userId, sheet));
  return sheet;
}

/** Tells of what is no step of a player's game and in no player's order, such as that there is a user at all. */
export function tellOf({ platform, scope, now }: Telling, userId: string | null, ...facts: readonly Fact[]): Write[] {
  const { table, newId } = platform;
  return saveHappenings(table, scope, batchOutsideOfSheets({ newId, scope, now }, userId, facts));
}
