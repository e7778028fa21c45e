import type { Laurel } from '@laurel/sdk/server';
import { afterAll, describe, expect, test } from 'vitest';
import { type Attributes, documentOf, openConfigWorld, promote, urlOf } from './config-world.ts';
import { defineWorld } from './definitions.ts';
import { codeOf, times } from './world.ts';

const { game, freshPair } = await openConfigWorld();
afterAll(() => game.close());

const text = (value: unknown) => JSON.stringify(value);

const declare = async (laurel: Laurel, userAttributes: Attributes | null) =>
  laurel.workspace.update({ userAttributes }, { ifMatch: await laurel.workspace.get() });

describe('what is declared of users', () => {
  const declared: Attributes = {
    plan: { type: 'string', playersMay: 'read' },
    level: { type: 'integer', required: true },
  };
  const segment = { id: 'pros', name: { en: 'Pros' }, condition: 'user.attributes.plan == "pro"' };

  test('is promoted with what refers to it, in one call, twice for nothing', async () => {
    const { staging, production } = await freshPair();
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
    const { production } = await freshPair();
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
    const { production } = await freshPair();
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
    const { production } = await freshPair();
    const document = documentOf({ userAttributes: declared });
    const { base } = await production.config.plan({ document });
    await declare(production, { other: { type: 'string' } });
    expect(await codeOf(production.config.apply({ document, base }))).toBe('outdated');
    expect((await production.workspace.get()).userAttributes).toEqual({ other: { type: 'string' } });
  });

  test('of several at once happens once', async () => {
    const { production } = await freshPair();
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
