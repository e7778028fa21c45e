import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Game, HOME, openGame } from '../game/world.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'laurel-audit-'));
const file = join(folder, 'audit.jsonl');
let game: Game;
let environment: Record<string, string>;

beforeAll(async () => {
  game = await openGame();
  for (let round = 0; round < 3; round += 1) {
    await game.laurel.users.create({ displayName: 'Ada' });
    await game.laurel.missions.list();
    await game.platform.inside.sealer.seal();
  }
  const access = await game.platform.createWorkspaceClient(HOME, ['audit-records:read']);
  environment = {
    LAUREL_URL: access.baseUrl,
    LAUREL_CLIENT_ID: access.clientId,
    LAUREL_CLIENT_SECRET: access.clientSecret,
    LAUREL_TOKEN_ENDPOINT: access.tokenEndpoint,
  };
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await game.close();
});

/** Runs the command, and answers with how it ended and what it said. */
function run(...args: string[]): Promise<{ readonly code: number; readonly said: Record<string, unknown> }> {
  const all = ['--conditions=@laurel/source', 'scripts/audit.ts', ...args];
  const env = { ...process.env, ...environment };
  return new Promise((resolve, reject) => {
    execFile(process.execPath, all, { cwd: ROOT, env }, (error, stdout, stderr) => {
      const code = error === null ? 0 : Number(error.code);
      if (code > 1 || Number.isNaN(code)) reject(new Error(stderr));
      else resolve({ code, said: stdout === '' ? {} : JSON.parse(stdout) });
    });
  });
}

test('the command exports a chain, and verifies it there and without Laurel', async () => {
  const { code, said } = await run('verify');
  expect({ code, fault: said.fault }).toEqual({ code: 0, fault: null });
  const head = said.head as { readonly block: number; readonly hash: string };
  const keys = join(folder, 'keys.json');
  writeFileSync(keys, JSON.stringify(said.keys));
  await run('export', '--to', file);
  const names = ['--tenant', HOME.tenant, '--workspace', HOME.workspace, '--keys', keys];
  const offline = await run('verify', file, ...names);
  expect(offline).toMatchObject({ code: 0, said: { head, digests: 1, fault: null } });

  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  const parts = lines.map((line) => JSON.parse(line));
  const bad = join(folder, 'bad.jsonl');
  const verifyLines = (own: readonly object[]) => {
    writeFileSync(bad, own.map((one) => `${JSON.stringify(one)}\n`).join(''));
    return run('verify', bad, ...names);
  };
  const [first, second] = parts;
  const edited = { ...second, records: second.records.with(0, { ...second.records[0], status: 299 }) };
  expect(await verifyLines(parts.with(1, edited))).toMatchObject({
    code: 1,
    said: { fault: { kind: 'altered', block: 2, recordId: second.records[0].id } },
  });
  expect(await verifyLines(parts.toSpliced(1, 1))).toMatchObject({ code: 1, said: { fault: { block: 2 } } });
  expect(await verifyLines([{ ...first, digest: { ...first.digest, records: 7 } }])).toMatchObject({
    code: 1,
    said: { fault: { kind: 'forged_digest', block: 1 } },
  });
  // Cut at its end an export hangs together: it is the head that was kept which does not fit it.
  const cut = await verifyLines(parts.slice(0, 2));
  expect(cut).toMatchObject({ code: 0, said: { head: { block: 2 } } });
  expect(await run('verify', '--known', `${head.block}:${head.hash}`)).toMatchObject({ code: 0 });
  expect(await run('verify', '--known', `${head.block}:${parts[0].hash}`)).toMatchObject({ code: 1 });
  // Of another workspace it is no chain.
  expect(await run('verify', file, '--tenant', HOME.tenant, '--workspace', 'other')).toMatchObject({ code: 1 });
}, 120_000);
