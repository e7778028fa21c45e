import { calendarLines, type Span } from './calendar.ts';
import type { Outcome } from './quest.ts';
import type { PlayerResult, Run } from './results.ts';
import type { SkippedCommit } from './send.ts';
import type { Style } from './style.ts';

/** What a summary tells of. */
export interface Story {
  /** What was played, as the reader calls it. */
  readonly title: string;
  readonly outcome: Outcome;
  /** The days of the player at the top; missing without players. */
  readonly calendar?: { readonly span: Span; readonly runs: readonly Run[] };
}

/** Players in the table, and commits named where some were skipped; the rest is counted. */
const MOST_LINES = 10;
const MEDALS = 3;

/** The game's end for people: podium, the best player's calendar, a table of all, and what did not count. */
export function summaryOf({ title, outcome, calendar }: Story, style: Style): string {
  const { events, results } = outcome;
  const [top] = results;
  const head = style.bold(`${title}: ${count(events, 'commit')} by ${count(results.length, 'player')}`);
  const sections = [[head]];
  if (top === undefined) sections.push(['Nobody has committed anything yet.']);
  else sections.push(podium(results, style));
  if (top !== undefined && calendar !== undefined) {
    const caption = `${top.player}, the weeks up to ${calendar.span.to} (UTC)`;
    sections.push([style.bold('Streak calendar'), caption, '', ...calendarLines(calendar.runs, calendar.span, style)]);
  }
  if (top !== undefined) sections.push([style.bold('Players'), ...table(results, style)]);
  if (outcome.skipped.length > 0) sections.push([style.bold('Not counted'), ...skippedLines(outcome.skipped)]);
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** The skipped commits by name, the earliest first; more than ten are only counted. */
export function skippedLines(skipped: readonly SkippedCommit[]): string[] {
  const named = skipped.slice(0, MOST_LINES).map(({ hash, authoredAt, reason }) => {
    const why = reason === 'no_time' ? 'no author time that git can read' : `written at ${timeText(authoredAt)}`;
    return `${hash.slice(0, 12)} was skipped (${reason}): ${why}`;
  });
  const more = skipped.length - named.length;
  return more > 0 ? [...named, `… and ${count(more, 'commit')} more`] : named;
}

/** Everybody of the first three ranks, with a bar for their commits. */
function podium(results: readonly PlayerResult[], style: Style): string[] {
  const placed = results.filter((result) => result.rank <= MEDALS).slice(0, MOST_LINES);
  const most = placed[0]?.score ?? 1;
  const names = Math.max(...placed.map((result) => result.player.length));
  const room = Math.max(1, Math.min(40, style.width - names - 22));
  const lines = placed.map(({ rank, player, score }) => {
    const bar = '█'.repeat(Math.max(1, Math.round((score / most) * room)));
    return `${rank}. ${player.padEnd(names)} ${style.green(bar)} ${count(score, 'commit')}`;
  });
  return [style.bold('Podium'), ...lines];
}

/** The columns of the table: those that do not fit the width are left out from the right. */
const columns: readonly { readonly title: string; readonly cell: (result: PlayerResult) => string }[] = [
  { title: 'Rank', cell: (result) => String(result.rank) },
  { title: 'Player', cell: (result) => result.player },
  { title: 'Commits', cell: (result) => String(result.score) },
  { title: 'Weeks of five', cell: (result) => String(result.weeklyMissions) },
  { title: 'Longest streak', cell: (result) => count(result.longestStreak, 'day') },
  { title: 'XP', cell: (result) => String(result.xp) },
];

function table(results: readonly PlayerResult[], style: Style): string[] {
  const shown = results.slice(0, MOST_LINES);
  const widths = columns.map(({ title, cell }) => Math.max(title.length, ...shown.map((one) => cell(one).length)));
  let used = -2;
  const fitting = widths.filter((width) => {
    used += width + 2;
    return used <= style.width;
  }).length;
  const line = (texts: readonly string[]): string =>
    texts
      .slice(0, Math.max(2, fitting))
      .map((text, index) => (index === 1 ? text.padEnd(widths[index] ?? 0) : text.padStart(widths[index] ?? 0)))
      .join('  ');
  const head = style.dim(line(columns.map((column) => column.title)));
  const rest = results.length - shown.length;
  const more = rest > 0 ? [`… and ${count(rest, 'player')} more`] : [];
  return [head, ...shown.map((result) => line(columns.map((column) => column.cell(result)))), ...more];
}

function count(amount: number, thing: string): string {
  return `${amount} ${thing}${amount === 1 ? '' : 's'}`;
}

/** RFC 3339 where the time can be stated so, and the plain seconds where it cannot. */
function timeText(seconds: number | null): string {
  const date = new Date((seconds ?? Number.NaN) * 1000);
  return Number.isNaN(date.getTime()) ? `${seconds} s after 1970` : date.toISOString();
}
