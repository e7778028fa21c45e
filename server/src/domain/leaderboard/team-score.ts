import { type Turn, tell } from '../fold/turn.ts';
import { lookup, withEntry, withoutKeys } from '../record.ts';
import { shareRule } from '../team/score.ts';
import { type BoardShare, isLeft, shareId, sharesOf } from '../team/share.ts';
import { isPast, moveScore, type ScoringBoard, tellChange } from './score.ts';

/** Moves what the player has given to their team's score: a score of their own in that team, folded like every other. */
export function scoreForTeam(turn: Turn, board: ScoringBoard, period: string, points: number): void {
  const { team } = turn.entry;
  if (team === undefined) {
    const { id, version } = board;
    turn.trace.push({ kind: 'leaderboard', id, version, fired: false, why: 'not_in_team', values: { period } });
    return;
  }
  const place = { of: 'leaderboard', definition: board.id, period } as const;
  const id = shareId(place, team);
  const known = sharesOf(turn.state);
  const move = moveScore(board, shareIn(known, id), period, points, turn.facts);
  if (move.kind === 'refused') {
    turn.refusal = move;
    return;
  }
  turn.trace.push({ ...move.trace, values: { ...move.trace.values, team: team.id } });
  if (move.change === null) return;
  const { added: _, leaderboard: _board, ...score } = move.change;
  const { member, joinedAt } = team;
  const record: BoardShare = { ...place, ...score, team: team.id, member, joinedAt, rule: shareRule(board.source) };
  const shares = lookup(known, id) === undefined ? withoutKeys(known, retiredIds(turn, record)) : known;
  turn.state = { ...turn.state, shares: withEntry(shares, id, record) };
  tell(turn, { kind: 'share', id, record });
  tellChange(turn.scores, { ...move.change, team: team.id });
}

function shareIn(shares: ReturnType<typeof sharesOf>, id: string): BoardShare | undefined {
  const share = lookup(shares, id);
  return share?.of === 'leaderboard' ? share : undefined;
}

/** Shares in the same board's scores that no later entry can move any more, where a new one begins. */
function retiredIds({ state, entry }: Turn, { definition, period, joinedAt }: BoardShare): string[] {
  const known = Object.entries(sharesOf(state)).filter(([, share]) => isOfBoard(share, definition));
  const joined = [joinedAt, ...known.map(([, share]) => share.joinedAt)];
  return known.flatMap(([id, share]) => {
    if (share.of !== 'leaderboard') return [];
    const past = share.period !== period && isPast(share.period, share.reachedAt, entry.occurredAt);
    return past || isLeft(share, joined, entry.occurredAt) ? [id] : [];
  });
}

function isOfBoard(share: { readonly of: string; readonly definition: string }, board: string): boolean {
  return share.of === 'leaderboard' && share.definition === board;
}

/** Shares in the scores of a range that is over leave the hot state: nothing later can move them. */
export function leaveSharesOf(turn: Turn, board: string): void {
  const shares = sharesOf(turn.state);
  const ids = Object.entries(shares).flatMap(([id, share]) => (isOfBoard(share, board) ? [id] : []));
  if (ids.length > 0) turn.state = { ...turn.state, shares: withoutKeys(shares, ids) };
}
