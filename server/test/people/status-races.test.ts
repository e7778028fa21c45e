import type { Laurel } from '@laurel/sdk/server';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openPeople, type People } from './world.ts';

let people: People;
let owner: Laurel;
beforeAll(async () => {
  people = await openPeople();
  owner = await people.operator('owner');
});
afterAll(() => people.test.close());

const GIVEN = { permissions: ['dashboard:users.read'], description: null, conditions: {} };

let workspace: string;
let opened = 0;
beforeEach(async () => {
  opened += 1;
  workspace = `racing-${opened}`;
  await owner.platform.workspaces.create('acme', { slug: workspace, name: 'Racing' });
});

/** Does something once the next call has read what it writes to a partition, before it writes it. */
async function overtaken(
  call: () => Promise<unknown>,
  meanwhile: () => Promise<unknown>,
  partition = '#WORKSPACES',
): Promise<void> {
  const { client } = people.test.table;
  const { send } = client;
  let isOvertaken = false;
  const value = async (...given: Parameters<typeof send>) => {
    const isCommit = 'TransactItems' in given[0].input && JSON.stringify(given[0].input).includes(partition);
    if (isCommit && !isOvertaken) {
      isOvertaken = true;
      await meanwhile();
    }
    return send.apply(client, given);
  };
  Object.defineProperty(client, 'send', { configurable: true, writable: true, value });
  try {
    await call();
  } finally {
    client.send = send;
  }
  expect(isOvertaken).toBe(true);
}

const statusOf = async () =>
  (await owner.platform.workspaces.list('acme')).items.find(({ slug }) => slug === workspace)?.status;
const counted = async () => (await owner.platform.plans.get('acme')).used.workspaces;

test('a workspace that is suspended while it is changed stays suspended, and is changed', async () => {
  const inside = await people.operator('owner', { tenant: 'acme', workspace });
  const { version } = await inside.workspace.get();
  await overtaken(
    () => inside.workspace.update({ name: 'Renamed' }, { ifMatch: version }),
    () => owner.platform.workspaces.suspend('acme', workspace),
  );
  expect((await owner.platform.workspaces.list('acme')).items).toContainEqual(
    expect.objectContaining({ slug: workspace, name: 'Renamed', status: 'suspended', version: version + 1 }),
  );
});

test('the same where a new declaration of attributes is what changes', async () => {
  const inside = await people.operator('owner', { tenant: 'acme', workspace });
  const { version } = await inside.workspace.get();
  await overtaken(
    () => inside.workspace.update({ userAttributes: { region: { type: 'string' } } }, { ifMatch: version }),
    () => owner.platform.workspaces.archive('acme', workspace),
  );
  expect(await statusOf()).toBe('archived');
});

test('one that is archived while it is resumed is counted for what it is in the end', async () => {
  await owner.platform.workspaces.suspend('acme', workspace);
  const before = await counted();
  await overtaken(
    () => owner.platform.workspaces.resume('acme', workspace),
    () => owner.platform.workspaces.archive('acme', workspace),
  );
  expect([await statusOf(), await counted()]).toEqual(['active', before]);
});

test('a role that is changed while it is given to a member is given as it then is', async () => {
  const inside = await people.machine(undefined, { tenant: 'acme', workspace });
  await people.operator('viewer', { tenant: 'acme', workspace });
  const [member] = (await inside.members.list()).items;
  const role = await inside.roles.create({ name: 'Reader', permissions: ['dashboard:users.read'] });
  await overtaken(
    () => inside.members.update(member?.id ?? '', { role: role.id }, { ifMatch: member?.version ?? 0 }),
    () => inside.roles.update(role.id, { ...GIVEN, name: 'Writer' }, { ifMatch: role.version }),
    '#MEMBERS',
  );
  expect(await inside.members.get(member?.id ?? '')).toMatchObject({ role: role.id });
});
