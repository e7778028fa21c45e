import { DeleteCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { commit } from '../../src/store/commit.ts';
import { workspaceScope } from '../../src/store/scope.ts';
import { memberWrites } from '../support/members.ts';
import { ACME, call, startTestPlatform } from '../support/platform.ts';
import { expectProblem } from '../support/problems.ts';

const laurel = await startTestPlatform();
afterAll(() => laurel.close());
afterEach(() => {
  vi.useRealTimers();
});

/** Takes all that a tenant has out of the table, as whoever runs the platform would. */
async function deleteTenant(slug: string): Promise<void> {
  const { client, name: TableName } = laurel.table;
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const page = await client.send(new ScanCommand({ TableName, ...(ExclusiveStartKey && { ExclusiveStartKey }) }));
    for (const { pk, sk } of page.Items ?? []) {
      const isTheirs = String(pk).startsWith(`T#${slug}#`) || String(sk) === `TENANT#${slug}`;
      if (isTheirs) await client.send(new DeleteCommand({ TableName, Key: { pk, sk } }));
    }
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
}

test('threat 33: a tenant that is opened again under its old name believes no token of the one before', async () => {
  const root = await laurel.platformMachine();
  const machine = await laurel.machine(ACME);
  const user = { id: 'usr-1', externalId: 'ada' };
  await call(machine, 'POST', '/dashboard/v1/users', { body: user });
  const [player, owner] = [await laurel.player(ACME, user.id), await laurel.operator(ACME, 'owner')];
  const { sub } = JSON.parse(Buffer.from(owner.token?.split('.')[1] ?? '', 'base64url').toString());
  expect((await call(player, 'GET', '/app/v1/me')).status).toBe(200);
  expect((await call(owner, 'GET', '/dashboard/v1/users')).status).toBe(200);

  await deleteTenant('acme');
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 61_000 });
  for (const [access, path] of [
    [player, '/app/v1/me'],
    [owner, '/dashboard/v1/users'],
    [machine, '/dashboard/v1/users'],
  ] as const)
    expectProblem(await call(access, 'GET', path), 'invalid_token');

  // The same names all over again: tenant, workspace, user, and the same person as its owner.
  const opened = { slug: 'acme', name: 'Another Acme' };
  expect((await call(root, 'POST', '/platform/v1/tenants', { body: opened })).status).toBe(201);
  const again = await laurel.platform.createWorkspaceClient(ACME);
  await laurel.platform.createOperator(ACME, { email: 'new@example.com', password: 'a'.repeat(20), role: 'owner' });
  const member = { subject: sub, role: 'owner', status: 'active' } as const;
  await commit(laurel.table, await memberWrites(laurel.table, workspaceScope('acme', 'main'), member));
  const answer = await fetch(again.tokenEndpoint, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${again.clientId}:${again.clientSecret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  const fresh = { baseUrl: machine.baseUrl, token: String(Object(await answer.json()).access_token) };
  expect((await call(fresh, 'GET', '/dashboard/v1/users')).body.items).toEqual([]);
  expect((await call(fresh, 'POST', '/dashboard/v1/users', { body: user })).status).toBe(201);

  vi.setSystemTime(Date.now() + 61_000);
  expectProblem(await call(player, 'GET', '/app/v1/me'), 'invalid_token');
  expectProblem(await call(owner, 'GET', '/dashboard/v1/users'), 'invalid_token');
  expect((await call(await laurel.player(ACME, user.id), 'GET', '/app/v1/me')).body.id).toBe(user.id);
});
