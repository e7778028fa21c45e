// What a rank costs on a board of 50,000 players, by each version of the index of ranks: time and read units. The units
// and the ratios are what to read; the times are those of the machine and the moment.
import { type RecordMap, rank, refOf, type ScoreRecord } from '../src/domain/index.ts';
import { openLocalDatabase } from '../src/local/database.ts';
import { embeddedRanks } from '../src/local/ranks.ts';
import type { RankIndex } from '../src/ports/rank-index.ts';
import { commit } from '../src/store/commit.ts';
import { countLines, getScores, linesAfter, linesBefore, standingOf, topLines } from '../src/store/leaderboards.ts';
import { saveRecords } from '../src/store/player-records.ts';
import { workspaceScope } from '../src/store/scope.ts';
import { tableRanks } from '../src/store/table-ranks.ts';

const PLAYERS = 50_000;
const READS = 30;
const AT_ONCE = 100;

const database = await openLocalDatabase(':memory:');
const { table, engine } = database;
const scope = workspaceScope('bench', 'main');
const ranking = { leaderboard: 'board', period: 'all' };
const reachedAt = '2026-06-01T00:00:00.000Z';

/** The same numbers in each run: a linear congruence (Numerical Recipes). */
let state = 1;
function below(bound: number): number {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * bound);
}

function scored(record: ScoreRecord): RecordMap {
  return new Map([[refOf('score', 'board:all'), { kind: 'score', id: 'board:all', record }]]);
}

async function fill(): Promise<void> {
  for (let start = 0; start < PLAYERS; start += AT_ONCE) {
    const writes = Array.from({ length: AT_ONCE }, (_, index) =>
      saveRecords(table, scope, `player-${start + index}`, scored({ ...ranking, score: 1 + below(10_000), reachedAt })),
    );
    await commit(table, writes.flat());
  }
}

async function measure(name: string, times: number, work: () => Promise<unknown>): Promise<void> {
  const before = engine.consumedCapacity(table.name).readUnits;
  const start = performance.now();
  for (let index = 0; index < times; index += 1) await work();
  const ms = (performance.now() - start) / times;
  const units = (engine.consumedCapacity(table.name).readUnits - before) / times;
  console.log(`${name.padEnd(44)}${ms.toFixed(2).padStart(9)} ms${units.toFixed(1).padStart(9)} read units each`);
}

async function measureIndex(name: string, index: RankIndex): Promise<void> {
  const reading = { index, scope, ranking, lowFirst: false };
  const someLine = async () => {
    const [line] = await getScores(table, scope, 'players', 'board:all', [`player-${below(PLAYERS)}`]);
    if (line === undefined) throw new Error('the board is not full');
    return line;
  };
  await measure(`${name}: the first question`, 1, () => countLines(reading));
  for (const ties of ['competition', 'dense', 'ordinal'] as const) {
    await measure(`${name}: a rank and the total, ${ties}`, READS, async () => {
      rank(ties, await standingOf(reading, await someLine(), ties === 'dense'));
      await countLines(reading);
    });
  }
  await measure(`${name}: eleven lines around`, READS, async () => {
    const line = await someLine();
    const ahead = await linesBefore(reading, line, 5);
    await standingOf(reading, ahead[0] ?? line, false);
    await linesAfter(reading, line, 5);
  });
  await measure(`${name}: the top 50`, READS, () => topLines(reading, { limit: 50, after: undefined }));
}

try {
  await fill();
  await measureIndex('counted in the table', tableRanks(table));
  await measureIndex('in memory', embeddedRanks(database));
} finally {
  database.close();
}
