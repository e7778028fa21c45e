import type { Occurrence } from '../fold/occurrence.ts';
import { isOver } from '../fold/retire.ts';
import { type Turn, tell } from '../fold/turn.ts';
import { type ScoreRecord, scoreId } from '../player.ts';
import { lookup, withEntry, withoutKeys } from '../record.ts';
import { moveScore } from './score.ts';

/** Adds the event to the scores of the leaderboards that it feeds. */
export function reactBoards(turn: Turn, occurrence: Occurrence): void {
  if (occurrence.kind !== 'event') return;
  for (const board of turn.ruleset.leaderboards.get(occurrence.activity) ?? []) {
    const move = moveScore(board, turn.state.scores, turn.facts);
    if (move.kind === 'refused') {
      turn.refusal = move;
      return;
    }
    turn.trace.push(move.trace);
    if (move.change === null) continue;
    const { added: _, ...record } = move.change;
    const scores = withoutKeys(turn.state.scores, retiredIds(turn, record));
    const id = scoreId(record.leaderboard, record.period);
    turn.state = { ...turn.state, scores: withEntry(scores, id, record) };
    tell(turn, { kind: 'score', id, record });
    turn.scores.push(move.change);
  }
}

/** Scores on the same leaderboard in periods that no later event can fall in, where a new period has begun. */
function retiredIds({ state, entry }: Turn, { leaderboard, period }: ScoreRecord): string[] {
  if (lookup(state.scores, scoreId(leaderboard, period)) !== undefined) return [];
  return Object.entries(state.scores).flatMap(([id, record]) =>
    record.leaderboard === leaderboard && isOver(record.period, record.reachedAt, entry.occurredAt) ? [id] : [],
  );
}
