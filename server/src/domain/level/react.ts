import type { Occurrence } from '../fold/occurrence.ts';
import { type Turn, tell } from '../fold/turn.ts';
import { walletOf } from '../player.ts';
import { lookup, withEntry } from '../record.ts';
import { giveReward } from '../reward/give.ts';
import { dueReward } from '../reward/reward.ts';
import { type CompiledTrack, levelsOf } from './climb.ts';
import { moveLevel } from './level.ts';

/** Moves the player along the tracks of a currency that came in. */
export function reactLevels(turn: Turn, occurrence: Occurrence): void {
  if (occurrence.kind !== 'credited') return;
  for (const track of turn.ruleset.tracksByCurrency.get(occurrence.currency) ?? []) move(turn, track);
}

/** Moves the player down where amounts went out, on the tracks that go down: whichever way they went. */
export function settleLevels(turn: Turn): void {
  for (const { track: id, level } of Object.values(levelsOf(turn.state))) {
    const track = turn.ruleset.tracks.get(id);
    if (track?.ladder.goesDown === true && level > 1) move(turn, track);
  }
}

function move(turn: Turn, track: CompiledTrack): void {
  const { id, ladder } = track;
  const before = lookup(levelsOf(turn.state), id);
  const { state, reached, firstReached, lost } = moveLevel(
    ladder,
    before,
    walletOf(turn.state, ladder.currency).balance,
  );
  if (state === before) return;
  const falls = (before?.falls ?? 0) + (lost.length > 0 ? 1 : 0);
  const record = { ...state, falls };
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
