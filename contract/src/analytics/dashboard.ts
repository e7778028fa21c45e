import { c, reads } from '../route.ts';
import {
  EconomyReport,
  FunnelQuery,
  FunnelReport,
  LeaderboardReport,
  MissionReport,
  OverviewReport,
  ReportQuery,
  RewardReport,
  StreakReport,
  UserReport,
} from './schema.ts';

const metadata = reads('dashboard', 'analytics', { csv: 'rows' });
const HOW =
  'Days are those on which things happened: what arrives late or is voided changes the days that it belongs to. Counts follow within moments. By `Accept: text/csv` the rows come as CSV; of what comes in parts, a `Link` with `rel="next"` names the next.';

export const analytics = c.router({
  overview: {
    method: 'GET',
    path: '/analytics/overview',
    summary: 'Report on each day',
    description: `Active players by day, week and month, their events, and the missions that they completed. ${HOW}`,
    query: ReportQuery,
    responses: { 200: OverviewReport },
    metadata,
  },
  missions: {
    method: 'GET',
    path: '/analytics/missions',
    summary: 'Report on missions',
    description: `How many began each mission and completed it. ${HOW}`,
    query: ReportQuery,
    responses: { 200: MissionReport },
    metadata,
  },
  funnels: {
    method: 'GET',
    path: '/analytics/funnels',
    summary: 'Report on the steps of missions',
    description: `Of those who began each mission on a day: how many have reached each step, completed it, gave it up, were too late, or are still at it. ${HOW}`,
    query: FunnelQuery,
    responses: { 200: FunnelReport },
    metadata,
  },
  rewards: {
    method: 'GET',
    path: '/analytics/rewards',
    summary: 'Report on what rewards cost',
    description: `What each reward rule and mission gave, by currency. ${HOW}`,
    query: ReportQuery,
    responses: { 200: RewardReport },
    metadata,
  },
  economy: {
    method: 'GET',
    path: '/analytics/economy',
    summary: 'Report on currencies',
    description: `What was minted, burned and is outstanding of each currency. ${HOW}`,
    query: ReportQuery,
    responses: { 200: EconomyReport },
    metadata,
  },
  streaks: {
    method: 'GET',
    path: '/analytics/streaks',
    summary: 'Report on streaks',
    description: `How many players have a latest run of which length, by the day that it reaches to. ${HOW}`,
    query: ReportQuery,
    responses: { 200: StreakReport },
    metadata,
  },
  leaderboards: {
    method: 'GET',
    path: '/analytics/leaderboards',
    summary: 'Report on leaderboards',
    description: `How many players moved their score on each board. ${HOW}`,
    query: ReportQuery,
    responses: { 200: LeaderboardReport },
    metadata,
  },
  users: {
    method: 'GET',
    path: '/analytics/users',
    summary: 'Report on users',
    description: `How many users were created, and were active. ${HOW}`,
    query: ReportQuery,
    responses: { 200: UserReport },
    metadata,
  },
});
