/** Uses the entry for tests from its first line to its last, however it was loaded, and tells what came of each. */
exports.callTesting = async function callTesting({ main, server, testing, http, setupServer }) {
  const { fixtures, laurelHandlers, createTestServer } = testing;
  const told = {};

  const baseUrl = 'https://acme.example.test/tenant';
  const tokenEndpoint = 'https://login.example.test/token';
  const given = { 'app.missions.list': [fixtures.playerMission({ id: 'three', name: 'Three a day' })] };
  const api = laurelHandlers({ http, baseUrl, tokenEndpoint, given });
  const mocked = setupServer(...api);
  mocked.listen();
  try {
    const player = new main.Laurel({ baseUrl, auth: { token: 'player' } });
    const auth = { clientId: 'c', clientSecret: 's', tokenEndpoint };
    api.fail('missions.list', 'rate_limited', { times: 1, retryAfter: 0 });
    told.mocked = (await player.missions.list()).items.map(({ name }) => name);
    told.user = (await new server.Laurel({ baseUrl, auth }).users.create({ externalId: 'player-7' })).externalId;
    told.calls = api.calls.map(({ operation, status }) => `${operation} ${status}`);
  } finally {
    mocked.close();
  }

  const platform = await createTestServer({ now: '2026-11-24T09:00:00Z' });
  const { laurel, playerClient, clock } = platform;
  told.sameClass = laurel instanceof server.Laurel;
  await laurel.activities.create({ id: 'lesson.completed', name: { en: 'Lesson' }, playersMaySend: true });
  await laurel.currencies.create({ id: 'xp', name: { en: 'XP' } });
  await laurel.rewardRules.create({
    id: 'xp-for-lessons',
    name: { en: 'XP for lessons' },
    trigger: { kind: 'event', activity: 'lesson.completed' },
    rewards: [{ kind: 'currency', currency: 'xp', amount: 10 }],
  });
  const player = await playerClient({ externalUserId: 'player-7' });
  told.sameClass &&= player instanceof main.Laurel;
  const { event } = await player.events.track({ activity: 'lesson.completed' });
  told.occurredAt = event.occurredAt;
  await clock.advance('2026-11-26T09:00:00Z');
  told.now = await clock.now();
  told.xp = (await player.wallets.get('xp')).available;
  const refused = await player.wallets.get('gold').catch((error) => error);
  told.refused = [refused.code, refused instanceof main.ProblemError];
  await platform.close();
  told.closed = await fetch(platform.baseUrl).then(
    () => false,
    () => true,
  );
  return told;
};
