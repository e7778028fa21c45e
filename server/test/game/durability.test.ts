import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Laurel } from '@laurel/sdk/server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startPlatform } from '../../src/local/index.ts';
import { snapshotOf } from '../support/platform.ts';
import { defineWorld } from './definitions.ts';
import { expectedOf } from './expected.ts';
import { HOME, openGame, times } from './world.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'laurel-durability-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function textOf(url: string, token?: string): Promise<string> {
  const answer = await fetch(url, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } });
  expect(answer.status).toBe(200);
  return answer.text();
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('a platform in a folder', () => {
  test('started again has the same state, keys, tokens and answers', async () => {
    const first = await openGame({ data: folder });
    const { baseUrl } = first.platform;
    await defineWorld(first.laurel);
    const sent = times(20, (index) => ({ id: `e-${index}`, externalUserId: `p-${index % 3}`, activity: 'lesson' }));
    const receipts = await first.laurel.events.trackBatch({ events: sent });
    const player = await first.laurel.users.getByExternalId('p-0');
    const { accessToken } = await first.laurel.users.mintToken(player.id);
    const { baseUrl: tenantUrl, ...auth } = await first.platform.createWorkspaceClient(HOME);
    const me = await textOf(`${tenantUrl}/app/v1/me`, accessToken);
    const keys = await textOf(`${baseUrl}/issuer/jwks`);
    const kept = await first.laurel.users.create({ displayName: 'Ada' }, { idempotencyKey: 'ada' });
    const before = await first.snapshot();
    await first.close();

    const second = await startPlatform({ data: folder, port: Number(new URL(baseUrl).port), logLevel: 'SILENT' });
    expect(await snapshotOf(second.inside.platform.table)).toBe(before);
    expect(await textOf(`${baseUrl}/issuer/jwks`)).toBe(keys);
    expect(await textOf(`${tenantUrl}/app/v1/me`, accessToken)).toBe(me);
    // The client of before goes on with its token, a new one gets a token by the same secret.
    expect(await first.laurel.events.trackBatch({ events: sent })).toEqual(receipts);
    const other = new Laurel({ baseUrl: tenantUrl, auth });
    expect(await other.users.create({ displayName: 'Ada' }, { idempotencyKey: 'ada' })).not.toEqual(kept);
    expect(await first.laurel.users.create({ displayName: 'Ada' }, { idempotencyKey: 'ada' })).toEqual(kept);
    await second.close();
  });

  test('keeps a second one out, which leaves nothing behind', async () => {
    const first = await openGame({ data: folder });
    const port = await freePort();
    const options = { port, logLevel: 'SILENT' } as const;
    await expect(startPlatform({ data: folder, ...options })).rejects.toThrow('has the database');
    const third = await startPlatform({ data: ':memory:', ...options });
    await third.close();
    expect((await first.laurel.workspace.get()).slug).toBe(HOME.workspace);
    await first.close();
  });
});

/** Runs the writer in a process of its own and kills it when so many batches were answered; tells the ids of those. */
async function writeUntilKilled(round: number, killAfter: number): Promise<string[]> {
  const script = join(import.meta.dirname, 'crash-writer.ts');
  const child = spawn(process.execPath, ['--conditions=@laurel/source', script, folder, `${round}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const acknowledged: string[] = [];
  let batches = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const ids: string[] = JSON.parse(line);
    acknowledged.push(...ids);
    batches += 1;
    if (batches === killAfter) child.kill('SIGKILL');
  }
  expect(batches).toBeGreaterThanOrEqual(killAfter);
  return acknowledged;
}

describe('a platform that is killed while batches are being sent', () => {
  test('has every acknowledged event afterwards, and each event whole', async () => {
    const acknowledged: string[] = [];
    for (let round = 0; round < 3; round += 1) {
      acknowledged.push(...(await writeUntilKilled(round, 3 + 4 * round)));
      const game = await openGame({ data: folder });
      const { laurel } = game;
      const all = { max: 100_000 };
      const events = await laurel.events.list({ limit: 200 }).toArray(all);
      const ids = new Set(events.map(({ id }) => id));
      expect(ids.size).toBe(events.length);
      expect(acknowledged.filter((id) => !ids.has(id))).toEqual([]);

      let legs = 0;
      for (const [userId, mine] of Map.groupBy(events, (event) => event.userId)) {
        const player = laurel.as({ userId });
        const expected = expectedOf(mine);
        const [xp, gems, rank, calendar] = await Promise.all([
          player.wallets.entries('xp').toArray(all),
          player.wallets.entries('gems').toArray(all),
          player.leaderboards.rank('sum'),
          player.streaks.calendar('daily', { from: '2026-01-01', to: '2026-12-31' }),
        ]);
        const sum = (entries: readonly { amount: number }[]) =>
          entries.reduce((total, { amount }) => total + amount, 0);
        expect({
          xp: sum(xp),
          gems: sum(gems),
          score: rank.score ?? 0,
          days: calendar.runs.reduce((total, { days }) => total + days, 0),
          entries: xp.length + gems.length,
        }).toEqual(expected);
        legs += 2 * expected.entries;
      }
      const proofs = (await laurel.ledger.proof()).items;
      expect(proofs.every(({ balanced }) => balanced)).toBe(true);
      expect(proofs.reduce((total, proof) => total + proof.legs, 0)).toBe(legs);
      expect(legs).toBeGreaterThan(0);
      await game.close();
    }
  });
});
