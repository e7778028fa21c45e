import { Laurel } from '@laurel/sdk/server';
import { Webhook as Receiver } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deliverDue } from '../../src/webhooks/deliver.ts';
import type { Parcel } from '../../src/webhooks/send.ts';
import { webhookWorker } from '../../src/webhooks/worker.ts';
import { signIn } from '../support/sign-in.ts';
import { scopeAt } from '../webhooks/world.ts';
import { defineWorld } from './definitions.ts';
import { openReceiver } from './receiver.ts';
import { advanceTo, openTestClock } from './test-clock.ts';
import { clockAt, codeOf, codesOf, type Game, laurelOf, openGame, times } from './world.ts';

type Document = Awaited<ReturnType<Laurel['config']['export']>>;
type Attributes = NonNullable<Document['userAttributes']>;

const NOW = '2026-11-24T09:00:00.000Z';
/** What hosts have an address in private networks, from a moment of a test on. */
const inside = new Set<string>();
let game: Game;
let cases = 0;
let staging: Laurel;
let production: Laurel;

beforeAll(async () => {
  const resolve = async (host: string) => [inside.has(host) ? '169.254.169.254' : '93.184.215.14'];
  game = await openGame({ clock: clockAt(NOW), destinations: { resolve, allowLoopback: true } });
});
afterAll(() => game.close());

const open = async (workspace: string, scopes?: readonly string[]) =>
  laurelOf(await game.platform.createWorkspaceClient({ tenant: 'acme', workspace }, scopes));

/** Two workspaces of one tenant, both empty. */
async function freshPair(): Promise<void> {
  cases += 1;
  [staging, production] = [await open(`staging-${cases}`), await open(`production-${cases}`)];
}

const text = (value: unknown) => JSON.stringify(value);
const documentOf = (parts: Partial<Document>): Document => ({ format: 'laurel.config/1', definitions: {}, ...parts });
const urlOf = (path: string) => `https://hooks.example.com${path}`;

async function promote(document: Document, to: Laurel, how: { keepUrls?: boolean } = {}) {
  const { base } = await to.config.plan({ document, ...how });
  return to.config.apply({ document, base, ...how });
}

const declare = async (laurel: Laurel, userAttributes: Attributes | null) =>
  laurel.workspace.update({ userAttributes }, { ifMatch: await laurel.workspace.get() });

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
    await freshPair();
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

    const [first] = await sentBy(production, `production-${cases}`);
    expect(first?.url).toBe(urlOf('/a'));
    expect(first !== undefined && takes(secret, first)).toBe(false);
    const rotated = await production.webhooks.rotateSecret('crm', { overlapHours: 0 });
    expect(rotated.webhook).toEqual({ ...made, delivery: { ...made.delivery, secretShownAt: NOW } });
    const [second] = await sentBy(production, `production-${cases}`);
    expect(second !== undefined && takes(rotated.secret, second)).toBe(true);
    expect(await game.snapshot()).not.toContain(rotated.secret.slice('whsec_'.length));
  });

  test('twice change nothing; a change, an archiving and a return are each a version, and keep secret and state', async () => {
    await freshPair();
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
    expect(await sentBy(production, `production-${cases}`)).toEqual([]);
    await production.webhooks.resume('crm');
    const sent = await sentBy(production, `production-${cases}`);
    expect(sent.map(({ url }) => url)).toEqual([urlOf('/b')]);
    expect(sent.every((parcel) => takes(secret, parcel))).toBe(true);

    await promote(first, production);
    expect(await production.webhooks.get('other')).toMatchObject({ status: 'published', version: 3 });
    expect((await sentBy(production, `production-${cases}`)).map(({ url }) => url).toSorted()).toEqual([
      urlOf('/a'),
      urlOf('/o'),
    ]);
  });

  test('are refused where the target changed since, by a webhook too, and nothing is changed', async () => {
    await freshPair();
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
    await freshPair();
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
    await freshPair();
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
    await freshPair();
    await staging.webhooks.create({ id: 'crm', url: urlOf('/a') });
    const { secret } = await production.webhooks.create({ id: 'crm', url: urlOf('/mine'), draft: true });
    await promote(await staging.config.export(), production);
    expect(await production.webhooks.get('crm')).toMatchObject({ version: 1, draft: true, url: urlOf('/a') });
    expect(await production.webhooks.draft('crm')).toMatchObject({ version: 2, url: urlOf('/mine') });
    const sent = await sentBy(production, `production-${cases}`);
    expect(sent.map((parcel) => [parcel.url, takes(secret, parcel)])).toEqual([[urlOf('/a'), true]]);
  });

  test('come with more than one transaction takes as well', async () => {
    await freshPair();
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

describe('what is declared of users', () => {
  const declared: Attributes = {
    plan: { type: 'string', playersMay: 'read' },
    level: { type: 'integer', required: true },
  };
  const segment = { id: 'pros', name: { en: 'Pros' }, condition: 'user.attributes.plan == "pro"' };

  test('is promoted with what refers to it, in one call, twice for nothing', async () => {
    await freshPair();
    await declare(staging, declared);
    await defineWorld(staging);
    await staging.segments.create(segment);
    const document = await staging.config.export();
    expect(document.userAttributes).toEqual(declared);
    const plan = await production.config.plan({ document });
    expect(plan.changes.at(-1)).toEqual({
      kind: 'userAttributes',
      id: 'userAttributes',
      action: 'create',
      differences: [],
    });
    const result = await production.config.apply({ document, base: plan.base });
    expect(result).toMatchObject({ creates: plan.creates, ruleset: 1 });
    expect(await production.workspace.get()).toMatchObject({ userAttributes: declared, version: 2 });
    expect(text(await production.config.export())).toBe(text(document));
    const again = await production.config.apply({ document, base: plan.base }, { idempotencyKey: 'again' });
    expect(again).toMatchObject({ changes: [], unchanged: plan.creates, base: result.base });
    expect(await production.workspace.get()).toMatchObject({ version: 2 });
    // It holds for users from now on.
    expect(await codeOf(production.users.create({ attributes: { plan: 'pro' } }))).toBe('unprocessable');
    await production.users.create({ id: 'ada', attributes: { plan: 'pro', level: 1 } });
    expect((await production.segments.members('pros')).items.map(({ id }) => id)).toEqual(['ada']);
  });

  test('is compared field by field; left out it is left alone, and null lets users have any again', async () => {
    await freshPair();
    await declare(production, { ...declared, old: { type: 'boolean' } });
    const next: Attributes = { ...declared, plan: { type: 'string', playersMay: 'write' }, age: { type: 'integer' } };
    const { changes, updates } = await production.config.plan({ document: documentOf({ userAttributes: next }) });
    expect([updates, changes]).toEqual([
      1,
      [
        {
          kind: 'userAttributes',
          id: 'userAttributes',
          action: 'update',
          differences: [
            { pointer: '/age', after: { type: 'integer' } },
            { pointer: '/old', before: { type: 'boolean' } },
            { pointer: '/plan/playersMay', before: 'read', after: 'write' },
          ],
        },
      ],
    ]);
    await promote(documentOf({ userAttributes: next }), production);
    expect((await production.workspace.get()).userAttributes).toEqual(next);
    expect(await promote(documentOf({}), production)).toMatchObject({ changes: [] });
    expect(await promote(documentOf({ userAttributes: null }), production)).toMatchObject({ archives: 1 });
    expect((await production.workspace.get()).userAttributes).toBeNull();
  });

  test('that something at work needs cannot go; with what needs it, it can', async () => {
    await freshPair();
    await declare(production, declared);
    await production.segments.create(segment);
    const { level } = declared;
    const without = documentOf(level === undefined ? {} : { userAttributes: { level } });
    const { base } = await production.config.plan({ document: documentOf({}) });
    const before = await game.snapshot();
    for (const call of [
      () => production.config.plan({ document: without }),
      () => production.config.apply({ document: without, base }),
    ]) {
      await expect(call()).rejects.toMatchObject({
        code: 'invalid_expression',
        errors: [{ pointer: '/document/userAttributes', message: expect.stringContaining('segment pros') }],
      });
    }
    const retyped = documentOf({ userAttributes: { ...declared, level: { type: 'string' } } });
    await expect(production.config.plan({ document: retyped })).rejects.toMatchObject({
      code: 'unprocessable',
      errors: [{ pointer: '/document/userAttributes/level/type', code: 'type_changed' }],
    });
    expect(await game.snapshot()).toBe(before);
    const both = { ...without, definitions: { segments: [] } };
    expect(await promote(both, production)).toMatchObject({ archives: 1, updates: 1 });
  });

  test('outdates a plan where it changed since', async () => {
    await freshPair();
    const document = documentOf({ userAttributes: declared });
    const { base } = await production.config.plan({ document });
    await declare(production, { other: { type: 'string' } });
    expect(await codeOf(production.config.apply({ document, base }))).toBe('outdated');
    expect((await production.workspace.get()).userAttributes).toEqual({ other: { type: 'string' } });
  });

  test('of several at once happens once', async () => {
    await freshPair();
    const document = documentOf({
      userAttributes: declared,
      definitions: { webhooks: [{ id: 'crm', url: urlOf('/a') }] },
    });
    const { base } = await production.config.plan({ document });
    const results = await Promise.all(times(8, () => production.config.apply({ document, base })));
    expect(results.map(({ creates }) => creates).toSorted()).toEqual([0, 0, 0, 0, 0, 0, 0, 2]);
    expect((await production.workspace.get()).version).toBe(2);
  });
});

describe('who may', () => {
  test.each([
    ['viewer', [undefined, 'forbidden', 'forbidden', 'forbidden']],
    ['member', [1, 'none', 'forbidden', 'forbidden']],
    ['manager', [1, 'none', 'forbidden', 'forbidden']],
    ['admin', [1, 'none', 'none', 'none']],
  ] as const)('a %s see and change by a document what they may by themselves', async (role, expected) => {
    await freshPair();
    await production.webhooks.create({ id: 'crm', url: urlOf('/a') });
    const place = { tenant: 'acme', workspace: `production-${cases}` };
    const person = { email: `${role}-${cases}@example.com`, password: 'correct horse battery staple' };
    await game.platform.createOperator(place, { ...person, role });
    const token = await signIn(game.platform.baseUrl, person);
    const operator = new Laurel({ baseUrl: `${game.platform.baseUrl}/acme`, auth: { token } });
    const hooks = documentOf({ definitions: { webhooks: [{ id: 'crm', url: urlOf('/b') }] } });
    const attributes = documentOf({ userAttributes: { plan: { type: 'string' } } });
    const { base } = await production.config.plan({ document: documentOf({}) });
    expect([
      (await operator.config.export()).definitions.webhooks?.length,
      await codeOf(operator.config.plan({ document: hooks })),
      await codeOf(operator.config.apply({ document: hooks, base })),
      await codeOf(
        production.config
          .plan({ document: attributes })
          .then((plan) => operator.config.apply({ document: attributes, base: plan.base })),
      ),
    ]).toEqual(expected);
  });

  test('a machine needs the scopes of both', async () => {
    await freshPair();
    await production.webhooks.create({ id: 'crm', url: urlOf('/a') });
    const machine = await open(`production-${cases}`, ['config:read', 'config:write']);
    const exported = await machine.config.export();
    expect(exported.definitions).not.toHaveProperty('webhooks');
    const { base } = await machine.config.plan({ document: exported });
    expect(await machine.config.apply({ document: exported, base })).toMatchObject({ changes: [] });
    const hooks = documentOf({ definitions: { webhooks: [] } });
    const attributes = documentOf({ userAttributes: {} });
    expect(
      await codesOf([
        machine.config.export({ parts: 'webhooks' }),
        machine.config.plan({ document: hooks }),
        machine.config.apply({ document: hooks, base }),
        machine.config.apply({ document: attributes, base }),
      ]),
    ).toEqual(times(4, () => 'insufficient_scope'));
    const reader = await open(`production-${cases}`, ['config:read', 'config:write', 'webhooks:read']);
    expect(await codeOf(reader.config.apply({ document: hooks, base }))).toBe('insufficient_scope');
    expect(await production.webhooks.get('crm')).toMatchObject({ status: 'published' });
  });
});
