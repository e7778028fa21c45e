import { Laurel } from '@laurel/sdk/server';
import { afterAll, describe, expect, test } from 'vitest';
import { signIn } from '../support/sign-in.ts';
import { documentOf, openConfigWorld, urlOf } from './config-world.ts';
import { codeOf, codesOf, times } from './world.ts';

const { game, open, freshPair } = await openConfigWorld();
afterAll(() => game.close());

describe('who may', () => {
  test.each([
    ['viewer', [undefined, 'forbidden', 'forbidden', 'forbidden']],
    ['member', [1, 'none', 'forbidden', 'forbidden']],
    ['manager', [1, 'none', 'forbidden', 'forbidden']],
    ['admin', [1, 'none', 'none', 'none']],
  ] as const)('a %s see and change by a document what they may by themselves', async (role, expected) => {
    const { production, target } = await freshPair();
    await production.webhooks.create({ id: 'crm', url: urlOf('/a') });
    const place = { tenant: 'acme', workspace: target };
    const person = { email: `${role}-${target}@example.com`, password: 'correct horse battery staple' };
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
    const { production, target } = await freshPair();
    await production.webhooks.create({ id: 'crm', url: urlOf('/a') });
    const machine = await open(target, ['config:read', 'config:write']);
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
    const reader = await open(target, ['config:read', 'config:write', 'webhooks:read']);
    expect(await codeOf(reader.config.apply({ document: hooks, base }))).toBe('insufficient_scope');
    expect(await production.webhooks.get('crm')).toMatchObject({ status: 'published' });
  });
});
