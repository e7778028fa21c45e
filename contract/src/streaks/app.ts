import * as z from 'zod';
import { c, reads } from '../route.ts';
import { Id } from '../shared/ids.ts';
import { PageQuery, page } from '../shared/page.ts';
import { CivilDate } from '../shared/time.ts';
import { PlayerStreak, StreakCalendar } from './schema.ts';

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
    description: 'The days that counted between two dates, at most ten years apart.',
    query: z.strictObject({ from: CivilDate, to: CivilDate }),
    responses: { 200: StreakCalendar },
    metadata: reads('app', 'streaks'),
  },
});
