import type { Laurel } from '@laurel/sdk/server';
import { Webhook as Receiver } from 'standardwebhooks';
import { afterAll, describe, expect, test } from 'vitest';
import { deliverDue } from '../../src/webhooks/deliver.ts';
import type { Parcel } from '../../src/webhooks/send.ts';
import { webhookWorker } from '../../src/webhooks/worker.ts';
import { scopeAt } from '../webhooks/world.ts';
import { documentOf, NOW, openConfigWorld, promote, urlOf } from './config-world.ts';
import { openReceiver } from './receiver.ts';
import { advanceTo, openTestClock } from './test-clock.ts';
import { codeOf, times } from './world.ts';

const { game, inside, freshPair } = await openConfigWorld();
afterAll(() => game.close());

const text = (value: unknown) => JSON.stringify(value);

/** What a workspace sends once a user was created in it. */
async function sentBy(laurel: Laurel, workspace: string): Promise<Parcel[]> {
  const { platform, streams } = game.platform.inside;
  const sent: Parcel[] = [];
  const worker = {
    ...webhookWorker(platform),
    send: async (parcel: Parcel) => {
      sent.push(parcel);
      return { kind: 'answered', status: 200 } as const;
    },
  };
  await laurel.users.create({});
  await streams.settled();
  await deliverDue(worker, scopeAt({ tenant: 'acme', workspace }), NOW);
  return sent;
}

const takes = (secret: string, { body, headers }: Parcel): boolean => {
  try {
    return Boolean(new Receiver(secret).verify(body, { ...headers }));
  } catch {
    return false;
  }
};

describe('webhooks', () => {
  test('are promoted by id, each with a secret of its own that rotating shows, and no secret is in the document', async () => {
    const { staging, production, target } = await freshPair();
    const { secret } = await staging.webhooks.create({ id: 'crm', url: urlOf('/a'), description: 'Customers' });
    await staging.webhooks.create({ id: 'later', url: urlOf('/later'), draft: true });
    await staging.webhooks.pause('crm');
    const document = await staging.config.export();
    expect(document.definitions.webhooks).toEqual([
      { id: 'crm', url: urlOf('/a'), types: null, description: 'Customers' },
    ]);
    for (const local of [secret, 'whsec', 'sealed', 'paused', 'delivery', 'later']) {
      expect(text(document)).not.toContain(local);
    }
    const plan = await production.config.plan({ document });
    expect(plan).toMatchObject({ creates: 1, changes: [{ kind: 'webhooks', id: 'crm', action: 'create' }] });
    expect(text(await production.config.apply({ document, base: plan.base }))).not.toContain('whsec');
    expect(text(await production.config.export())).toBe(text(document));
    const made = await production.webhooks.get('crm');
    expect(made).toMatchObject({ version: 1, delivery: { state: 'active', secretShownAt: null } });

    const [first] = await sentBy(production, target);
    expect(first?.url).toBe(urlOf('/a'));
    expect(first !== undefined && takes(secret, first)).toBe(false);
    const rotated = await production.webhooks.rotateSecret('crm', { overlapHours: 0 });
    expect(rotated.webhook).toEqual({ ...made, delivery: { ...made.delivery, secretShownAt: NOW } });
    const [second] = await sentBy(production, target);
    expect(second !== undefined && takes(rotated.secret, second)).toBe(true);
    expect(await game.snapshot()).not.toContain(rotated.secret.slice('whsec_'.length));
  });

  test('twice change nothing; a change, an archiving and a return are each a version, and keep secret and state', async () => {
    const { staging, production, target } = await freshPair();
    const { webhook } = await staging.webhooks.create({ id: 'crm', url: urlOf('/a') });
    await staging.webhooks.create({ id: 'other', url: urlOf('/o') });
    const first = await staging.config.export();
    await promote(first, production);
    const { secret } = await production.webhooks.rotateSecret('crm', { overlapHours: 0 });
    const repeat = await production.config.apply({ document: first, base: 'r0' }, { idempotencyKey: 'once-more' });
    expect(repeat).toMatchObject({ creates: 0, updates: 0, archives: 0, unchanged: 2, changes: [], ruleset: 1 });

    const types = ['user.created'] as const;
    await staging.webhooks.update('crm', { url: urlOf('/b'), types: [...types] }, { ifMatch: webhook });
    await staging.webhooks.archive('other');
    await production.webhooks.pause('crm');
    const document = await staging.config.export();
    const plan = await production.config.plan({ document });
    expect(plan.changes).toEqual([
      {
        kind: 'webhooks',
        id: 'crm',
        action: 'update',
        differences: [
          { pointer: '/types', before: null, after: types },
          { pointer: '/url', before: urlOf('/a'), after: urlOf('/b') },
        ],
      },
      { kind: 'webhooks', id: 'other', action: 'archive', differences: [] },
    ]);
    await production.config.apply({ document, base: plan.base });
    expect(await production.webhooks.get('crm')).toMatchObject({ version: 2, delivery: { state: 'paused' } });
    expect(await sentBy(production, target)).toEqual([]);
    await production.webhooks.resume('crm');
    const sent = await sentBy(production, target);
    expect(sent.map(({ url }) => url)).toEqual([urlOf('/b')]);
    expect(sent.every((parcel) => takes(secret, parcel))).toBe(true);

    await promote(first, production);
    expect(await production.webhooks.get('other')).toMatchObject({ status: 'published', version: 3 });
    expect((await sentBy(production, target)).map(({ url }) => url).toSorted()).toEqual([urlOf('/a'), urlOf('/o')]);
  });

  test('are refused where the target changed since, by a webhook too, and nothing is changed', async () => {
    const { staging, production } = await freshPair();
    await staging.webhooks.create({ id: 'crm', url: urlOf('/a') });
    const document = await staging.config.export();
    const { base } = await production.config.plan({ document });
    await production.webhooks.create({ id: 'own', url: urlOf('/own') });
    const before = await game.snapshot();
    expect(await codeOf(production.config.apply({ document, base }))).toBe('outdated');
    expect(await game.snapshot()).toBe(before);
    // What is no part of the document outdates no plan.
    const again = await production.config.plan({ document });
    await production.webhooks.rotateSecret('own', {});
    await production.webhooks.pause('own');
    expect(await production.config.apply({ document, base: again.base })).toMatchObject({ creates: 1, archives: 1 });
  });

  test('that lead inside are refused with their place, by the plan as by applying', async () => {
    const { production } = await freshPair();
    await production.webhooks.create({ id: 'crm', url: urlOf('/a') });
    const base = (await production.config.plan({ document: documentOf({}) })).base;
    const refused = (url: string) => {
      const document = documentOf({
        definitions: {
          webhooks: [
            { id: 'a', url: urlOf('/a') },
            { id: 'crm', url },
          ],
        },
      });
      return [() => production.config.plan({ document }), () => production.config.apply({ document, base })];
    };
    inside.add('metadata.example.com');
    const before = await game.snapshot();
    for (const url of ['https://127.0.0.1/', 'http://hooks.example.com/', 'https://metadata.example.com/']) {
      for (const call of refused(url)) {
        await expect(call()).rejects.toMatchObject({
          code: 'destination_not_allowed',
          errors: [{ pointer: '/document/definitions/webhooks/1/url' }],
        });
      }
    }
    expect(await game.snapshot()).toBe(before);
  });

  test('keep the URLs of their environment where that is asked for, or are left out', async () => {
    const { staging, production } = await freshPair();
    const { webhook } = await staging.webhooks.create({ id: 'crm', url: 'https://staging.example.com/' });
    await staging.activities.create({ id: 'lesson', name: { en: 'Lesson' } });
    const full = await staging.config.export();
    const edited = { ...full, definitions: { ...full.definitions, webhooks: [{ id: 'crm', url: urlOf('/live') }] } };
    await promote(edited, production);
    await staging.webhooks.update('crm', { url: webhook.url, types: ['user.created'] }, { ifMatch: webhook });
    const document = await staging.config.export();
    expect((await production.config.plan({ document, keepUrls: true })).changes).toContainEqual({
      kind: 'webhooks',
      id: 'crm',
      action: 'update',
      differences: [{ pointer: '/types', before: null, after: ['user.created'] }],
    });
    await promote(document, production, { keepUrls: true });
    expect(await production.webhooks.get('crm')).toMatchObject({ url: urlOf('/live'), types: ['user.created'] });
    expect(await promote(document, production, { keepUrls: true })).toMatchObject({ changes: [] });

    const parts = await staging.config.export({ parts: 'activities,userAttributes' });
    expect(parts).toEqual({
      format: 'laurel.config/1',
      definitions: { activities: full.definitions.activities },
      userAttributes: null,
    });
    const planned = await production.config.plan({ document, parts: ['activities'] });
    expect(planned).toMatchObject({ unchanged: 1, changes: [{ kind: 'activities', id: 'lesson' }] });
    const applied = await production.config.apply({ document, base: planned.base, parts: ['activities'] });
    expect(applied).toMatchObject({ changes: [], unchanged: 1 });
    expect(await production.webhooks.get('crm')).toMatchObject({ url: urlOf('/live') });
    expect(await codeOf(staging.config.export({ parts: 'activities,users' }))).toBe('invalid_request');
  });

  test('keep a draft that waits where they are promoted to', async () => {
    const { staging, production, target } = await freshPair();
    await staging.webhooks.create({ id: 'crm', url: urlOf('/a') });
    const { secret } = await production.webhooks.create({ id: 'crm', url: urlOf('/mine'), draft: true });
    await promote(await staging.config.export(), production);
    expect(await production.webhooks.get('crm')).toMatchObject({ version: 1, draft: true, url: urlOf('/a') });
    expect(await production.webhooks.draft('crm')).toMatchObject({ version: 2, url: urlOf('/mine') });
    const sent = await sentBy(production, target);
    expect(sent.map((parcel) => [parcel.url, takes(secret, parcel)])).toEqual([[urlOf('/a'), true]]);
  });

  test('come with more than one transaction takes as well', async () => {
    const { production } = await freshPair();
    const activities = times(120, (index) => ({ id: `a-${index}`, name: { en: 'Any' } }));
    const webhooks = times(50, (index) => ({ id: `w-${index}`, url: urlOf(`/${index}`) }));
    const userAttributes = { plan: { type: 'string' } } as const;
    const document = documentOf({ definitions: { activities, webhooks }, userAttributes });
    expect(await promote(document, production)).toMatchObject({ creates: 171, ruleset: 1 });
    expect(await promote(document, production)).toMatchObject({ creates: 0, changes: [], unchanged: 171 });
    expect((await production.workspace.get()).userAttributes).toEqual(userAttributes);
    expect(await production.webhooks.rotateSecret('w-7', {})).toMatchObject({ webhook: { id: 'w-7', version: 1 } });
    const more = documentOf({ definitions: { webhooks: [...webhooks, { id: 'w-50', url: urlOf('/50') }] } });
    expect(await codeOf(production.config.plan({ document: more }))).toBe('unprocessable');
  });
});

test('a webhook that a large document archives or changes is told by that, before anything else has read it', async () => {
  const laurel = await openTestClock(game, 'large');
  const receiver = await openReceiver();
  const dropped = await openReceiver();
  const activities = (name: string) => times(60, (index) => ({ id: `a-${index}`, name: { en: name } }));
  const document = (name: string, webhooks: { id: string; url: string }[]) =>
    documentOf({ definitions: { activities: activities(name), webhooks } });
  const old = { id: 'old', url: dropped.url };
  await promote(document('One', [old, { id: 'crm', url: dropped.url }]), laurel);
  receiver.signedWith((await laurel.webhooks.rotateSecret('crm', { overlapHours: 0 })).secret);
  const next = document('Two', [{ id: 'crm', url: receiver.url }]);
  const { base } = await laurel.config.plan({ document: next });
  await laurel.users.create({ id: 'ada' });
  await game.platform.inside.streams.settled();
  expect(await laurel.config.apply({ document: next, base })).toMatchObject({ updates: 61, archives: 1 });
  await advanceTo(laurel, NOW);
  expect([dropped.told.size, [...receiver.told.values()].map(({ type }) => type)]).toEqual([0, ['user.created']]);
  receiver.close();
  dropped.close();
});
