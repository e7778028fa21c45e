/** Uses every entry of the package once, however it was loaded, and tells what came of each. */
exports.callEvery = async function callEvery({ main, server, live, errors, auth, offline, webhooks }, baseUrl) {
  const told = {};
  const getToken = async () => 'player';

  const player = new main.Laurel({ baseUrl, auth: { getToken } });
  told.items = [];
  for await (const { id } of player.missions.list()) told.items.push(id);
  const tracker = new main.LaurelTracker({ baseUrl, auth: { token: 'player' } });
  told.tracked = (await tracker.track({ activity: 'lesson.completed' })).event.activity;

  const backend = new server.Laurel({
    baseUrl,
    auth: { clientId: 'c', clientSecret: 's', tokenEndpoint: `${baseUrl}/oauth2/token` },
  });
  const refusal = await backend.missions.get('missing').catch((error) => error);
  told.problem = refusal.code;
  told.recognised = [
    refusal instanceof errors.NotFoundError,
    refusal instanceof main.LaurelError,
    main.isProblem(refusal, 'not_found'),
    !(refusal instanceof errors.ForbiddenError),
  ];
  told.acted = await backend.as({ externalUserId: 'player-7' }).missions.list().toArray({ max: 1 });

  for await (const { id } of new live.LaurelLive({ baseUrl, auth: { getToken } }).live.subscribe()) {
    told.live = id;
    break;
  }

  const pages = [];
  const people = auth.signInWith({
    issuer: baseUrl,
    clientId: 'app',
    redirectUri: 'https://app.test/callback',
    pending: new Kept(),
    navigate: (url) => pages.push(new URL(url)),
  });
  await people.signIn({ returnTo: '/home' });
  const state = pages[0].searchParams.get('state');
  told.returned = (await people.callback(`https://app.test/callback?code=1&state=${state}`)).returnTo;
  told.signedIn = await people.getToken();

  const accepted = [];
  const queue = offline.offlineQueue({
    events: player.events,
    player: 'p',
    store: offline.memoryStore(),
    onAccepted: ({ event }) => accepted.push(event.activity),
  });
  await queue.track({ activity: 'lesson.completed' });
  await queue.flush();
  queue.close();
  told.queued = accepted;

  const secret = `whsec_${btoa('0123456789abcdef0123456789abcdef')}`;
  const happening = { id: 'hap_1', type: 'webhook.test', occurredAt: '2026-01-01T00:00:00Z', workspace: 'w', data: {} };
  const { payload, headers } = await webhooks.signForTest(happening, secret);
  told.verified = (await webhooks.verify(payload, headers, secret)).id;
  const forged = await webhooks.verify(`${payload} `, headers, secret).catch((error) => error);
  told.forged = [forged.code, forged instanceof main.LaurelError];
  return told;
};

/** Storage as `signInWith` takes it. */
class Kept extends Map {
  getItem = (key) => this.get(key) ?? null;
  setItem = (key, value) => this.set(key, value);
  removeItem = (key) => this.delete(key);
}
