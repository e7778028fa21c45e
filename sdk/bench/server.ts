// Takes events, in a process of its own, so that it is not measured with the client.
import { createServer } from 'node:http';

const receipt = JSON.stringify({
  event: { id: 'evt_1', activity: 'lesson.completed', occurredAt: '2026-11-27T12:00:00.000Z', value: 1 },
  effects: { missions: [], rewards: [], streaks: [], levels: [] },
});

const server = createServer((request, response) => {
  request.resume().on('end', () => {
    response.writeHead(201, { 'content-type': 'application/json', 'x-request-id': 'req_1' }).end(receipt);
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.(typeof address === 'object' ? address?.port : undefined);
});
process.on('disconnect', () => process.exit());
