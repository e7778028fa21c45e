import { randomUUID } from 'node:crypto';
import type { PlacedRoute } from '@laurel/contract';
import { afterAll, describe, expect, test } from 'vitest';
import { readyApplication, readyPath } from '../support/definition-life.ts';
import { allRoutes, type Furnished, furnish, nameIn } from '../support/examples.ts';
import { ACME, ACME_SIDE, type Access, call, type Parcel, type Place, startTestPlatform } from '../support/platform.ts';
import { expectProblem, pointersOf } from '../support/problems.ts';

/** The game's time, which tests move. */
// Never behind the machine's clock, by which the table sweeps away answers that were kept long enough.
let time = Date.now();
const laurel = await startTestPlatform({ clock: { now: () => new Date(time).toISOString() } });
afterAll(() => laurel.close());

const HOUR = 3_600_000;
const USERS = '/dashboard/v1/users';
const ACTIVITIES = '/dashboard/v1/activities';
const home = await laurel.machine(ACME);
const root = await laurel.platformMachine();
const owner = await laurel.operator(ACME, 'owner');
const furnished = await furnish(home, ACME);
/** A clock can only be advanced where it is a test clock. */
await call(root, 'POST', '/platform/v1/tenants/acme/workspaces', {
  body: { slug: 'sandbox', name: 'Sandbox', clock: 'test' },
});
const sandbox = await laurel.machine({ ...ACME, workspace: 'sandbox' });
const { engine } = laurel.platform.inside.database;

const keyed = (key: string, body: object = { displayName: 'Ada' }): Parcel => ({
  body,
  headers: { 'idempotency-key': key },
});
const createUser = (access: Access, key: string, body?: object) => call(access, 'POST', USERS, keyed(key, body));
const usersOf = async (access: Access): Promise<number> =>
  Object((await call(access, 'GET', `${USERS}?limit=200`)).body.items).length;

/** A team of its own for what changes one, and its captain in it, or out of it where they are to go into another. */
async function ownTeam(placed: PlacedRoute): Promise<Furnished> {
  const own = await furnish(home, ACME, placed.name.replaceAll('.', '-').toLowerCase());
  if (['app.teams.create', 'dashboard.teams.addMember'].includes(placed.name)) {
    const leave = `/app/v1/teams/${nameIn(own.mark, 'red-pandas')}/leave`;
    expect((await call(home, 'POST', leave, { headers: { 'x-user-id': own.userId } })).status).toBe(200);
  }
  return own;
}

/** An example that asks for something new: with ids of its own wherever it chooses any. */
async function freshExample(placed: PlacedRoute): Promise<Parcel & { method: string; path: string }> {
  const own = placed.operation.startsWith('teams.') ? await ownTeam(placed) : furnished;
  const example = own.exampleOf(placed);
  if (example.body === undefined) return example;
  const names = Object.keys(example.body).filter((key) => ['id', 'slug', 'externalId'].includes(key));
  const fresh = Object.fromEntries(names.map((key) => [key, `a-${randomUUID()}`]));
  const domain = 'domain' in example.body ? { domain: `${randomUUID()}.example` } : {};
  return { ...example, body: { ...example.body, ...fresh, ...domain } };
}

describe('the same Idempotency-Key', () => {
  /** What the mission and the streak of the examples do not allow: tests of their own play it. */
  const notAllowed = new Set([
    'app.missions.join',
    'app.missions.leave',
    'app.streaks.buyFreezes',
    'app.streaks.freeze',
    'app.streaks.pause',
    'app.streaks.repair',
    'dashboard.playerStreaks.grantFreezes',
    // It is for people; and the DNS of the tests is empty.
    'dashboard.joinCodes.redeem',
    'dashboard.domainRules.verify',
  ]);
  const takesKey = allRoutes.filter(([name, { meta }]) => meta?.idempotency === 'key' && !notAllowed.has(name));

  test.each(allRoutes.filter(([name]) => notAllowed.has(name)))(
    '%s: what is refused is refused 50 times, and changes nothing',
    async (_name, placed) => {
      const { method, path, ...parcel } = await freshExample(placed);
      const headers = { ...parcel.headers, 'idempotency-key': randomUUID() };
      const before = await laurel.snapshot();
      const answers = await Promise.all(
        Array.from({ length: 50 }, () => call(home, method, path, { ...parcel, headers })),
      );
      expect(new Set(answers.map(({ status, body }) => `${status} ${body.code}`)).size).toBe(1);
      expect([409, 422]).toContain(answers[0]?.status);
      expect(await laurel.snapshot()).toBe(before);
    },
  );

  test.each(takesKey)('threat 47: %s: 50 at once are one, and all are told the same', async (_name, placed) => {
    const own = placed.name === 'dashboard.clock.advance' ? sandbox : home;
    // Whoever runs the platform looks into no workspace: a tenant's own owner copies one.
    const opened = placed.name === 'platform.workspaces.clone' ? owner : root;
    const access = placed.context === 'platform' ? opened : own;
    const { method, path: example, ...parcel } = await freshExample(placed);
    const path = placed.operation.startsWith('teams.') ? example : await readyPath(access, furnished, placed);
    const given = placed.name === 'dashboard.config.apply' ? await readyApplication(access) : parcel.body;
    // No slug is longer than 40 characters; and the examples' moment is before anybody was here.
    const mended = (key: string, value: unknown) =>
      key === 'joinedAt' ? undefined : key === 'slug' ? String(value).slice(0, 20) : value;
    const body = JSON.parse(JSON.stringify(given ?? null, mended));
    const headers = { ...parcel.headers, 'idempotency-key': randomUUID() };
    const send = () => call(access, method, path, { ...(body === null ? {} : { body }), headers });
    const answers = await Promise.all(Array.from({ length: 50 }, send));
    const [first] = answers;
    expect(answers.map(({ status, text }) => [status, text])).toEqual(answers.map(() => [first?.status, first?.text]));
    expect([200, 201]).toContain(first?.status);
    expect(answers.map(({ headers: { etag } }) => etag)).toEqual(answers.map(() => first?.headers.etag));
    const replayed = answers.filter((answer) => answer.headers['idempotent-replayed'] === 'true');
    expect(replayed.length).toBe(49);
    const before = await laurel.snapshot();
    expect((await send()).text).toBe(first?.text);
    expect(await laurel.snapshot()).toBe(before);
  });

  test('makes one user of 50', async () => {
    const before = await usersOf(home);
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 50 }, () => createUser(home, key)));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(await usersOf(home)).toBe(before + 1);
  });

  test('has the first answer, whatever became of the thing since', async () => {
    const key = randomUUID();
    const created = await createUser(home, key);
    const path = `${USERS}/${created.body.id}`;
    const changed = await call(home, 'PATCH', path, { body: { displayName: 'Eve' }, headers: { 'if-match': '"v1"' } });
    expect([changed.status, changed.headers.etag]).toEqual([200, '"v2"']);
    const replayed = await createUser(home, key);
    expect([replayed.text, replayed.headers.etag]).toEqual([created.text, '"v1"']);
  });

  test('threat 48: with another body, path or method is refused, and changes nothing', async () => {
    const key = randomUUID();
    await createUser(home, key);
    const before = await laurel.snapshot();
    expectProblem(await createUser(home, key, { displayName: 'Eve' }), 'idempotency_mismatch');
    expectProblem(await createUser(home, key, { displayName: 'Ada', zone: null }), 'idempotency_mismatch');
    const elsewhere = `${ACTIVITIES}/${furnished.mark}.lesson.completed/archive`;
    expectProblem(await call(home, 'POST', elsewhere, { headers: { 'idempotency-key': key } }), 'idempotency_mismatch');
    expect(await laurel.snapshot()).toBe(before);
  });

  test('threat 49: of another client, of an operator or in another workspace is another key', async () => {
    const key = randomUUID();
    const callers = [
      home,
      await laurel.machine(ACME, ['users:write']),
      await laurel.operator(ACME, 'member'),
      await laurel.machine(ACME_SIDE),
    ];
    const answers = [];
    for (const caller of callers) answers.push(await createUser(caller, key));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect(answers.map(({ headers }) => headers['idempotent-replayed'])).toEqual(callers.map(() => undefined));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(4);
  });

  test('is kept for 24 hours, then it is a new one', async () => {
    const key = randomUUID();
    const first = await createUser(home, key);
    time += 24 * HOUR - 1000;
    expect((await createUser(home, key)).text).toBe(first.text);
    time += 1000;
    const later = await createUser(home, key);
    expect([later.status, later.headers['idempotent-replayed']]).toEqual([201, undefined]);
    expect(later.body.id).not.toBe(first.body.id);
    expect((await createUser(home, key)).text).toBe(later.text);
  });

  test('outlives a refusal: what was mended may be sent with it', async () => {
    const key = randomUUID();
    const streak = { name: { en: 'x' }, cadence: 'day', zone: 'UTC' };
    const create = (activity: string) =>
      call(home, 'POST', '/dashboard/v1/streaks', keyed(key, { ...streak, activity }));
    expectProblem(await create('missing'), 'unknown_reference');
    expect((await create(`${furnished.mark}.lesson.completed`)).status).toBe(201);
  });

  test('threat 50: finds the answer where the effect was committed and the connection broke', async () => {
    const key = randomUUID();
    const before = await usersOf(home);
    engine.failNext({ operation: 'TransactWriteItems', error: { name: 'ValidationException' }, when: 'after' });
    expectProblem(await createUser(home, key), 'internal_error');
    const retried = await createUser(home, key);
    expect([retried.status, retried.headers['idempotent-replayed']]).toEqual([201, 'true']);
    expect(await usersOf(home)).toBe(before + 1);
  });

  test.each([
    ['nothing', ''],
    ['256 characters', 'k'.repeat(256)],
    ['a space', 'a b'],
    ['a tab', 'a\tb'],
    ['a letter beyond ASCII', 'é'],
  ])('threat 50: must be 1 to 255 printable characters: %s is refused', async (_what, key) => {
    const before = await laurel.snapshot();
    const problem = expectProblem(await createUser(home, key), 'invalid_request');
    expect(pointersOf(problem)).toEqual(['/headers/idempotency-key']);
    expect(await laurel.snapshot()).toBe(before);
  });

  test('of 255 characters of any kind is one', async () => {
    const key = '~#%!"\\'.padEnd(255, 'k');
    const first = await createUser(home, key);
    expect([first.status, (await createUser(home, key)).text]).toEqual([201, first.text]);
  });

  test('is not needed', async () => {
    const [one, two] = [await call(home, 'POST', USERS, { body: {} }), await call(home, 'POST', USERS, { body: {} })];
    expect([one.status, two.status, one.body.id === two.body.id]).toEqual([201, 201, false]);
  });

  test('does not keep a secret: a credential is made anew each time', async () => {
    const body = { name: 'backend', scopes: ['users:read'] };
    const create = () => call(home, 'POST', '/dashboard/v1/api-clients', keyed('secret', body));
    const [one, two] = [await create(), await create()];
    expect([one.status, two.status, one.body.clientSecret === two.body.clientSecret]).toEqual([201, 201, false]);
    const table = await laurel.snapshot();
    for (const { body: made } of [one, two]) expect(table).not.toContain(String(made.clientSecret));
  });
});

describe('a change', () => {
  const changes = allRoutes.filter(
    // Which clock a workspace has can be changed only before anything has happened in it: a test of its own tries that.
    ([name, { meta, route }]) =>
      meta?.etag === true && ['PUT', 'PATCH'].includes(route.method) && name !== 'dashboard.clock.update',
  );
  const place: Place = { tenant: 'edit', workspace: 'main' };

  describe.each(changes)('%s', async (name, placed) => {
    const machine = await laurel.machine(place);
    const access = placed.context === 'platform' ? root : machine;
    // A workspace of its own for each: none sees the other's versions.
    const own = await furnish(machine, place, name.replaceAll('.', '-').toLowerCase());
    const { method, headers, body = {} } = own.exampleOf(placed);
    const path = await readyPath(access, own, placed);
    const change = (ifMatch: string | undefined) => {
      const { 'if-match': _example, ...rest } = headers;
      return call(access, method, path, {
        body,
        headers: { ...rest, ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }) },
      });
    };

    test('must say which version it saw', async () => {
      const before = await laurel.snapshot();
      expectProblem(await change(undefined), 'precondition_required');
      for (const other of [
        '"v0"',
        '"v2"',
        '"v999999999999999"',
        '"v01"x',
        'v1',
        '"1"',
        '1',
        '*',
        'W/"v1"',
        '"v1", "v2"',
        '',
        '"v-1"',
        '"v1.0"',
        '"v1e0"',
      ]) {
        expectProblem(await change(other), 'version_mismatch');
      }
      expect(await laurel.snapshot()).toBe(before);
    });

    test('is told the next version, which the one after it must name', async () => {
      const read = await call(access, 'GET', path, { headers });
      expect([read.status, read.headers.etag, read.body.version]).toEqual([200, '"v1"', 1]);
      const changed = await change('"v1"');
      expect([changed.status, changed.headers.etag, changed.body.version]).toEqual([200, '"v2"', 2]);
      expectProblem(await change('"v1"'), 'version_mismatch');
      expect((await change(' "v2" ')).headers.etag).toBe('"v3"');
    });

    test('is one of ten that name the same version', async () => {
      const answers = await Promise.all(Array.from({ length: 10 }, () => change('"v3"')));
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array.from({ length: 9 }, () => 412)]);
      expect((await call(access, 'GET', path, { headers })).headers.etag).toBe('"v4"');
    });
  });

  const archives = allRoutes.filter(([name]) => name.startsWith('dashboard.') && name.endsWith('.archive'));
  // Of a tenant whose plan nobody has changed.
  const closing: Place = { tenant: 'close', workspace: 'main' };

  test.each(archives)('%s: archiving twice is archiving once, also at once', async (name, placed) => {
    const access = await laurel.machine(closing);
    const own = await furnish(access, closing, `${name.replaceAll('.', '-').toLowerCase()}`);
    const path = await readyPath(access, own, placed);
    // Somebody else saves a version between the read and the write, as on many machines.
    engine.failNext({
      operation: 'TransactWriteItems',
      error: { cancellationReasons: [{ Code: 'ConditionalCheckFailed' }, { Code: 'None' }, { Code: 'None' }] },
    });
    const answers = await Promise.all(Array.from({ length: 10 }, () => call(access, 'POST', path)));
    expect(answers.map(({ status, body: { version } }) => [status, version])).toEqual(answers.map(() => [200, 2]));
  });
});
