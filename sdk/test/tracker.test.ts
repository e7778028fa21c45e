import { Laurel, LaurelTracker } from '@laurel/sdk';
import { expect, test } from 'vitest';
import { problem, serve } from './server.ts';

test('a tracker sends what the whole client sends, byte for byte but for the ids that it makes', async () => {
  const { url, received } = await serve(() => ({ json: { event: {}, effects: {} } }));
  const options = { baseUrl: url, auth: { token: 't' } };
  const [tracker, events] = [new LaurelTracker(options), new Laurel(options).events];
  const event = { activity: 'lesson.completed', attributes: { score: 1 } };
  for (const client of [tracker, events]) {
    await client.track({ id: 'e-1', ...event }, { headers: { 'x-trace': '1' } });
    await client.trackBatch({ events: [{ id: 'e-2', ...event }, event] });
  }
  const comparable = received.map(({ body, ...request }) => ({ ...request, body: body.replace(/evt_\w+/, 'evt') }));
  expect(comparable.slice(0, 2)).toEqual(comparable.slice(2));
  expect(comparable[1]?.body).toContain('"id":"evt"');
});

test('a tracker repeats an event with the id that it made, and is told of refusals', async () => {
  const { url, received } = await serve((_, nth) =>
    nth === 1 ? problem(503, 'unavailable', { 'retry-after': '0' }) : problem(404, 'not_found'),
  );
  const tracker = new LaurelTracker({ baseUrl: url, auth: { token: 't' } });
  await expect(tracker.track({ activity: 'a' })).rejects.toMatchObject({ code: 'not_found' });
  expect(received).toHaveLength(2);
  expect(received[0]?.body).toBe(received[1]?.body);
  // @ts-expect-error: there is no event
  await expect(tracker.track()).rejects.toMatchObject({ name: 'UsageError' });
});
