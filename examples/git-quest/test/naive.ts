import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';

/** How the game must end, worked out from `git log` alone. */
export interface Expected {
  readonly repo: string;
  readonly events: number;
  readonly players: number;
  readonly leaderboard: { player: string; rank: number; score: number }[];
  readonly streaks: { player: string; longest: number }[];
  readonly weeklyMissions: { player: string; completed: number }[];
  readonly xp: { player: string; balance: number }[];
}

const DAY = 86_400;

/**
 * The slow and plain way: everything at once, text lines, sets, and a comparison of everybody with everybody. It
 * shares nothing with the example but git. `until` leaves out what is written later, in seconds since 1970.
 */
export async function naive(repo: string, name: string, until = Number.POSITIVE_INFINITY): Promise<Expected> {
  const { stdout } = await promisify(execFile)('git', ['-C', repo, 'log', '--format=%at %ae'], {
    maxBuffer: 1 << 30,
    env: { ...process.env, LC_ALL: 'C' },
  });
  const lines = stdout.split('\n').filter((line) => line !== '');
  const authored = lines
    .map((line) => ({ at: Number(line.slice(0, line.indexOf(' '))), email: line.slice(line.indexOf(' ') + 1) }))
    .filter(({ at }) => at <= until)
    .map(({ at, email }) => ({ at, player: sha256(email.toLowerCase()).slice(0, 16) }));
  const players = [...new Set(authored.map(({ player }) => player))];
  const of = (player: string): number[] => authored.filter((one) => one.player === player).map(({ at }) => at);
  const score = (player: string): number => of(player).length;
  const weeks = (player: string): number => fullWeeks(of(player));
  return {
    repo: name,
    events: authored.length,
    players: players.length,
    leaderboard: players
      .map((player) => {
        const better = players.filter((other) => score(other) > score(player)).length;
        return { player, rank: better + 1, score: score(player) };
      })
      .sort((a, b) => a.rank - b.rank || (a.player < b.player ? -1 : 1)),
    streaks: players.map((player) => ({ player, longest: longestRun(of(player)) })).sort(down('longest')),
    weeklyMissions: players.map((player) => ({ player, completed: weeks(player) })).sort(down('completed')),
    xp: players.map((player) => ({ player, balance: 10 * score(player) + 50 * weeks(player) })).sort(down('balance')),
  };
}

function down<K extends string>(key: K) {
  type Row = { player: string } & Record<K, number>;
  return (a: Row, b: Row): number => b[key] - a[key] || (a.player < b.player ? -1 : 1);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** From each day, how far one can walk to the next without a gap. */
function longestRun(times: readonly number[]): number {
  const days = new Set(times.map((at) => Math.floor(at / DAY)));
  let longest = 0;
  for (const first of days) {
    let length = 1;
    while (days.has(first + length)) length += 1;
    longest = Math.max(longest, length);
  }
  return longest;
}

function fullWeeks(times: readonly number[]): number {
  const perWeek = new Map<string, number>();
  for (const at of times) perWeek.set(isoWeek(at), (perWeek.get(isoWeek(at)) ?? 0) + 1);
  return [...perWeek.values()].filter((commits) => commits >= 5).length;
}

/** ISO 8601: a week belongs to the year of its Thursday, and week 1 is the one with the year's first Thursday. */
export function isoWeek(at: number): string {
  const day = new Date(Math.floor(at / DAY) * DAY * 1000);
  const thursday = new Date(day);
  thursday.setUTCDate(day.getUTCDate() + 4 - (day.getUTCDay() || 7));
  const newYear = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  const week = Math.ceil(((thursday.getTime() - newYear) / 1000 / DAY + 1) / 7);
  return `${thursday.getUTCFullYear()}-W${String(week).padStart(2, '0')}`;
}
