import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { openLocalDatabase } from '../../src/local/database.ts';
import { OwnerErased } from '../../src/ports/vault.ts';
import { embeddedCellKeyring } from '../../src/privacy/embedded-keyring.ts';
import { kmsCellKeyring } from '../../src/privacy/kms-keyring.ts';
import { commit, put } from '../../src/store/commit.ts';
import { keyOf, workspaceScope } from '../../src/store/scope.ts';
import { getItem } from '../../src/store/table.ts';
import { kmsDouble, VAULT_KEY } from '../lambda/world.ts';

const scope = workspaceScope('acme', 'main');
const other = workspaceScope('bolt', 'main');
const database = await openLocalDatabase(':memory:');
const { vault } = database.table;
afterAll(() => database.close());

const ada = { scope, userId: 'ada' };

describe.each([
  ['of the folder', () => embeddedCellKeyring(randomBytes(32))],
  ['in KMS', () => kmsCellKeyring(kmsDouble().client, VAULT_KEY)],
])("the cell's key %s", (_name, make) => {
  test('unwraps what it wrapped, for the same workspace alone', async () => {
    const cell = make();
    const key = randomBytes(64);
    const wrapped = await cell.wrap(key, { tenant: 'acme', workspace: 'main' });
    expect(Buffer.from(await cell.unwrap(wrapped, { tenant: 'acme', workspace: 'main' }))).toEqual(key);
    await expect(cell.unwrap(wrapped, { tenant: 'bolt', workspace: 'main' })).rejects.toThrow();
  });
});

describe('a sealed text', () => {
  test('says nothing, is another each time, and opens where it was sealed', async () => {
    const [one = '', two = ''] = await Promise.all([
      vault.seal(ada, 'here', 'Zauberflink'),
      vault.seal(ada, 'here', 'x'),
    ]);
    expect(one).not.toContain('Zauberflink');
    expect(await vault.seal(ada, 'here', 'Zauberflink')).not.toBe(one);
    const all = [one, two].map((sealed) => ({ scope, place: 'here', sealed }));
    expect(await vault.open(all)).toEqual(['Zauberflink', 'x']);
  });

  test('opens nowhere else: not in another place, not in another workspace, not changed', async () => {
    const sealed = await vault.seal(ada, 'here', 'Zauberflink');
    await vault.seal({ scope: other, userId: 'ada' }, 'here', 'x');
    await expect(vault.open([{ scope, place: 'there', sealed }])).rejects.toThrow();
    await expect(vault.open([{ scope: other, place: 'here', sealed }])).rejects.toThrow();
    const last = sealed.at(-2) === 'A' ? 'B' : 'A';
    const changed = `${sealed.slice(0, -2)}${last}${sealed.slice(-1)}`;
    await expect(vault.open([{ scope, place: 'here', sealed: changed }])).rejects.toThrow();
  });

  test('is gone with the key, which is never made again', async () => {
    const bo = { scope, userId: 'bo' };
    const sealed = await vault.seal(bo, 'here', 'x');
    const pseudonym = await vault.pseudonymOf(scope, 'bo');
    await vault.destroy(scope, { pseudonym, at: '2026-11-24T10:00:00.000Z', request: 'prq_1' });
    expect(await vault.open([{ scope, place: 'here', sealed }])).toEqual([undefined]);
    await expect(vault.seal(bo, 'here', 'x')).rejects.toThrow(OwnerErased);
    expect(await vault.destroyed(scope)).toEqual([{ pseudonym, at: '2026-11-24T10:00:00.000Z', request: 'prq_1' }]);
  });
});

test('a pseudonym is of one workspace, and is no hash that anybody could make', async () => {
  const here = await vault.pseudonymOf(scope, 'ada');
  expect(await vault.pseudonymOf(scope, 'ada')).toBe(here);
  expect(await vault.pseudonymOf(other, 'ada')).not.toBe(here);
});

test('a process without the vault cannot write what is personal, and sees it sealed', async () => {
  const { client, name } = database.table;
  const blind = { client, name };
  const key = keyOf(scope, ['U', 'ada'], ['PROFILE']);
  await expect(commit(blind, [{ item: put(blind, { ...key, record: { displayName: 'Ada' } }) }])).rejects.toThrow(
    /those alone who can seal/,
  );
  await commit(database.table, [{ item: put(database.table, { ...key, record: { displayName: 'Ada' } }) }]);
  expect(await getItem(blind, key)).toMatchObject({ record: expect.stringMatching(/^sealed:/) });
  expect(await getItem(database.table, key)).toMatchObject({ record: { displayName: 'Ada' } });
});

test('a folder with a table and without its keys is refused with a sentence', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'laurel-vault-'));
  (await openLocalDatabase(folder)).close();
  rmSync(join(folder, 'vault'), { recursive: true });
  await expect(openLocalDatabase(folder)).rejects.toThrow(/before personal data were encrypted/);
  rmSync(folder, { recursive: true });
});
