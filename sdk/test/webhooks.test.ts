import { type Happening, signForTest, verify, type WebhookErrorCode } from '@laurel/sdk/webhooks';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { expect, expectTypeOf, test } from 'vitest';

const now = Date.UTC(2026, 10, 27, 12);
const secretOf = (fill: number) => `whsec_${Buffer.alloc(32, fill).toString('base64')}`;
const secret = secretOf(7);
const happening: Happening = {
  id: 'hap_1',
  type: 'mission.completed',
  occurredAt: '2026-11-27T12:00:00.000Z',
  workspace: 'main',
  userId: 'ada',
  data: { mission: 'weekly-five', period: '2026-W48', progressId: 'weekly-five:2026-W48' },
};

const codeOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'believed',
    (error: { name: string; code?: WebhookErrorCode }) => error.code ?? error.name,
  );

test('what the reference library signs is believed, and the other way round', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme' }), fc.nat(255), async (text, fill) => {
      const theirs = new Webhook(secretOf(fill));
      const payload = JSON.stringify({ ...happening, text });
      const at = new Date(Math.floor(Date.now() / 1000) * 1000);
      const headers = {
        'webhook-id': 'msg_1',
        'webhook-timestamp': String(at.getTime() / 1000),
        'webhook-signature': theirs.sign('msg_1', at, payload),
      };
      expect(await verify(payload, headers, secretOf(fill))).toEqual(JSON.parse(payload));
      const own = await signForTest(happening, secretOf(fill));
      expect(theirs.verify(own.payload, own.headers)).toEqual(happening);
    }),
  );
});

test('a happening is narrowed by its type', async () => {
  const { payload, headers } = await signForTest(happening, secret);
  const told = await verify(payload, new Headers(headers), secret);
  if (told.type !== 'mission.completed') throw new Error('It is another.');
  expectTypeOf(told.data.mission).toEqualTypeOf<string>();
  expect(told).toEqual(happening);
});

test('the body may be bytes, the headers those of Node, and the secret one of two', async () => {
  const { payload, headers } = await signForTest(happening, secret, { now });
  const both = {
    ...headers,
    'webhook-signature': `v1a,xx v1,notbase64! v1,${btoa('x')} ${headers['webhook-signature']}`,
  };
  const bytes = new TextEncoder().encode(payload);
  expect(await verify(bytes, { ...both, host: 'x', cookie: ['a', 'b'] }, [secretOf(1), secret], { now })).toEqual(
    happening,
  );
});

test('the clock may differ by five minutes, or as you say', async () => {
  const { payload, headers } = await signForTest(happening, secret, { now });
  const at = (seconds: number, toleranceSeconds?: number) =>
    codeOf(verify(payload, headers, secret, { now: now + seconds * 1000, toleranceSeconds }));
  expect(await Promise.all([at(300), at(-300), at(301), at(-301)])).toEqual([
    'believed',
    'believed',
    'outside_tolerance',
    'outside_tolerance',
  ]);
  expect(await Promise.all([at(10, 10), at(11, 10)])).toEqual(['believed', 'outside_tolerance']);
});

test('whatever is changed is not believed', async () => {
  const { payload, headers } = await signForTest(happening, secret, { now });
  const told = (change: object, body: string | Uint8Array = payload, key: string | string[] = secret) =>
    codeOf(verify(body, { ...headers, ...change }, key, { now }));
  expect(await told({}, `${payload} `)).toBe('wrong_signature');
  expect(await told({ 'webhook-id': 'hap_2' })).toBe('wrong_signature');
  expect(await told({ 'webhook-timestamp': String(now / 1000 + 1) })).toBe('wrong_signature');
  expect(await told({}, payload, secretOf(8))).toBe('wrong_signature');
  expect(await told({}, payload, [])).toBe('wrong_signature');
  expect(await told({ 'webhook-signature': headers['webhook-signature'].replace('v1,', 'v2,') })).toBe(
    'wrong_signature',
  );
  const late = `${'v1,AAAA '.repeat(8)}${headers['webhook-signature']}`;
  expect(await told({ 'webhook-signature': late })).toBe('wrong_signature');
  for (const name of Object.keys(headers)) {
    expect(await told({ [name]: undefined })).toBe('missing_header');
    expect(await told({ [name]: '' })).toBe('missing_header');
  }
  for (const timestamp of ['soon', '1e9', '-5', 'Infinity', ' ']) {
    expect(await told({ 'webhook-timestamp': timestamp })).toBe('outside_tolerance');
  }
});

test('what is signed and no JSON is told apart; a secret that is none is the caller’s mistake', async () => {
  const theirs = new Webhook(secret);
  const headers = {
    'webhook-id': 'a',
    'webhook-timestamp': String(now / 1000),
    'webhook-signature': theirs.sign('a', new Date(now), '{'),
  };
  expect(await codeOf(verify('{', headers, secret, { now }))).toBe('not_json');
  for (const wrong of ['', 'whsec_', 'whsec_!!', secret.slice(6)]) {
    const failed = verify('{', headers, wrong, { now });
    expect(await codeOf(failed)).toBe('UsageError');
    if (wrong.length > 6) await expect(failed).rejects.not.toMatchObject({ message: expect.stringContaining(wrong) });
  }
});
