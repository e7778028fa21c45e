import { c, changes, reads } from '../route.ts';
import { Clock, ClockAdvance, ClockReport, ClockUpdate, MAX_BOUNDARIES } from './schema.ts';

export const clock = c.router({
  get: {
    method: 'GET',
    path: '/clock',
    summary: 'Get the clock',
    description: 'What time it is in this workspace, and whether it is the real time or a test clock.',
    responses: { 200: Clock },
    metadata: reads('dashboard', 'clock', { etag: true, concerns: 'nobody' }),
  },
  update: {
    method: 'PATCH',
    path: '/clock',
    summary: 'Choose the clock',
    description:
      'Gives the workspace a test clock, or the real time back, with the ETag that was read as If-Match. Only while nothing has happened: there are no users, and nothing is due. Other processes follow within 10 seconds. Never on a workspace that is marked production.',
    body: ClockUpdate,
    responses: { 200: Clock },
    metadata: changes('dashboard', 'clock', 'administer', { idempotency: 'safe', etag: true }),
  },
  advance: {
    method: 'POST',
    path: '/clock/advance',
    summary: 'Advance the test clock',
    description: `Runs all that comes due up to a time, in order, and says what became of it. One call runs at most ${MAX_BOUNDARIES} boundaries: where \`done\` is false, call again with \`nextTo\`. Each boundary takes effect once, however often the call is repeated; a clock never goes back.`,
    body: ClockAdvance,
    responses: { 200: ClockReport },
    metadata: changes('dashboard', 'clock', 'administer', { rate: 'bulk' }),
  },
});
