import { join } from 'node:path';
import { Laurel } from '@laurel/sdk/server';
import { startPlatform } from '@laurel/server/local';
import { afterAll, describe, expect, it } from 'vitest';
import { type Commit, playHistory, readHistory, readRuns, readSample } from '../src/index.ts';
import { playerOf } from '../src/player.ts';
import { reportOf } from '../src/report.ts';
import { makeRepository, temporaryFolder } from './fixture.ts';
import { edges, longHistory } from './histories.ts';
import { listOf } from './list.ts';
import { isoWeek, naive } from './naive.ts';

const folder = await temporaryFolder();
const platform = await startPlatform({ data: ':memory:', port: 0 });

afterAll(async () => {
  await platform.close();
  await folder.remove();
});

/** A client of a workspace where nothing has happened yet. */
async function clientOf(workspace: string): Promise<Laurel> {
  const { baseUrl, clientId, clientSecret, tokenEndpoint } = await platform.createWorkspaceClient({
    tenant: 'git-quest',
    workspace,
  });
  return new Laurel({ baseUrl, auth: { clientId, clientSecret, tokenEndpoint } });
}

const player = (email: string): string => playerOf(Buffer.from(email));

describe('the independent calculation', () => {
  it.each([
    ['2018-12-30', '2018-W52'],
    ['2018-12-31', '2019-W01'],
    ['2020-12-31', '2020-W53'],
    ['2021-01-03', '2020-W53'],
    ['2021-01-04', '2021-W01'],
    ['2016-01-03', '2015-W53'],
    ['1970-01-01', '1970-W01'],
  ])('knows that %s is in %s', (date, week) => {
    expect(isoWeek(Date.parse(`${date}T23:59:59Z`) / 1000)).toBe(week);
  });
});

describe('a history with every edge', () => {
  const repo = join(folder.path, 'edges');

  it('ends as calculated from git log, and again the same when it is played twice', async () => {
    await makeRepository(repo, edges);
    const laurel = await clientOf('edges');
    const expected = await naive(repo, 'a name');
    const first = await playHistory({ laurel, commits: readHistory(repo) });
    expect(reportOf('a name', first)).toEqual(expected);
    expect(await playHistory({ laurel, commits: readHistory(repo) })).toEqual(first);
    expect(first).toMatchObject({ events: edges.length, skipped: [] });
  });

  it('ends as written here by hand', async () => {
    const laurel = await clientOf('by-hand');
    const { results } = await playHistory({ laurel, commits: readHistory(repo) });
    const stand = (email: string) => results.find((result) => result.player === player(email));
    expect(stand('ada@example.com')).toMatchObject({ rank: 1, score: 6, xp: 110, weeklyMissions: 1, longestStreak: 6 });
    expect(stand('bo@example.com')).toMatchObject({ rank: 1, score: 6, xp: 110, weeklyMissions: 1, longestStreak: 3 });
    expect(stand('cy@example.com')).toMatchObject({ rank: 1, score: 6, xp: 60, weeklyMissions: 0, longestStreak: 2 });
    expect(stand('')).toMatchObject({ rank: 4, score: 1, xp: 10, weeklyMissions: 0, longestStreak: 1 });
    expect(stand('dee@example.com')).toMatchObject({ rank: 4, score: 1, lastDay: '2021-06-01' });
    expect(await readRuns(laurel, player('bo@example.com'), '2018-12-31', '2019-12-31')).toEqual([
      { from: '2018-12-31', to: '2019-01-01', days: 2 },
    ]);
  });

  it('ends the same when it is sent backwards', async () => {
    const commits = await listOf(readHistory(repo));
    const laurel = await clientOf('backwards');
    const outcome = await playHistory({ laurel, commits: each(commits.reverse()) });
    expect(reportOf('', outcome)).toEqual(await naive(repo, ''));
  });
});

describe('what the platform refuses', () => {
  it('skips and names commits from the future, and counts those of long ago', async () => {
    const repo = join(folder.path, 'skewed');
    const future = Date.parse('2199-01-01T00:00:00Z') / 1000;
    await makeRepository(repo, [
      { email: 'ada@example.com', at: 1 },
      { email: 'ada@example.com', at: future },
      { email: 'late@example.com', at: future + 1 },
      { email: 'bo@example.com', at: '2020-01-01T00:00:00Z' },
    ]);
    const laurel = await clientOf('skewed');
    const outcome = await playHistory({ laurel, commits: readHistory(repo) });
    expect(reportOf('', outcome)).toEqual(await naive(repo, '', future - 1));
    expect(outcome.skipped.map(({ authoredAt, reason }) => [authoredAt, reason])).toEqual([
      [future, 'time_out_of_range'],
      [future + 1, 'time_out_of_range'],
    ]);
  });
});

describe('other histories', () => {
  it('an empty one is a game without players', async () => {
    const outcome = await playHistory({ laurel: await clientOf('empty'), commits: each([]) });
    expect(outcome).toEqual({ events: 0, skipped: [], results: [] });
  });

  it('the sample is played like any other', async () => {
    const progress: number[] = [];
    const outcome = await playHistory({
      laurel: await clientOf('sample'),
      commits: readSample(),
      onProgress: (done) => progress.push(done),
    });
    expect(outcome).toMatchObject({ events: 300, skipped: [] });
    expect(outcome.results).toHaveLength(6);
    expect(outcome.results.reduce((sum, { score }) => sum + score, 0)).toBe(300);
    expect(progress.at(-1)).toBe(300);
  });

  it('3,000 commits end as calculated from git log', { timeout: 600_000 }, async () => {
    const repo = join(folder.path, 'long');
    await makeRepository(repo, longHistory(3000));
    const outcome = await playHistory({ laurel: await clientOf('long'), commits: readHistory(repo) });
    expect(reportOf('', outcome)).toEqual(await naive(repo, ''));
    expect(outcome.events).toBe(3000);
  });
});

async function* each(commits: readonly Commit[]): AsyncGenerator<Commit> {
  yield* commits;
}
