import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ScoreLine, scoreId } from '../../src/domain/index.ts';
import { type LocalDatabase, openLocalDatabase } from '../../src/local/database.ts';
import type { RankIndex, Ranking } from '../../src/ports/rank-index.ts';
import { commit } from '../../src/store/commit.ts';
import {
  countLines,
  countTied,
  type LineChange,
  lineChanges,
  linesAfter,
  linesBefore,
  standingOf,
  topLines,
} from '../../src/store/leaderboards.ts';
import { workspaceScope } from '../../src/store/scope.ts';
import { randomFrom, times } from '../game/world.ts';
import { saveScore } from '../support/scores.ts';

/** A version of the index over a table, told what changes in it. */
export interface OpenIndex {
  readonly index: RankIndex;
  apply(changes: readonly LineChange[]): Promise<void>;
  close(): Promise<void>;
}

const scope = workspaceScope('acme', 'main');
const elsewhere = workspaceScope('acme', 'side');

/** The order of a board as it is worded. */
function inOrder(lines: readonly ScoreLine[], lowFirst: boolean): ScoreLine[] {
  const sign = lowFirst ? 1 : -1;
  return lines.toSorted(
    (a, b) =>
      sign * (a.score - b.score) ||
      (a.reachedAt < b.reachedAt ? -1 : a.reachedAt > b.reachedAt ? 1 : 0) ||
      (a.subject < b.subject ? -1 : 1),
  );
}

/** What every version of the index of ranks must do: the same as sorting all lines anew for each question. */
export function describeRanks(name: string, open: (database: LocalDatabase) => Promise<OpenIndex>): void {
  describe.each([
    ['the highest', false],
    ['the lowest', true],
  ])(`ranks ${name}, %s first`, (_name, lowFirst) => {
    let database: LocalDatabase;
    let opened: OpenIndex;
    let told = Promise.resolve();
    const model = new Map<string, ScoreLine>();
    const random = randomFrom(lowFirst ? 5 : 6);
    const ranking: Ranking = { leaderboard: 'board', period: '2026-W23' };
    const id = scoreId(ranking.leaderboard, ranking.period);

    beforeAll(async () => {
      database = await openLocalDatabase(':memory:');
      opened = await open(database);
      database.engine.subscribe((records) => {
        told = told.then(() => opened.apply(lineChanges(records)));
      });
    });
    afterAll(async () => {
      await told;
      await opened.close();
      database.close();
    });

    const someLine = (subject: string): ScoreLine => ({
      subject,
      score: random.below(12),
      reachedAt: new Date(Date.UTC(2026, 5, 1) + random.below(5) * 60_000).toISOString(),
      ...(lowFirst ? { lowFirst: true } : {}),
    });

    /** Writes a score of a player, a new one or another, or takes it away. */
    async function move(userId: string): Promise<void> {
      const gone = random.below(5) === 0;
      const line = someLine(userId);
      if (gone) model.delete(userId);
      else model.set(userId, line);
      const { subject: _subject, ...score } = line;
      const writes = gone
        ? saveScore(database.table, scope, userId, id, null)
        : saveScore(database.table, scope, userId, id, { ...ranking, ...score });
      await commit(database.table, writes);
    }

    const player = () => `p${random.below(150)}`;
    const reading = () => ({ index: opened.index, scope, ranking, lowFirst });

    async function expectAgreement(): Promise<void> {
      await told;
      const all = inOrder([...model.values()], lowFirst);
      expect(await countLines(reading())).toBe(all.length);
      const pages: ScoreLine[] = [];
      let after: string | undefined;
      do {
        const page = await topLines(reading(), { limit: 17, after });
        pages.push(...page.items);
        after = page.next ?? undefined;
      } while (after !== undefined);
      expect(pages).toEqual(all);
      for (const place of new Set([0, 1, Math.floor(all.length / 2), all.length - 2, all.length - 1])) {
        const line = all[place];
        if (line === undefined) continue;
        const better = all.filter((other) => (lowFirst ? other.score < line.score : other.score > line.score));
        expect(await standingOf(reading(), line, true)).toEqual({
          above: better.length,
          distinctAbove: new Set(better.map(({ score }) => score)).size,
          ahead: place,
        });
        expect(await countTied(reading(), line)).toBe(all.filter(({ score }) => score === line.score).length);
        expect(await linesBefore(reading(), line, 5)).toEqual(all.slice(Math.max(0, place - 5), place));
        expect(await linesAfter(reading(), line, 5)).toEqual(all.slice(place + 1, place + 6));
      }
    }

    test('of a board that nobody is on are none', async () => {
      await expectAgreement();
      expect(model.size).toBe(0);
    });

    test('are those of the lines, whatever comes, moves and goes', async () => {
      for (let round = 0; round < 6; round += 1) {
        for (const userId of times(40, player)) await move(userId);
        await expectAgreement();
      }
      expect(model.size).toBeGreaterThan(50);
    });

    test('are right once all is told, also where they were read from the table meanwhile', async () => {
      for (let round = 0; round < 4; round += 1) {
        const moves = [...new Set(times(60, player))].map(move);
        await Promise.all([...moves, opened.index.rebuild(scope, ranking), countLines(reading())]);
        await expectAgreement();
      }
    });

    test('threat 26: are those of one ranking: not of another workspace, board or period, nor of the frozen one', async () => {
      for (const [where, other] of [
        [elsewhere, ranking],
        [scope, { ...ranking, leaderboard: 'other' }],
        [scope, { ...ranking, period: '2026-W24' }],
        [scope, { ...ranking, frozen: true }],
      ] as const) {
        expect(await opened.index.count(where, other, {})).toBe(0);
        expect(await opened.index.keys(where, other, { limit: 5 })).toEqual([]);
      }
      await expectAgreement();
    });
  });
}
