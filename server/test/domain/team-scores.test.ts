import type { ScoreSource } from '@laurel/contract/types';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BoardShare, type EntryTeam, teamScore } from '../../src/domain/index.ts';
import { activity, foldEntries, happening, inOrder, leaderboard, rulesetOf, stamped, streak } from './fixtures.ts';

const DAY = 86_400_000;
const BEGINNING = Date.parse('2026-03-02T00:00:00.000Z');
const at = (milliseconds: number) => new Date(BEGINNING + milliseconds).toISOString();

const sources = {
  sum: { kind: 'sum', activity: 'lesson' },
  count: { kind: 'count', activity: 'lesson' },
  max: { kind: 'max', activity: 'lesson' },
  min: { kind: 'min', activity: 'lesson' },
  latest: { kind: 'latest', activity: 'lesson' },
} as const satisfies Record<string, ScoreSource>;
const kinds = ['sum', 'count', 'max', 'min', 'latest'] as const;

const windows = {
  all: { kind: 'allTime' },
  week: { kind: 'recurring', every: 'week', zone: 'UTC' },
} as const;

const ruleset = rulesetOf({
  activities: [activity('lesson')],
  streaks: [streak('daily', { zone: 'UTC' })],
  leaderboards: [
    ...kinds.flatMap((kind) =>
      Object.entries(windows).map(([name, window]) =>
        leaderboard(`${kind}-${name}`, { scope: 'teams', source: sources[kind], window }),
      ),
    ),
    leaderboard('runs', { scope: 'teams', source: { kind: 'streak', streak: 'daily' } }),
  ],
});

/** Which team each player is in by and by, each stretch some days long; an odd one is a stretch in no team. */
interface Life {
  readonly player: string;
  readonly stretches: readonly { readonly team: string; readonly days: number }[];
  readonly events: readonly { readonly minute: number; readonly value: number }[];
}

const lives: fc.Arbitrary<Life[]> = fc
  .array(
    fc.record({
      stretches: fc.array(
        fc.record({ team: fc.constantFrom('red', 'blue', ''), days: fc.integer({ min: 1, max: 9 }) }),
        {
          minLength: 1,
          maxLength: 5,
        },
      ),
      // Minutes of their own, so that no two events of anybody are of one moment.
      events: fc.uniqueArray(
        fc.record({ minute: fc.integer({ min: 0, max: 40_000 }), value: fc.integer({ min: 0, max: 5 }) }),
        {
          selector: ({ minute }) => minute,
          maxLength: 25,
        },
      ),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((all) => all.map((life, index) => ({ player: `p${index}`, ...life })));

function teamOf({ player, stretches }: Life, instant: string): EntryTeam | undefined {
  let from = BEGINNING;
  for (const [index, { team, days }] of stretches.entries()) {
    const joinedAt = new Date(from).toISOString();
    from += days * DAY;
    if (joinedAt <= instant && instant < new Date(from).toISOString()) {
      return team === '' ? undefined : { id: team, member: `${player}-${index}`, joinedAt };
    }
  }
  return undefined;
}

interface Played {
  readonly player: string;
  readonly at: string;
  readonly value: number;
  readonly team: EntryTeam | undefined;
}

const playedIn = (life: Life, index: number): Played[] =>
  life.events.map(({ minute, value }) => {
    const instant = at(minute * 60_000 + index);
    return { player: life.player, at: instant, value, team: teamOf(life, instant) };
  });

function foldPlayer(played: readonly Played[]) {
  const entries = played.map(({ at: occurredAt, value, team }) =>
    stamped(ruleset, happening(`e-${occurredAt}`, occurredAt, { value }), team === undefined ? {} : { team }),
  );
  return foldEntries(() => ruleset, inOrder(entries));
}

/** What a team comes to on a board, by what its members played while they were in it, told as the source is worded. */
function told(kind: (typeof kinds)[number], played: readonly Played[]) {
  const own = played.filter(({ value }) => kind !== 'sum' || value > 0).toSorted((a, b) => (a.at < b.at ? -1 : 1));
  const values = own.map(({ value }) => value);
  const last = own.at(-1);
  if (last === undefined) return null;
  const firstWith = (score: number) => own.find(({ value }) => value === score)?.at;
  switch (kind) {
    case 'sum':
      return { score: values.reduce((sum, one) => sum + one, 0), reachedAt: last.at };
    case 'count':
      return { score: values.length, reachedAt: last.at };
    case 'latest':
      return { score: last.value, reachedAt: last.at };
    case 'max':
      return { score: Math.max(...values), reachedAt: firstWith(Math.max(...values)) };
    case 'min':
      return { score: Math.min(...values), reachedAt: firstWith(Math.min(...values)) };
  }
}

const weekOf = (instant: string) => Math.floor((Date.parse(instant) - BEGINNING) / (7 * DAY));

describe('the score of a team', () => {
  test('is what its members played while they were in it, however their shares are ordered', () => {
    fc.assert(
      fc.property(lives, fc.boolean(), (all, backwards) => {
        const played = all.flatMap(playedIn);
        const shares = all
          .map(playedIn)
          .flatMap((own) => Object.values(foldPlayer(own).records))
          .flatMap((record): BoardShare[] =>
            record !== null && 'of' in record && record.of === 'leaderboard' ? [record] : [],
          );
        const ordered = backwards ? shares.toReversed() : shares;
        for (const kind of kinds) {
          for (const team of ['red', 'blue']) {
            const own = played.filter((one) => one.team?.id === team);
            const ever = teamScore(ordered.filter((one) => one.definition === `${kind}-all` && one.team === team));
            const score = ever === null ? null : { score: ever.score, reachedAt: ever.reachedAt };
            expect(score).toEqual(told(kind, own));
            for (const week of new Set(own.map((one) => weekOf(one.at)))) {
              const period = `2026-W${String(10 + week).padStart(2, '0')}`;
              const inWeek = ordered.filter(
                (one) => one.definition === `${kind}-week` && one.team === team && one.period === period,
              );
              expect(teamScore(inWeek)?.score ?? null).toEqual(
                told(
                  kind,
                  own.filter((one) => weekOf(one.at) === week),
                )?.score ?? null,
              );
            }
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  test('by a streak is the longest run that a member came to in it', () => {
    fc.assert(
      fc.property(lives, (all) => {
        for (const [index, life] of all.entries()) {
          const own = playedIn(life, index).toSorted((a, b) => (a.at < b.at ? -1 : 1));
          const best = new Map<string, number>();
          let [lastDay, run] = ['', 0];
          for (const one of own) {
            const day = one.at.slice(0, 10);
            if (day === lastDay) continue;
            run = Date.parse(day) - Date.parse(lastDay) === DAY ? run + 1 : 1;
            lastDay = day;
            if (one.team !== undefined) best.set(one.team.id, Math.max(best.get(one.team.id) ?? 0, run));
          }
          const shares = Object.values(foldPlayer(own).records).flatMap((record): BoardShare[] =>
            record !== null && 'of' in record && record.of === 'leaderboard' && record.definition === 'runs'
              ? [record]
              : [],
          );
          for (const team of ['red', 'blue']) {
            const score = teamScore(shares.filter((one) => one.team === team))?.score;
            expect(score).toEqual(best.get(team));
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  test('stays where a number is not exact any more, whichever share comes first', () => {
    const share = (member: string, score: number): BoardShare => ({
      of: 'leaderboard',
      definition: 'board',
      period: 'all',
      team: 'red',
      member,
      joinedAt: at(0),
      rule: 'sum',
      score,
      reachedAt: at(1),
    });
    const shares = [share('a', Number.MAX_SAFE_INTEGER), share('b', 7), share('c', Number.MAX_SAFE_INTEGER)];
    expect(teamScore(shares)?.score).toBe(Number.MAX_SAFE_INTEGER);
    expect(teamScore(shares.toReversed())).toEqual(teamScore(shares));
  });
});

test('what a player keeps at hand does not grow with the teams that they were in', () => {
  const changes = 200;
  const played = Array.from({ length: changes }, (_, index): Played => {
    const joinedAt = at(index * 60_000);
    return {
      player: 'ada',
      at: at(index * 60_000 + 1),
      value: 1,
      team: { id: `team-${index}`, member: `m-${index}`, joinedAt },
    };
  });
  const boards = kinds.length * 2;
  const { player, records } = foldPlayer(played);
  // A minute in each team: those of the last ten minutes may still be told of late.
  expect(Object.keys(player.shares ?? {}).length).toBeLessThanOrEqual(12 * (boards + 1));
  const told = Object.values(records).filter(
    (record) => record !== null && 'of' in record && record.definition !== 'runs',
  );
  // And the streak, whose day counted once.
  expect(told).toHaveLength(changes * boards);
});
