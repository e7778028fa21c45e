import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { indexKeyOf, keyOf, platformScope, sortParts, tenantScope, workspaceScope } from '../../src/store/scope.ts';
import { openWorld } from '../isolation/world.ts';
import { hostileIds } from '../support/hostile.ts';
import { call } from '../support/platform.ts';
import { expectProblem } from '../support/problems.ts';

const world = await openWorld();
afterAll(() => world.close());
const { home, own } = world;
const USERS = '/dashboard/v1/users';

describe('threat 34: an id that is none', () => {
  const odd = ['a|b', 'a/b', '%23', '%00', '..', '*', '?', ' ', '', 'a'.repeat(2049)];

  test.each([...odd, ...Object.values(hostileIds)].map((id) => [JSON.stringify(id).slice(0, 40), id]))(
    '%s is no user, no event and no name of a workspace',
    async (_text, id) => {
      expectProblem(await call(home, 'POST', USERS, { body: { id } }), 'invalid_request');
      const event = { id, userId: own.userId, activity: `${own.mark}.lesson.completed` };
      expectProblem(await call(home, 'POST', '/dashboard/v1/events', { body: event }), 'invalid_request');
      const slug = { slug: id, name: 'x' };
      expectProblem(
        await call(world.root, 'POST', '/platform/v1/tenants/acme/workspaces', { body: slug }),
        'invalid_request',
      );
      expect(() => workspaceScope('acme', id)).toThrow();
      expect(() => tenantScope(id)).toThrow();
    },
  );
});

describe('threat 35: no two things have one key', () => {
  const slug = fc.stringMatching(/^[a-z0-9][a-z0-9-]{1,6}[a-z0-9]$/);
  const parts = fc.array(fc.string({ unit: fc.constantFrom('a', '#', '%', '2', '3', '5', 'W', 'T') }), {
    minLength: 1,
    maxLength: 4,
  });
  const place = fc.record({ tenant: slug, workspace: slug, partition: parts, sort: parts });

  test('whatever the parts of a key hold, other parts make another key', () => {
    fc.assert(
      fc.property(place, place, (one, two) => {
        fc.pre(JSON.stringify(one) !== JSON.stringify(two));
        const key = ({ tenant, workspace, partition, sort }: typeof one) => {
          const scope = workspaceScope(tenant, workspace);
          const { pk, sk } = keyOf(scope, partition, sort);
          const { gsi1pk, gsi1sk } = indexKeyOf(scope, partition, sort);
          expect([gsi1pk, gsi1sk]).toEqual([pk, sk]);
          return JSON.stringify([pk, sk]);
        };
        expect(key(one)).not.toBe(key(two));
      }),
      { numRuns: 5000 },
    );
  });

  test('the start of a key says whose it is, and its parts come back as they were', () => {
    fc.assert(
      fc.property(place, ({ tenant, workspace, partition, sort }) => {
        const { pk, sk } = keyOf(workspaceScope(tenant, workspace), partition, sort);
        expect(pk.startsWith(`T#${tenant}#W#${workspace}#`)).toBe(true);
        expect(sortParts(sk)).toEqual(sort);
        for (const other of [platformScope(), tenantScope(tenant)]) {
          expect(keyOf(other, partition, sort).pk).not.toBe(pk);
        }
      }),
    );
  });
});

describe('threat 36: names in every writing', () => {
  const shown = ['é', 'e\u0301', '\u202eada', 'İ', 'a\u200bb', '😀👩‍👩‍👧', 'ﬃ', '\u0430cme'];

  test.each(shown.map((name) => [encodeURIComponent(name), name]))(
    '%s is a name to show, as it was sent',
    async (_text, name) => {
      const { status, body } = await call(home, 'POST', USERS, { body: { displayName: name } });
      expect(status).toBe(201);
      const read = await call(home, 'GET', `${USERS}/${body.id}`);
      expect([name, name.normalize('NFC')]).toContain(read.body.displayName);
      expectProblem(await call(home, 'POST', USERS, { body: { id: name } }), 'invalid_request');
    },
  );

  test.each(['\\ud800', '\\udc00\\ud800', 'a\\udfff'])('half a letter, %s, is none', async (half) => {
    const answer = await call(home, 'POST', USERS, { body: `{"displayName":"${half}"}` });
    expectProblem(answer, 'malformed_json');
  });
});

describe('threat 37: names that every object has', () => {
  const names = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', 'then'];

  test.each(names)('%s is an attribute like any other, or is refused', async (name) => {
    const attributes = `{"${name}":"x"}`;
    const user = await call(home, 'POST', USERS, { body: `{"attributes":${attributes}}` });
    expect([201, 400]).toContain(user.status);
    if (user.status === 201) {
      const kept: unknown = (await call(home, 'GET', `${USERS}/${user.body.id}`)).body.attributes;
      // `__proto__` is passed over: there is nothing that it could be the name of.
      expect(['{}', attributes]).toContain(JSON.stringify(kept));
      if (name !== '__proto__') expect(JSON.stringify(kept)).toBe(attributes);
    }
    const event = `{"userId":"${own.userId}","activity":"${own.mark}.lesson.completed","attributes":${attributes}}`;
    expect((await call(home, 'POST', '/dashboard/v1/events', { body: event })).status).toBeLessThan(500);
    const merged = `{"attributes":{"${name}":{"polluted":true}}}`;
    const nested = await call(home, 'POST', USERS, { body: merged });
    if (name === '__proto__' && nested.status === 201) expect(nested.body.attributes).toEqual({});
    else expect(nested.status).toBe(400);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    expect(Reflect.get(Object, 'polluted')).toBeUndefined();
  });

  test.each(names)('%s is no id of a definition that anything finds without its having been made', async (name) => {
    for (const path of [`/dashboard/v1/missions/${name}`, `${USERS}/${name}`, `/dashboard/v1/badges/${name}`]) {
      expectProblem(await call(home, 'GET', path), 'not_found');
    }
    const event = { userId: own.userId, activity: name };
    expectProblem(await call(home, 'POST', '/dashboard/v1/events', { body: event }), 'unknown_reference');
    const facts = { expression: `user.attributes.${name} == "x"`, about: 'user' };
    expect((await call(home, 'POST', '/dashboard/v1/expressions/check', { body: facts })).status).toBe(200);
  });
});

describe('threat 46: what a filter says is a text, and no part of a query', () => {
  const texts = ['#pk', ':pk', 'size(x)', 'attribute_exists(pk)', 'a) OR (pk > :v', '" OR "1"="1', '$ne', '*'];

  test.each(texts)('%s', async (text) => {
    const all = (await call(home, 'GET', '/dashboard/v1/users?limit=200')).body.items;
    expect(Object(all).length).toBeGreaterThan(2);
    for (const query of [`tag=${encodeURIComponent(text)}`, `attribute=${encodeURIComponent(`plan:${text}`)}`]) {
      const { status, body } = await call(home, 'GET', `/dashboard/v1/users?${query}`);
      expect([200, 400]).toContain(status);
      if (status === 200) expect(body.items).toEqual([]);
    }
    const sorted = await call(home, 'GET', `/dashboard/v1/users?sort=${encodeURIComponent(text)}`);
    expectProblem(sorted, 'invalid_request');
    // `:pk` could be somebody's id, and is nobody's.
    const events = await call(home, 'GET', `/dashboard/v1/events?userId=${encodeURIComponent(text)}`);
    if (events.status === 200) expect(events.body.items).toEqual([]);
    else expectProblem(events, 'invalid_request');
  });
});
