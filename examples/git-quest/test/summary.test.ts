import { describe, expect, it } from 'vitest';
import { calendarLines, spanEnding } from '../src/calendar.ts';
import { reportOf } from '../src/report.ts';
import type { PlayerResult } from '../src/results.ts';
import { styleFor } from '../src/style.ts';
import { summaryOf } from '../src/summary.ts';

const plain = (columns: number) => styleFor({ columns }, {});

function result(player: string, rank: number, score: number, more: Partial<PlayerResult> = {}): PlayerResult {
  return { player, rank, score, xp: score * 10, weeklyMissions: 0, longestStreak: 1, lastDay: '2025-06-04', ...more };
}

const outcome = {
  events: 30,
  skipped: [],
  results: [
    result('aaaaaaaaaaaaaaaa', 1, 20, { weeklyMissions: 2, longestStreak: 3, xp: 300 }),
    result('bbbbbbbbbbbbbbbb', 2, 5, { longestStreak: 4, xp: 100, weeklyMissions: 1 }),
    result('cccccccccccccccc', 2, 5, { xp: 50 }),
  ],
};

describe('reportOf', () => {
  it('has every player in every list, each in its own order', () => {
    const report = reportOf('some/path', outcome);
    expect(Object.keys(report)).toEqual([
      'repo',
      'events',
      'players',
      'leaderboard',
      'streaks',
      'weeklyMissions',
      'xp',
    ]);
    expect(report).toMatchObject({ repo: 'some/path', events: 30, players: 3 });
    expect(report.leaderboard.map(({ rank }) => rank)).toEqual([1, 2, 2]);
    expect(report.streaks.map(({ longest }) => longest)).toEqual([4, 3, 1]);
    expect(report.weeklyMissions.map(({ completed }) => completed)).toEqual([2, 1, 0]);
    expect(report.xp.map(({ player }) => player[0])).toEqual(['a', 'b', 'c']);
  });
});

describe('calendarLines', () => {
  const runs = [
    { from: '2025-05-20', to: '2025-05-20', days: 1 },
    { from: '2025-05-31', to: '2025-06-03', days: 4 },
  ];

  it('has a column a week and a line a weekday, up to the last day', () => {
    const span = spanEnding('2025-06-04', 11);
    expect(span).toEqual({ from: '2025-05-19', to: '2025-06-04' });
    expect(calendarLines(runs, span, plain(11))).toEqual([
      '     May',
      'Mon  · · ■',
      '     ▪ · ■',
      'Wed  · · ·',
      '     · ·',
      'Fri  · ·',
      '     · ■',
      'Sun  · ■',
    ]);
  });

  it('shows 26 weeks where there is room and at least one where there is none', () => {
    expect(spanEnding('2025-06-04', 200)).toEqual({ from: '2024-12-09', to: '2025-06-04' });
    expect(spanEnding('2025-06-04', 3)).toEqual({ from: '2025-06-02', to: '2025-06-04' });
  });

  it('names each month above its first week', () => {
    const [months] = calendarLines([], spanEnding('2025-06-04', 57), plain(57));
    expect(months?.trim().split(/\s+/)).toEqual(['Dec', 'Jan', 'Feb', 'Mar', 'Apr', 'May']);
  });
});

describe('summaryOf', () => {
  const span = spanEnding('2025-06-04', 80);
  const story = { title: 'A history', outcome, calendar: { span, runs: [] } };

  it('tells of podium, calendar and players without a colour off a terminal', () => {
    const text = summaryOf(story, plain(80));
    expect(text).not.toContain('\u001b');
    expect(text).toContain('A history: 30 commits by 3 players');
    expect(text).toContain(' 2  cccccccccccccccc        5              0           1 day   50');
  });

  it('has colours on a terminal, and none with NO_COLOR or a dumb one', () => {
    const text = (env: Record<string, string>) => summaryOf(story, styleFor({ isTTY: true, columns: 80 }, env));
    expect(text({})).toContain('\u001b[1m');
    expect(text({ NO_COLOR: '' })).toContain('\u001b[1m');
    expect(text({ NO_COLOR: '1' })).not.toContain('\u001b');
    expect(text({ TERM: 'dumb' })).not.toContain('\u001b');
  });

  it.each([56, 60, 80, 132])('keeps within %i columns', (width) => {
    const lines = summaryOf({ ...story, calendar: { span: spanEnding('2025-06-04', width), runs: [] } }, plain(width));
    for (const line of lines.split('\n')) expect(line.length).toBeLessThanOrEqual(width);
  });

  it('names skipped commits, ten of them at most', () => {
    const skipped = Array.from({ length: 12 }, (_, index) => ({
      hash: index.toString(16).repeat(40),
      authoredAt: index === 0 ? null : 4_102_444_800,
      reason: index === 0 ? ('no_time' as const) : ('time_out_of_range' as const),
    }));
    const text = summaryOf({ ...story, outcome: { ...outcome, skipped } }, plain(80));
    expect(text).toContain('000000000000 was skipped (no_time): no author time that git can read');
    expect(text).toContain('111111111111 was skipped (time_out_of_range): written at 2100-01-01T00:00:00.000Z');
    expect(text).toContain('… and 2 commits more');
  });

  it('says so where nobody committed anything', () => {
    const text = summaryOf({ title: 'Empty', outcome: { events: 0, skipped: [], results: [] } }, plain(80));
    expect(text).toBe('Empty: 0 commits by 0 players\n\nNobody has committed anything yet.\n');
  });
});
