import type { Mission } from '@laurel/contract/types';
import { PLAYER_SETTLE } from '../api/player-due.ts';
import { isToBeMoved } from '../domain/index.ts';
import type { Write } from '../store/commit.ts';
import { getSheet } from '../store/players.ts';
import { type DueItem, putDue } from '../store/schedule.ts';
import type { Scope } from '../store/scope.ts';
import type { Table } from '../store/table.ts';
import { scanUsers } from '../store/users.ts';
import type { Turn, TurnHandler } from './turn.ts';

/** A version that moves what is running reaches the players who have it running. */
export const MISSION_REACHED = 'mission.reached';

/** How many users one turn looks at, and how many at a time. */
const LOOKED_AT = 240;
const AT_ONCE = 20;

/** How many of them it makes due at most: each is two writes of its transaction. */
const MADE_DUE = 40;

/** How often a turn waits for a version that was put aside before it came to work, a minute at a time. */
const MOST_WAITS = 10;

function later(instant: string, milliseconds: number): string {
  return new Date(Date.parse(instant) + milliseconds).toISOString();
}

/**
 * The writes by which what was just published of missions comes to move what players have running. One turn sees to all
 * that moves a player, so that it is due for one of them, however many a configuration holds.
 */
export function scheduleReach(
  table: Table,
  scope: Scope,
  missions: readonly Pick<Mission, 'id' | 'version' | 'status' | 'running'>[],
  now: string,
): Write[] {
  const first = missions.find(({ status, running }) => status === 'published' && running !== 'keep');
  if (first === undefined) return [];
  const { id, version } = first;
  const details = { version: String(version) };
  return putDue(table, scope, { kind: MISSION_REACHED, subject: id, at: now, details });
}

/** The next users among whom a turn looks, each with the place after them; fewer than it asks for are the last. */
async function nextUsers({ platform, scope, item }: Turn) {
  const users: { readonly id: string; readonly position: string }[] = [];
  for await (const { value, position } of scanUsers(platform.table, scope, item.details?.after)) {
    users.push({ id: value.id, position });
    if (users.length === LOOKED_AT) break;
  }
  return users;
}

/** Those of the next users whom a newer version is to move, and how far the turn has come; null where it saw all. */
async function playersBehind(turn: Turn): Promise<{ readonly players: string[]; readonly after: string | null }> {
  const { platform, scope, item } = turn;
  const { ruleset } = await platform.rulebooks(scope);
  const users = await nextUsers(turn);
  const players: string[] = [];
  for (let first = 0; first < users.length; first += AT_ONCE) {
    const some = users.slice(first, first + AT_ONCE);
    const sheets = await Promise.all(some.map(({ id }) => getSheet(platform.table, scope, id)));
    const behind = some.filter((_, place) => {
      const sheet = sheets[place];
      return sheet !== undefined && isToBeMoved(sheet.state, ruleset, item.at);
    });
    players.push(...behind.map(({ id }) => id));
    const last = some.at(-1);
    const isFull = players.length + AT_ONCE > MADE_DUE;
    if (isFull && last !== undefined) return { players, after: last.position };
  }
  return { players, after: users.length < LOOKED_AT ? null : (users.at(-1)?.position ?? null) };
}

/**
 * Makes due, page by page, the players whose running progress a new version moves: so it reaches those as well who never
 * come back. Each is moved in a turn of their own, at the moment of this one.
 */
export const reached: TurnHandler = async (turn) => {
  const { platform, scope, item } = turn;
  const { version = '0', waits = '0' } = item.details ?? {};
  const { ruleset } = await platform.rulebooks(scope);
  const latest = ruleset.missionBook.get(item.subject)?.latest ?? 0;
  if (latest < Number(version)) {
    // A large configuration is scheduled before it comes to work.
    if (Number(waits) >= MOST_WAITS) return { outcome: 'skipped' };
    const details = { version, waits: String(Number(waits) + 1) };
    return { outcome: 'skipped', unreported: true, also: [{ ...item, at: later(item.at, 60_000), details }] };
  }
  const { players, after } = await playersBehind(turn);
  const due = players.map((subject): DueItem => ({ kind: PLAYER_SETTLE, subject, at: item.at }));
  const details = { version, players: String(players.length) };
  if (after === null) return { outcome: 'reached', details, also: due };
  return {
    outcome: 'reaching',
    details,
    also: [...due, { ...item, at: later(item.at, 1), details: { version, after } }],
  };
};
