import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { sealedRecords } from '../audit/world.ts';
import { startWatched } from '../isolation/world.ts';
import { ACME, type Access, BOLT, call, startTestPlatform } from '../support/platform.ts';

const laurel = await startTestPlatform();
afterAll(() => laurel.close());
const home = await laurel.machine(ACME);

describe('threat 56: what a caller writes', () => {
  const CANARY = 'c4n4ry-s3cret';
  const odd = [`${CANARY}\r\nlevel=ERROR forged`, `\u001b[31m${CANARY}`, `\u202e${CANARY}`, `"}{"${CANARY}`];

  test('stands in no line of the log and in no record, and breaks none in two', async () => {
    const talking = await startTestPlatform({ logLevel: 'DEBUG' });
    const machine = await talking.machine(ACME);
    const lines: string[] = [];
    const outputs = [process.stdout, process.stderr].map((stream) =>
      vi.spyOn(stream, 'write').mockImplementation((chunk) => Boolean(lines.push(String(chunk)))),
    );
    const headers = { 'x-user-id': CANARY, 'idempotency-key': CANARY, cookie: CANARY, 'user-agent': CANARY };
    const requestIds: (string | undefined)[] = [];
    for (const name of odd) {
      for (const answer of [
        await call(machine, 'POST', '/dashboard/v1/users', {
          body: { displayName: name, attributes: { password: name } },
        }),
        await call(machine, 'POST', '/dashboard/v1/users', { body: `{"${name}`, headers }),
        await call(machine, 'GET', `/dashboard/v1/users?token=${encodeURIComponent(name)}`),
        await call(machine, 'GET', `/dashboard/v1/missions/${encodeURIComponent(name)}`, { headers }),
        await call({ ...machine, token: `${machine.token}${CANARY}` }, 'GET', '/app/v1/me'),
      ])
        requestIds.push(answer.headers['x-request-id']);
    }
    const records = await sealedRecords(talking);
    for (const output of outputs) output.mockRestore();
    await talking.close();
    const log = lines.join('').split('\n').filter(Boolean);
    // There was a line for each call that came so far, and a record for each that came at all.
    expect(log.length).toBeGreaterThanOrEqual(4 * odd.length);
    for (const line of log) expect(JSON.parse(line)).toMatchObject({ level: expect.any(String) });
    const recorded = new Set(records.map(({ requestId }) => requestId));
    expect(requestIds.filter((id) => id === undefined || !recorded.has(id))).toEqual([]);
    const traces = [...log, ...records.map((record) => JSON.stringify(record))];
    expect(traces.filter((trace) => trace.includes(CANARY) || trace.includes('forged'))).toEqual([]);
    expect(traces.filter((trace) => trace.includes(machine.token ?? '-'))).toEqual([]);
  });
});

describe('threat 56: the store of the audit is away', () => {
  test('what changes something is not done, and is done once it is back', async () => {
    const watched = await startWatched();
    const machine = await watched.machine(ACME);
    let isAway = true;
    watched.table.client.middlewareStack.add(
      (next) => async (args) => {
        if (isAway && JSON.stringify(args.input).includes('#AUDIT#OUTBOX#')) throw new Error('the audit is away');
        return next(args);
      },
      { step: 'initialize', name: 'no-audit' },
    );
    const create = () => call(machine, 'POST', '/dashboard/v1/users', { body: { externalId: 'ada' } });
    const find = () => call(machine, 'GET', '/dashboard/v1/users/by-external-id/ada');
    const refused = await create();
    expect([refused.status >= 500, refused.text.includes('audit')]).toEqual([true, false]);
    expect((await find()).status).toBe(404);
    isAway = false;
    expect((await create()).status).toBe(201);
    expect((await find()).status).toBe(200);
    await watched.close();
  });
});

describe('threat 56: how long it takes', () => {
  const EACH = 1000;
  let foreign: string;
  beforeAll(async () => {
    const other: Access = await laurel.machine(BOLT);
    foreign = String((await call(other, 'POST', '/dashboard/v1/users', { body: { externalId: 'bob' } })).body.id);
  });

  /** How many standard deviations two samples are apart (Mann-Whitney; ties hardly happen). */
  function distance(one: readonly number[], other: readonly number[]): number {
    const all = [...one.map((ms) => ({ ms, own: true })), ...other.map((ms) => ({ ms, own: false }))];
    const ranked = all.toSorted((a, b) => a.ms - b.ms);
    const ranks = ranked.reduce((sum, { own }, index) => (own ? sum + index + 1 : sum), 0);
    const u = ranks - (one.length * (one.length + 1)) / 2;
    const mean = (one.length * other.length) / 2;
    return Math.abs(u - mean) / Math.sqrt((mean * (one.length + other.length + 1)) / 6);
  }

  test('does not tell a thing of others from one that never was', async () => {
    const never = `${foreign.slice(0, -4)}ZZZZ`;
    const times = { foreign: [] as number[], never: [] as number[] };
    const ask = async (id: string) => {
      const begun = performance.now();
      const answer = await call(home, 'GET', `/dashboard/v1/users/${id}`);
      const took = performance.now() - begun;
      expect(answer.status).toBe(404);
      return took;
    };
    for (let warm = 0; warm < 50; warm += 1) await ask(never);
    for (let pair = 0; pair < EACH; pair += 1) {
      // Whatever else the machine does meets both alike.
      const order = pair % 2 === 0 ? (['foreign', 'never'] as const) : (['never', 'foreign'] as const);
      for (const which of order) times[which].push(await ask(which === 'foreign' ? foreign : never));
    }
    expect(distance(times.foreign, times.never)).toBeLessThan(4.5);
  });

  test('is told apart where there is a difference: the measure would see one', async () => {
    const even = Array.from({ length: EACH }, (_, index) => 1 + (index % 97) / 100);
    expect(
      distance(
        even,
        even.map((ms) => ms + 0.1),
      ),
    ).toBeGreaterThan(4.5);
    expect(distance(even, even.toReversed())).toBeLessThan(4.5);
  });
});
