import { gzipSync } from 'node:zlib';
import type { PlacedRoute, ProblemCode } from '@laurel/contract';
import { afterAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { bodyOf, queryOf } from '../../../contract/generate/declared-route.ts';
import { MAX_BODY_BYTES, MAX_JSON_DEPTH } from '../../src/api/gateway-event.ts';
import { allRoutes, fillPath, furnish, nameIn } from '../support/examples.ts';
import {
  hostileIds,
  hostileNumbers,
  managedFields,
  otherTypes,
  placesIn,
  pointerOf,
  withText,
} from '../support/hostile.ts';
import { ACME, type Access, call, type Parcel, startTestPlatform } from '../support/platform.ts';
import { expectProblem, pointersOf } from '../support/problems.ts';

const laurel = await startTestPlatform();
afterAll(() => laurel.close());
const home = await laurel.machine(ACME);
const root = await laurel.platformMachine();
const furnished = await furnish(home, ACME);
const accessTo = ({ context }: PlacedRoute): Access => (context === 'platform' ? root : home);

/** The table as it was after the test before, none of which changes anything. */
let table = await laurel.snapshot();

/** Runs what must change nothing, and asserts that the table is the same to the last byte. */
async function unchanged(run: () => Promise<void>): Promise<void> {
  const before = table;
  await run();
  table = await laurel.snapshot();
  expect(table).toBe(before);
}

/** Calls a route as its example does, but for what is bad, and asserts the refusal. */
async function refused(placed: PlacedRoute, bad: Parcel & { path?: string }, code: ProblemCode) {
  const example = furnished.exampleOf(placed);
  const answer = await call(accessTo(placed), example.method, bad.path ?? example.path, {
    ...(bad.body === undefined ? {} : { body: bad.body }),
    headers: { ...example.headers, ...bad.headers },
  });
  return expectProblem(answer, code);
}

/** Whether a pointer names a place, what it is in, or what is in it. */
const isNear = (pointer: string, wanted: string) =>
  pointer === wanted || wanted.startsWith(`${pointer}/`) || pointer.startsWith(`${wanted}/`);

const writers = allRoutes.filter(([, { route }]) => route.method !== 'GET');
const withBody = writers.filter(([, placed]) => bodyOf(placed) !== undefined);
const exampleBody = (placed: PlacedRoute) => furnished.exampleOf(placed).body ?? {};

describe.each(writers)('%s refuses a body that', (_name, placed) => {
  const nested = (depth: number) => `${'{"a":'.repeat(depth)}0${'}'.repeat(depth)}`;
  const cases: readonly (readonly [string, Parcel, ProblemCode])[] = [
    ['is cut off', { body: '{"id":"a"' }, 'malformed_json'],
    ['is no JSON', { body: "{id:'a'}" }, 'malformed_json'],
    ['is two values', { body: '{}{}' }, 'malformed_json'],
    ['is no UTF-8', { body: Buffer.from([0x7b, 0xff, 0x7d]) }, 'malformed_json'],
    ['holds half a surrogate pair', { body: '{"id":"\\ud800"}' }, 'malformed_json'],
    ['is too deep', { body: nested(MAX_JSON_DEPTH + 1) }, 'malformed_json'],
    ['is a byte too long', { body: `"${'x'.repeat(MAX_BODY_BYTES - 1)}"` }, 'body_too_large'],
    ['has a megabyte', { body: Buffer.alloc(1_000_000, 0x20) }, 'body_too_large'],
    [
      'is of another type',
      { body: 'id=a', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      'unsupported_media_type',
    ],
    ['is of no type', { body: '{}', headers: { 'content-type': '' } }, 'unsupported_media_type'],
    [
      'is in another charset',
      { body: '{}', headers: { 'content-type': 'application/json;charset=utf-16' } },
      'unsupported_media_type',
    ],
    ['is compressed', { body: gzipSync('{}'), headers: { 'content-encoding': 'gzip' } }, 'unsupported_media_type'],
  ];
  test('is not one JSON value in UTF-8, of the right size and type', () =>
    unchanged(async () => {
      for (const [what, parcel, code] of cases) {
        await refused(placed, parcel, code).catch((error: unknown) => expect.fail(`${what}: ${error}`));
      }
    }));
});

describe.each(withBody)('%s refuses', (_name, placed) => {
  const body = exampleBody(placed);
  const at = (steps: readonly (string | number)[], text: string) => withText(body, steps, text);

  /** Whether a place may be null as well as what its example has there. */
  const mayBeNull = (steps: readonly (string | number)[]) =>
    bodyOf(placed)?.safeParse(JSON.parse(at(steps, 'null'))).success === true;

  /** Sends bodies, each with one place that is wrong, and asserts that each is pointed at. */
  const refusedAt = (bad: readonly { steps: readonly (string | number)[]; text: string }[]) =>
    unchanged(async () => {
      for (const { steps, text } of bad.filter((one) => one.text !== 'null' || !mayBeNull(one.steps))) {
        const problem = await refused(placed, { body: at(steps, text) }, 'invalid_request');
        const wanted = pointerOf({ steps });
        expect(
          pointersOf(problem).filter((pointer) => isNear(pointer, wanted)),
          `${wanted}: ${text.slice(0, 80)}`,
        ).not.toEqual([]);
      }
    });

  test('another type of anything', () =>
    refusedAt(placesIn(body).flatMap(({ steps, value }) => otherTypes(value).map((text) => ({ steps, text })))));

  test('no body, and null', () =>
    unchanged(async () => {
      for (const text of ['', 'null']) {
        expect(pointersOf(await refused(placed, { body: text }, 'invalid_request'))).toEqual(['']);
      }
    }));

  test('a field that is not declared, at any depth', () =>
    refusedAt(
      placesIn(body)
        .filter(({ value }) => typeof value === 'object' && !Array.isArray(value))
        .map(({ steps }) => ({ steps: [...steps, 'unexpected'], text: '1' })),
    ));

  test('threat 28: a field that is the platform’s to set', () =>
    unchanged(async () => {
      const schema = bodyOf(placed);
      const declared = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
      for (const field of managedFields.filter((one) => !declared.includes(one))) {
        const problem = await refused(placed, { body: at([field], '"acme"') }, 'invalid_request');
        expect(problem.errors).toEqual([expect.objectContaining({ pointer: '', code: 'unrecognized_keys' })]);
      }
    }));

  test('an id that is none', () => {
    const names = /^(?:id|externalId|userId|externalUserId|activity|currency|mission|slug)$/;
    const ids = placesIn(body).filter(({ steps }) => names.test(String(steps.at(-1))));
    const texts = Object.values(hostileIds).map((id) => JSON.stringify(id));
    return refusedAt(ids.flatMap(({ steps }) => texts.map((text) => ({ steps, text }))));
  });

  test('an amount that is none', () => {
    const numbers = placesIn(body).filter(({ value }) => typeof value === 'number');
    return refusedAt(numbers.flatMap(({ steps }) => hostileNumbers.map((text) => ({ steps, text }))));
  });
});

describe.each(allRoutes.filter(([, { route }]) => route.path.includes(':')))(
  '%s refuses in its path',
  (_name, placed) => {
    const [names] = [[...placed.route.path.matchAll(/:([A-Za-z]+)/g)].map(([, name = '']) => name)];
    const good = furnished.exampleOf(placed);

    test.each(names)('a %s that is no id', (name) =>
      unchanged(async () => {
        for (const [what, id] of Object.entries(hostileIds)) {
          const path = fillPath(placed.route.path, {
            tenant: 'acme',
            workspace: 'main',
            id: 'x',
            currency: 'x',
            externalId: 'x',
            version: '1',
            [name]: id,
          });
          const query = good.path.split('?')[1] ?? '';
          const parcel = { path: `${path}?${query}`, ...(good.body === undefined ? {} : { body: good.body }) };
          if (['', '.', '..'].includes(id)) {
            await refused(placed, parcel, 'not_found');
            continue;
          }
          const problem = await refused(placed, parcel, 'invalid_request');
          expect(pointersOf(problem), what).toEqual([`/params/${name}`]);
        }
      }),
    );
  },
);

describe.each(allRoutes.filter(([, { context }]) => context === 'app'))(
  '%s refuses in its headers',
  (_name, placed) => {
    const { body } = furnished.exampleOf(placed);
    const parcel = (headers: Record<string, string>) => ({ headers, ...(body === undefined ? {} : { body }) });
    const sendable = Object.entries(hostileIds).filter(([, id]) => !/[\0\n\u0100-\uffff]/.test(id));

    test.each(['x-user-id', 'x-external-user-id'])('an %s that is no id', (name) =>
      unchanged(async () => {
        for (const [what, id] of sendable) {
          // HTTP itself strips what stands around a value.
          if (id !== id.trim()) continue;
          const example = furnished.exampleOf(placed);
          const { 'x-user-id': _own, ...headers } = example.headers;
          const answer = await call(home, example.method, example.path, { ...parcel({ ...headers, [name]: id }) });
          expect(pointersOf(expectProblem(answer, 'invalid_request')), what).toEqual([`/headers/${name}`]);
        }
      }),
    );

    test('both of them at once, or neither', () =>
      unchanged(async () => {
        const both = await refused(placed, parcel({ 'x-external-user-id': furnished.externalId }), 'invalid_request');
        expect(pointersOf(both)).toEqual(['/headers/x-user-id']);
        const {
          method,
          path,
          headers: { 'x-user-id': _own, ...headers },
        } = furnished.exampleOf(placed);
        const neither = await call(home, method, path, parcel(headers));
        expect(pointersOf(expectProblem(neither, 'invalid_request'))).toEqual(['/headers/x-user-id']);
      }));
  },
);

describe('threat 45: the time of an event', () => {
  const hour = new Date(Date.now() + 3_600_000).toISOString();
  const outOfRange = [
    hour,
    '0000-01-01T00:00:00Z',
    '0000-01-01T00:00:00+23:59',
    '1899-12-31T23:59:59.999Z',
    '1900-01-01T00:00:00+00:01',
    '9999-12-31T23:59:59Z',
    '9999-12-31T23:59:59-23:59',
  ];
  const noTime = [
    'yesterday',
    '2026-11-24',
    '2026-13-01T00:00:00Z',
    '2026-02-30T00:00:00Z',
    '2026-11-24T24:00:00Z',
    '2016-12-31T23:59:60Z',
    '+012026-11-24T00:00:00Z',
    '2026-11-24T00:00:00',
    '',
    'a'.repeat(10_000),
  ];
  const trackers = writers.filter(([name]) => /\.events\.track(Batch)?$/.test(name));
  const stepsTo = (placed: PlacedRoute, field: string) =>
    placed.meta?.batch === undefined ? [field] : ['events', 0, field];
  // An event that is new: the example's own is known already, and would be answered as it was.
  const fresh = (placed: PlacedRoute) => JSON.parse(withText(exampleBody(placed), stepsTo(placed, 'id'), '"new"'));

  test.each(trackers)('%s must be in range', (_name, placed) =>
    unchanged(async () => {
      for (const time of outOfRange) {
        const body = withText(fresh(placed), stepsTo(placed, 'occurredAt'), JSON.stringify(time));
        if (placed.meta?.batch === undefined) {
          expect(pointersOf(await refused(placed, { body }, 'time_out_of_range'))).toEqual(['/occurredAt']);
          continue;
        }
        const { method, path, headers } = furnished.exampleOf(placed);
        const answer = await call(home, method, path, { body, headers });
        expect(answer.body).toMatchObject({
          accepted: 0,
          rejected: 1,
          items: [{ status: 'rejected', problem: { code: 'time_out_of_range', errors: [{ pointer: '/occurredAt' }] } }],
        });
      }
    }),
  );

  test.each(trackers)('%s must be one', (_name, placed) =>
    unchanged(async () => {
      for (const time of noTime) {
        const steps = stepsTo(placed, 'occurredAt');
        const problem = await refused(
          placed,
          { body: withText(fresh(placed), steps, JSON.stringify(time)) },
          'invalid_request',
        );
        expect(pointersOf(problem)).toEqual(expect.arrayContaining([pointerOf({ steps })]));
      }
    }),
  );

  test.each(trackers)('%s: so must the value be a whole number from 0 to 1,000,000,000', (_name, placed) =>
    unchanged(async () => {
      const steps = stepsTo(placed, 'value');
      for (const text of [...hostileNumbers, '1000000001']) {
        const problem = await refused(placed, { body: withText(fresh(placed), steps, text) }, 'invalid_request');
        expect(pointersOf(problem)).toEqual(expect.arrayContaining([pointerOf({ steps })]));
      }
    }),
  );

  test.each(trackers)('%s: and attributes plain facts', (_name, placed) =>
    unchanged(async () => {
      const steps = stepsTo(placed, 'attributes');
      const many = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`a${index}`, index]));
      for (const text of [
        '{"a#b":1}',
        '{"":1}',
        '{"a":{}}',
        '{"a":[1]}',
        '{"a":null}',
        '{"a":1e400}',
        `{"a":"${'x'.repeat(1001)}"}`,
        JSON.stringify(many),
      ]) {
        const problem = await refused(placed, { body: withText(fresh(placed), steps, text) }, 'invalid_request');
        expect(pointersOf(problem).some((pointer) => isNear(pointer, pointerOf({ steps })))).toBe(true);
      }
    }),
  );
});

describe('a player who is not there', () => {
  const activity = nameIn(furnished.mark, 'lesson.completed');

  test('is pointed at where they were named: in a header', () =>
    unchanged(async () => {
      const parcel = { body: { activity }, headers: { 'x-user-id': 'missing' } };
      const problem = expectProblem(await call(home, 'POST', '/app/v1/events', parcel), 'unknown_reference');
      expect(pointersOf(problem)).toEqual(['/headers/x-user-id']);
    }));

  test('or in the body', () =>
    unchanged(async () => {
      const body = { userId: 'missing', activity };
      const problem = expectProblem(await call(home, 'POST', '/dashboard/v1/events', { body }), 'unknown_reference');
      expect(pointersOf(problem)).toEqual(['/userId']);
    }));
});

describe('a body of ten megabytes', () => {
  test('is a 413 that the caller sees, though they are still sending', () =>
    unchanged(async () => {
      const answer = await call(home, 'POST', '/dashboard/v1/users', { body: Buffer.alloc(10_000_000, 0x20) });
      expectProblem(answer, 'body_too_large');
    }));
});

describe.each(allRoutes.filter(([, placed]) => queryOf(placed) !== undefined))(
  '%s refuses in its query',
  (_name, placed) => {
    const { path, body } = furnished.exampleOf(placed);

    test('a parameter that it does not know', async () => {
      for (const name of ['unexpected', 'tenant', '__proto__', 'limit[]']) {
        const problem = await refused(
          placed,
          {
            ...(body === undefined ? {} : { body }),
            path: `${path}${path.includes('?') ? '&' : '?'}${encodeURIComponent(name)}=1`,
          },
          'invalid_request',
        );
        expect(pointersOf(problem)).toEqual(['/query']);
      }
    });
  },
);
