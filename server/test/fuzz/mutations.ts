import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { hostileIds, hostileNumbers, managedFields } from '../support/hostile.ts';

const json = (value: unknown) => JSON.stringify(value);
const nested = (depth: number, open: string, close: string) => `${open.repeat(depth)}0${close.repeat(depth)}`;

/** Texts that try something, as JSON strings. The key among them is of a tenant that is not there: it may come back. */
const texts: readonly string[] = [
  ...Object.values(hostileIds).map((id) => id.replace('acme', 'else')),
  '\u202egnp.exe',
  'e\u0301 \u00e9 \u0130 \ufeff\u200b\u200d',
  '\u0430cme',
  '\ud83d\ude00'.repeat(60),
  '\u0007\u001b[31m',
  'a\r\nx-injected: 1',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'NaN',
  '-0',
  '1e-400',
  '9999-12-31',
  '2016-12-31T23:59:60Z',
  '2026-02-30T12:00:00Z',
  '+275760-09-13T00:00:00Z',
  '../../etc/passwd',
  'Europe/../Rome',
  '%00%23%2f..%5c',
  "' OR 1=1 --",
  '{{7*7}}<script>alert(1)</script>',
  'attribute_exists(pk)',
  '#pk = :pk',
  'system:x',
  'user:x',
  `${'a'.repeat(40)}!`,
  `${'0'.repeat(2000)}x`,
  `${'a-'.repeat(500)}`,
  'size(pk) > 0',
  '[1].all(x, [1].all(y, true))',
  `"${'a'.repeat(30)}".matches("(a+)+$")`,
  `${'('.repeat(500)}1${')'.repeat(500)}`,
  'event.value '.repeat(150),
  '1 / 0',
  'user.tags[9223372036854775807]',
  'http://169.254.169.254/latest/meta-data/',
  'https://127.0.0.1/',
  'https://[::ffff:a9fe:a9fe]/',
  'https://2130706433/',
  'https://user:password@example.com/',
  'https://example.com:6379/',
  'file:///etc/passwd',
  'gopher://example.com/',
  'javascript:alert(1)',
  '//evil.example',
  'data:text/html,<script>1</script>',
];

/** Values of any kind that try something, as JSON texts. */
const values: readonly string[] = [
  ...texts.map(json),
  ...hostileNumbers,
  '-0',
  '0',
  '1',
  '1e-400',
  '9007199254740991',
  '-9007199254740991',
  '9223372036854775807',
  '1000000000',
  `1${'0'.repeat(400)}`,
  '0.1',
  'true',
  '[]',
  '""',
  '"\\ud800"',
  '"\\u0000"',
  '{"__proto__":{"polluted":1}}',
  '{"constructor":{"prototype":{"polluted":1}}}',
  '{"a":1,"a":2}',
  '{"toString":1,"valueOf":null,"hasOwnProperty":"x"}',
  '{"then":1}',
  '{"$ref":"#"}',
  nested(28, '[', ']'),
  nested(28, '{"a":', '}'),
  nested(5000, '[', ']'),
  `[${Array.from({ length: 20_000 }, () => 0).join()}]`,
  `{${Array.from({ length: 5000 }, (_, index) => `"k${index}":0`).join()}}`,
  json('x'.repeat(100_000)),
];

/** A value that may stand anywhere, as JSON text: of the list, or any that there is. */
export const hostileValue: fc.Arbitrary<string> = fc.oneof(
  { arbitrary: fc.constantFrom(...values), weight: 5 },
  {
    arbitrary: fc.jsonValue({ maxDepth: 3, stringUnit: 'binary' }).map((value) => JSON.stringify(value) ?? 'null'),
    weight: 2,
  },
  { arbitrary: fc.string({ unit: 'binary', maxLength: 300 }).map(json), weight: 1 },
  { arbitrary: fc.maxSafeInteger().map(String), weight: 1 },
  { arbitrary: fc.double().map((value) => json(value)), weight: 1 },
);

/** A text for a path or a query. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...texts),
  fc.string({ unit: 'grapheme', maxLength: 100 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
);

/** What becomes of a whole body, which is JSON text. */
export const wholeBodies: readonly (readonly [
  string,
  (body: string) => string | Uint8Array,
  Record<string, string>?,
])[] = [
  ['cut off', (body) => body.slice(0, -1)],
  ['something behind', (body) => `${body} x`],
  ['a mark of its byte order', (body) => `\ufeff${body}`],
  ['every key twice', (body) => body.replace(/^\{(.*)\}$/s, '{$1,$1}')],
  ...managedFields.map(
    (field) => [`sets ${field}`, (body: string) => body.replace(/^\{/, `{${json(field)}:"bolt",`)] as const,
  ),
  ['a list', (body) => `[${body}]`],
  ['null', () => 'null'],
  ['nothing', () => ''],
  ['too much', (body) => `${body}${' '.repeat(300_000)}`],
  ['compressed', (body) => gzipSync(body), { 'content-encoding': 'gzip' }],
  ['a bomb', () => gzipSync(Buffer.alloc(20_000_000)), { 'content-encoding': 'gzip' }],
  ['a bomb that says nothing', () => gzipSync(Buffer.alloc(20_000_000))],
  ['a form', (body) => body, { 'content-type': 'application/x-www-form-urlencoded' }],
  ['XML', () => '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', { 'content-type': 'text/xml' }],
  ['many parts', (body) => body, { 'content-type': 'multipart/form-data; boundary=x' }],
  ['another charset', (body) => Buffer.from(body, 'utf16le'), { 'content-type': 'application/json; charset=utf-16' }],
  ['no type', (body) => body, { 'content-type': '' }],
  ['a type with a tail', (body) => body, { 'content-type': `application/json;${'a='.repeat(2000)}` }],
];

/** Headers that try something. */
export const hostileHeaders: readonly Readonly<Record<string, string>>[] = [
  { 'accept-language': 'en;q=0.5,'.repeat(500) },
  { 'accept-language': `${'a-'.repeat(4000)}` },
  { accept: 'text/csv' },
  { accept: `text/csv;q=${'0'.repeat(3000)}` },
  { 'idempotency-key': 'x'.repeat(256) },
  { 'idempotency-key': 'T#else#W#key' },
  { 'idempotency-key': '__proto__' },
  { 'if-match': '"v99999999999999999999"' },
  { 'if-match': '*' },
  { 'if-match': `W/"v1"${', "v1"'.repeat(500)}` },
  { 'last-event-id': '999999999999999999999' },
  { 'last-event-id': '../..' },
  { 'x-user-id': '__proto__' },
  { 'x-user-id': 'a#b' },
  { 'x-external-user-id': '%00' },
  { 'x-http-method-override': 'DELETE' },
  { 'x-forwarded-host': 'evil.example' },
  { 'x-tenant-id': 'bolt' },
  { origin: 'https://evil.example' },
  { traceparent: `00-${'f'.repeat(5000)}` },
  { expect: '100-continue' },
  { 'transfer-encoding': 'identity' },
  { te: 'trailers' },
  { range: 'bytes=0-1' },
];
