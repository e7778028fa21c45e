import type { Occurrence } from '../fold/occurrence.ts';
import { type Turn, tell } from '../fold/turn.ts';
import { walletOf } from '../player.ts';
import { lookup, withEntry } from '../record.ts';
import { giveReward } from '../reward/give.ts';
import { dueReward } from '../reward/reward.ts';
import { movingBy, newestBy } from '../versions.ts';
import { type CompiledTrack, type LevelRecord, levelsOf } from './climb.ts';
import { moveLevel } from './level.ts';

/**
 * Lets levels follow the thresholds of a version that says so, with the first entry since it was published: up and down,
 * also on tracks that do not go down. There, the most that the player ever had decides, since spending takes no level.
 */
export function passLevels(turn: Turn): void {
  for (const book of turn.ruleset.recountedTracks) {
    const before = lookup(levelsOf(turn.state), book.id);
    if (before === undefined) continue;
    const track = movingBy(book, before.version, turn.entry.occurredAt).findLast(
      ({ running }) => running === 'recompute',
    );
    if (track !== undefined) move(turn, track, true);
  }
}

/** Moves the player along the tracks of a currency that came in, by the thresholds that are at work then. */
export function reactLevels(turn: Turn, occurrence: Occurrence): void {
  if (occurrence.kind !== 'credited') return;
  for (const book of turn.ruleset.tracksByCurrency.get(occurrence.currency) ?? []) {
    const track = newestBy(book, turn.entry.occurredAt);
    if (track.ladder.currency === occurrence.currency) move(turn, track);
  }
}

/** Moves the player down where amounts went out, on the tracks that go down: whichever way they went. */
export function settleLevels(turn: Turn): void {
  for (const { track: id, level } of Object.values(levelsOf(turn.state))) {
    const book = turn.ruleset.tracks.get(id);
    const track = book === undefined ? undefined : newestBy(book, turn.entry.occurredAt);
    if (track?.ladder.goesDown === true && level > 1) move(turn, track);
  }
}

function move(turn: Turn, track: CompiledTrack, follows = false): void {
  const { id, ladder } = track;
  const before = lookup(levelsOf(turn.state), id);
  const { balance } = walletOf(turn.state, ladder.currency);
  const most = Math.max(before?.most ?? 0, balance);
  const decides = follows && !ladder.goesDown ? most : balance;
  const { state, reached, firstReached, lost } = moveLevel(ladder, before, decides, follows);
  if (state === before) {
    // What nobody looks at is no movement of the record.
    if (most !== before.most) {
      turn.state = { ...turn.state, levels: withEntry(levelsOf(turn.state), id, { ...before, most }) };
    }
    return;
  }
  const falls = (before?.falls ?? 0) + (lost.length > 0 ? 1 : 0);
  const record: LevelRecord = { ...state, falls, most };
  turn.state = { ...turn.state, levels: withEntry(levelsOf(turn.state), id, record) };
  tell(turn, { kind: 'level', id, record });
  for (const level of lost) turn.marks.push(`levelLost ${id} ${level} ${falls}`);
  for (const level of reached) {
    turn.marks.push(`levelReached ${id} ${level} ${falls}`);
    turn.queue.push({ kind: 'levelReached', track: id, level, key: String(falls) });
  }
  for (const level of firstReached) reward(turn, track, level);
}

/** What a level gives, the first time that it is reached. */
function reward(turn: Turn, { id, rewards }: CompiledTrack, level: number): void {
  const source = { kind: 'level', track: id, level } as const;
  for (const [index, promise] of (rewards.get(level) ?? []).entries()) {
    const due = dueReward(promise, turn.facts);
    if (due === null) continue;
    const cause = `level:${id}:${level}#${index}`;
    giveReward(turn, { cause, source, reason: { ...source, event: turn.entry.id } }, due);
  }
}
