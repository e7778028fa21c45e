import { Webhook as Receiver } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { codeOf, codesOf, laurelOf, times } from '../game/world.ts';
import { completed, type Outside, openOutside, START } from './world.ts';

let outside: Outside;
/** What the names of hosts mean; public unless a test says otherwise. */
let addresses: Map<string, string>;
beforeEach(async () => {
  addresses = new Map();
  outside = await openOutside(async (host) => [addresses.get(host) ?? '93.184.215.14']);
});
afterEach(() => outside.close());

const urlOf = (path: string) => `https://hooks.example.com${path}`;
const hooks = () => outside.laurel.webhooks;
let told = 0;

/** Where it was sent what happened just now. */
async function heard(): Promise<string[]> {
  told += 1;
  const before = outside.sent.length;
  await outside.tell('ada', told, completed(`m${told}`));
  await outside.run(START);
  return outside.sent.slice(before).map(({ url }) => new URL(url).pathname);
}

describe('a draft', () => {
  test('hears of nothing, nor of a test, until it is published', async () => {
    const { webhook, secret } = await hooks().create({ id: 'crm', url: urlOf('/a'), draft: true });
    expect(webhook).toMatchObject({ id: 'crm', status: 'draft', version: 1, revision: 1, publishedAt: null });
    expect(await hooks().list({ status: 'draft' })).toMatchObject({ items: [webhook] });
    expect(await heard()).toEqual([]);
    expect(await codeOf(hooks().test('crm'))).toBe('unprocessable');
    const stretch = { from: START, to: START };
    expect(await codeOf(hooks().replay({ webhookId: 'crm', ...stretch }))).toBe('unknown_reference');
    const published = await hooks().publish('crm', {});
    expect(published).toMatchObject({ status: 'published', version: 1, delivery: { state: 'active' } });
    expect(await heard()).toEqual(['/a']);
    const [parcel] = outside.sent;
    expect(new Receiver(secret).verify(parcel?.body ?? '', { ...parcel?.headers })).toMatchObject({ userId: 'ada' });
  });

  test('of the next version waits, while deliveries go by what is published', async () => {
    const { webhook } = await hooks().create({ id: 'crm', url: urlOf('/a') });
    const draft = await hooks().update(
      'crm',
      { url: urlOf('/b'), types: ['level.lost'], draft: true },
      { ifMatch: webhook },
    );
    expect(draft).toMatchObject({ status: 'draft', version: 2, url: urlOf('/b') });
    expect(await hooks().draft('crm')).toEqual(draft);
    expect(await hooks().get('crm')).toEqual({ ...webhook, draft: true, revision: 2 });
    expect(await heard()).toEqual(['/a']);
    await hooks().publish('crm', { revision: draft.revision });
    expect(await heard()).toEqual([]);
    await hooks().restore('crm', { version: 1 });
    expect(await heard()).toEqual(['/a']);
  });

  test('can be deleted, and what is created in its place has another secret', async () => {
    const first = await hooks().create({ id: 'crm', url: urlOf('/a'), draft: true });
    await hooks().remove('crm');
    expect(await codeOf(hooks().get('crm'))).toBe('not_found');
    const second = await hooks().create({ id: 'crm', url: urlOf('/a') });
    expect(second.secret).not.toBe(first.secret);
    expect(await codeOf(hooks().remove('crm'))).toBe('unprocessable');
    expect(await codeOf(hooks().create({ id: 'crm', url: urlOf('/a') }))).toBe('already_exists');
  });
});

describe('versions', () => {
  test('say what was sent where, by whom, and are restored; nothing of them is a secret or how deliveries go', async () => {
    const { webhook, secret } = await hooks().create({ id: 'crm', url: urlOf('/a'), description: 'Customers' });
    const second = await hooks().update('crm', { url: urlOf('/b') }, { ifMatch: webhook });
    expect(await codeOf(hooks().update('crm', { url: urlOf('/c') }, { ifMatch: webhook }))).toBe('version_mismatch');
    const rotated = await hooks().rotateSecret('crm', {});
    await hooks().pause('crm');
    const third = await hooks().restore('crm', { version: 1 });
    expect(third).toMatchObject({ version: 3, url: urlOf('/a'), description: 'Customers' });
    // What is not of the version stays as it is.
    expect(third.delivery).toEqual({ ...rotated.webhook.delivery, state: 'paused' });
    expect(await heard()).toEqual([]);

    const { items } = await hooks().listVersions('crm');
    expect(items.map(({ version, url }) => [version, url])).toEqual([
      [3, urlOf('/a')],
      [2, urlOf('/b')],
      [1, urlOf('/a')],
    ]);
    expect(items.every(({ author }) => author.startsWith('machine:'))).toBe(true);
    const { delivery: _, ...rest } = second;
    expect(await hooks().getVersion('crm', '2')).toEqual(rest);
    for (const hidden of [secret, rotated.secret, 'whsec', 'sealed', 'delivery', 'paused']) {
      expect(JSON.stringify(items)).not.toContain(hidden);
    }
  });

  test('of one that is archived are kept; it hears of nothing, and of all with the same secret once it is back', async () => {
    const { secret } = await hooks().create({ id: 'crm', url: urlOf('/a') });
    told += 1;
    await outside.tell('ada', told, completed('on-its-way'));
    expect(await hooks().archive('crm')).toMatchObject({ status: 'archived', version: 2 });
    await outside.run(START);
    expect(outside.sent).toEqual([]);
    expect((await outside.laurel.webhookDeliveries.list()).items).toMatchObject([
      { status: 'dead', attempts: [{ outcome: 'webhook_not_active' }] },
    ]);
    expect(await heard()).toEqual([]);
    expect(await codesOf([hooks().test('crm'), hooks().restore('crm', { version: 1 })])).toEqual([
      'unprocessable',
      'unprocessable',
    ]);
    await hooks().unarchive('crm');
    expect(await heard()).toEqual(['/a']);
    const [parcel] = outside.sent;
    expect(new Receiver(secret).verify(parcel?.body ?? '', { ...parcel?.headers })).toMatchObject({ userId: 'ada' });
  });
});

describe('a URL that leads inside', () => {
  const inside = 'https://metadata.example.com/';

  test('is refused of a draft, and of what was allowed once, wherever it would come to work', async () => {
    const refusal = { code: 'destination_not_allowed', errors: [{ pointer: '/url', code: 'destination_not_allowed' }] };
    addresses.set('metadata.example.com', '169.254.169.254');
    await expect(hooks().create({ url: inside, draft: true })).rejects.toMatchObject(refusal);
    await expect(hooks().create({ url: inside })).rejects.toMatchObject(refusal);
    addresses.delete('metadata.example.com');
    const { webhook } = await hooks().create({ id: 'old', url: inside });
    await hooks().create({ id: 'waiting', url: inside, draft: true });
    await hooks().create({ id: 'gone', url: inside });
    await hooks().archive('gone');
    const second = await hooks().update('old', { url: urlOf('/a') }, { ifMatch: webhook });
    addresses.set('metadata.example.com', '10.0.0.1');
    const before = await outside.snapshot();
    for (const refused of [
      () => hooks().restore('old', { version: 1 }),
      () => hooks().publish('waiting', {}),
      () => hooks().unarchive('gone'),
      () => hooks().update('old', { url: inside }, { ifMatch: second }),
      () => hooks().update('old', { url: inside, draft: true }, { ifMatch: second }),
    ]) {
      await expect(refused()).rejects.toMatchObject(refusal);
    }
    expect(await outside.snapshot()).toBe(before);
    expect(await heard()).toEqual(['/a']);
  });
});

test('a name is one that deliveries can bear, and a draft may be paused before it comes to work', async () => {
  for (const id of ['deliveries', 'constructor', 'x'.repeat(65)]) {
    expect(await codeOf(hooks().create({ id, url: urlOf('/a') }))).toBe('invalid_request');
  }
  const id = `a.b:${'x'.repeat(60)}`;
  await hooks().create({ id, url: urlOf('/a'), draft: true });
  await hooks().pause(id);
  expect(await hooks().publish(id, {})).toMatchObject({ status: 'published', delivery: { state: 'paused' } });
  expect(await heard()).toEqual([]);
  await hooks().resume(id);
  expect(await heard()).toEqual(['/a']);
  const [delivery] = (await outside.laurel.webhookDeliveries.list({ webhookId: id })).items;
  expect(await outside.laurel.webhookDeliveries.get(delivery?.id ?? '')).toEqual(delivery);
});

test('at most 50 are at work; drafts and archived ones do not count', async () => {
  const laurel = laurelOf(await outside.platform.createWorkspaceClient({ tenant: 'acme', workspace: 'many' }));
  for (const index of times(50, Number)) await laurel.webhooks.create({ id: `w-${index}`, url: urlOf('/a') });
  await laurel.webhooks.create({ id: 'more', url: urlOf('/a'), draft: true });
  expect(await codesOf([laurel.webhooks.create({ url: urlOf('/a') }), laurel.webhooks.publish('more', {})])).toEqual([
    'unprocessable',
    'unprocessable',
  ]);
  await laurel.webhooks.archive('w-0');
  expect(await laurel.webhooks.publish('more', {})).toMatchObject({ status: 'published' });
  expect(await codeOf(laurel.webhooks.unarchive('w-0'))).toBe('unprocessable');
});
