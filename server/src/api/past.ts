import {
  comparePositions,
  type Entry,
  foldStretch,
  type Past,
  type PlayerState,
  type Position,
  positionOf,
  type Ruleset,
  recountedFrom,
  streaksRecountedFrom,
} from '../domain/index.ts';
import type { PlayContext } from './call.ts';
import { baseOf, rulesetsOf } from './plan-base.ts';
import type { PlayerView } from './player-view.ts';

/** Just before all entries of an instant. */
function before(instant: string): Position {
  return { at: instant, id: '' };
}

/**
 * What a stretch of history needs of the history before it: nothing, but where a version of a mission counts running
 * progress again, which then is all since that was started; and where one counts a streak again, all. That is folded anew from the snapshot before it, since
 * conditions ask for the player of then; what is counted again within it needs its own past in turn.
 * @param voided the entry that is to count no more, where one is: the history still has it
 */
export async function pastOf(
  call: PlayContext,
  view: PlayerView,
  state: PlayerState,
  entries: readonly Entry[],
  rulesetOf: (version: number) => Ruleset,
  voided?: string,
): Promise<readonly Past[]> {
  const [first] = entries;
  const from = streaksRecountedFrom(state, entries, rulesetOf) ?? recountedFrom(state, entries, rulesetOf);
  if (first === undefined || from === null) return [];
  const base = await baseOf(view, before(from));
  const end = positionOf(first);
  const counting = base.lines.filter((line) => line.voided === null && line.entry.id !== voided);
  const stretch = counting.flatMap(({ entry }) => (comparePositions(positionOf(entry), end) < 0 ? [entry] : []));
  const rulesets = await rulesetsOf(call, stretch);
  const earlier = await pastOf(call, view, base.state, stretch, rulesets, voided);
  const folded = foldStretch(base.state, stretch, rulesets, undefined, earlier, true);
  if (folded.kind === 'refused') throw new Error(`a history that was folded is refused: ${folded.detail}`);
  return folded.past;
}
