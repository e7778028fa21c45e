// Where neither msw nor the platform run: what the handlers answer with is what `fetch` gives.
import { Laurel, UsageError } from '@laurel/sdk';
import { createTestServer, fixtures, laurelHandlers } from '@laurel/sdk/testing';

const baseUrl = 'https://acme.example.test/tenant';

/** As much of msw's `http` as is asked for. */
const http = {
  all: (path, resolver) => ({ matches: (url) => url.startsWith(path.replace('*', '')), resolver }),
};
const given = { 'app.missions.list': [fixtures.playerMission({ id: 'three', name: 'Three a day' })] };
const handlers = laurelHandlers({ http, baseUrl, given });

async function fetch(...call) {
  const request = new Request(...call);
  return handlers.find(({ matches }) => matches(request.url)).resolver({ request });
}

async function tell() {
  const laurel = new Laurel({ baseUrl, auth: { token: 'player' }, fetch });
  const { event } = await laurel.events.track({ id: 'e1', activity: 'lesson.completed' });
  const missing = await createTestServer().catch((error) => error);
  return {
    tracked: event.id,
    mocked: (await laurel.missions.list()).items.map(({ name }) => name),
    calls: handlers.calls.map(({ operation }) => operation),
    platform: [missing instanceof UsageError, missing.message],
  };
}

globalThis.told = tell();
