import * as z from 'zod';
import { c, changes, reads } from '../route.ts';
import { Id } from '../shared/ids.ts';
import { PageQuery, page } from '../shared/page.ts';
import { CivilDate } from '../shared/time.ts';
import { FreezePurchase, PlayerStreak, StreakCalendar, StreakFreezeUse, StreakPause } from './schema.ts';

const params = z.strictObject({ id: Id });

export const streaks = c.router({
  list: {
    method: 'GET',
    path: '/streaks',
    summary: 'List my streaks',
    description: 'The streaks at work, each with my current and longest run.',
    query: PageQuery,
    responses: { 200: page('PlayerStreakPage', PlayerStreak) },
    metadata: reads('app', 'streaks'),
  },
  get: {
    method: 'GET',
    path: '/streaks/:id',
    pathParams: params,
    summary: 'Get one of my streaks',
    description: 'One streak with my current and longest run.',
    responses: { 200: PlayerStreak },
    metadata: reads('app', 'streaks'),
  },
  calendar: {
    method: 'GET',
    path: '/streaks/:id/calendar',
    pathParams: params,
    summary: "Get a streak's calendar",
    description: 'The runs and what became of each day or week between two dates, at most ten years apart.',
    query: z.strictObject({ from: CivilDate, to: CivilDate }),
    responses: { 200: StreakCalendar },
    metadata: reads('app', 'streaks'),
  },
  freeze: {
    method: 'POST',
    path: '/streaks/:id/freeze',
    pathParams: params,
    summary: 'Use a freeze',
    description:
      'Uses a freeze that I hold for the present day or week, for one of the next seven, or for one that I missed just now. Where it counts in the end, I have the freeze back.',
    body: StreakFreezeUse,
    responses: { 200: PlayerStreak },
    metadata: changes('app', 'streaks', 'play'),
  },
  buyFreezes: {
    method: 'POST',
    path: '/streaks/:id/freezes',
    pathParams: params,
    summary: 'Buy freezes',
    description:
      'Pays the price of so many freezes and takes them in, as many as can be held. Send an Idempotency-Key, so that a repeat buys once.',
    body: FreezePurchase,
    responses: { 200: PlayerStreak },
    metadata: changes('app', 'streaks', 'play'),
  },
  pause: {
    method: 'POST',
    path: '/streaks/:id/pause',
    pathParams: params,
    summary: 'Pause a streak',
    description: 'Takes days out, from the present one on: they neither count nor break my run.',
    body: StreakPause,
    responses: { 200: PlayerStreak },
    metadata: changes('app', 'streaks', 'play'),
  },
  repair: {
    method: 'POST',
    path: '/streaks/:id/repair',
    pathParams: params,
    summary: 'Repair a broken streak',
    description:
      'Makes up for what I missed between my last two runs, or since the last one: it is one run again. Its price, if it has one, is taken at once.',
    body: c.noBody(),
    responses: { 200: PlayerStreak },
    metadata: changes('app', 'streaks', 'play'),
  },
});
