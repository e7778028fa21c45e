import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  addressesOf,
  assertDestination,
  checkedDestination,
  DestinationError,
  type DestinationRules,
  isPublicAddress,
} from '../../src/webhooks/destination.ts';
import { createSender } from '../../src/webhooks/send.ts';

const PUBLIC = '93.184.215.14';
const rulesOf = (resolve: DestinationRules['resolve'], allowLoopback = false): DestinationRules => ({
  resolve,
  allowLoopback,
});
const rules = rulesOf(async () => [PUBLIC]);

const parcel = (url: string) => ({ url, headers: {}, body: '{}', tries: 0 });

/** URLs that lead inside, or are no plain https, whatever the address book says. */
const refused = [
  'https://127.0.0.1/',
  'https://127.1/',
  'https://0.0.0.0/',
  'https://0/',
  'https://0x7f.1/',
  'https://0x7f000001/',
  'https://2130706433/',
  'https://017700000001/',
  'https://[::1]/',
  'https://[::]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[::ffff:169.254.169.254]/',
  'https://[::ffff:a9fe:a9fe]/',
  'https://[::127.0.0.1]/',
  'https://[64:ff9b::7f00:1]/',
  'https://[64:ff9b:1::a00:1]/',
  'https://[2002:7f00:1::]/',
  'https://[2001:0:7f00:1::]/',
  'https://[fd00:ec2::254]/',
  'https://[fe80::1]/',
  'https://[fec0::1]/',
  'https://[ff02::1]/',
  'https://[2001:db8::1]/',
  'https://10.0.0.1/',
  'https://172.16.0.1/',
  'https://172.31.255.255/',
  'https://192.168.0.1/',
  'https://100.64.0.1/',
  'https://169.254.169.254/latest/meta-data/',
  'https://192.0.0.192/',
  'https://192.0.2.1/',
  'https://198.18.0.1/',
  'https://224.0.0.1/',
  'https://240.0.0.1/',
  'https://255.255.255.255/',
  'https://localhost/',
  'https://localhost./',
  'https://LOCALHOST/',
  'https://a.localhost/',
  'https://router/',
  'https://router./',
  'https://db.internal/',
  'https://printer.local/',
  'https://user@hooks.example.com/',
  'https://user:pass@hooks.example.com/',
  'https://hooks.example.com@127.0.0.1/',
  'https://hooks.example.com:6379/',
  'https://hooks.example.com:80/',
  'http://hooks.example.com/',
  'http://127.0.0.1:8080/',
  'file:///etc/passwd',
  'gopher://hooks.example.com/',
  'ftp://hooks.example.com/',
  'data:text/plain,x',
  'https://hooks.example.com\\@127.0.0.1/',
  'https://hooks.exam\nple.com/',
  'https://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/',
  'https://①②⑦.⓪.⓪.①/',
  'https://',
  'hooks.example.com',
  '',
];

describe.each(refused)('%s', (url) => {
  test('threat 55: is refused when it is saved', async () => {
    await expect(assertDestination(url, rules)).rejects.toBeInstanceOf(DestinationError);
  });

  test('is refused when something is sent, without a connection', async () => {
    expect(await createSender(rules)(parcel(url))).toEqual({ kind: 'destination_not_allowed' });
  });
});

test.each([
  'https://hooks.example.com/',
  'https://hooks.example.com:443/a?b=c',
  'https://hooks.example.com./x',
  'https://93.184.215.14/',
  'https://[2606:4700:4700::1111]/',
  'https://bücher.example/',
])('%s may be saved', async (url) => {
  await expect(assertDestination(url, rules)).resolves.toBeUndefined();
});

test('one address that is not public among several refuses a name', async () => {
  for (const inside of ['127.0.0.1', '10.1.2.3', '::1', 'fe80::1', '::ffff:10.0.0.1', 'no address']) {
    const mixed = rulesOf(async () => [PUBLIC, inside]);
    await expect(assertDestination('https://hooks.example.com/', mixed)).rejects.toBeInstanceOf(DestinationError);
    expect(await createSender(mixed)(parcel('https://hooks.example.com/'))).toEqual({
      kind: 'destination_not_allowed',
    });
  }
});

test('a name without an address may be saved, and leads nowhere', async () => {
  const lost = rulesOf(async () => {
    throw Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
  });
  await expect(assertDestination('https://later.example.com/', lost)).resolves.toBeUndefined();
  expect(await createSender(lost)(parcel('https://later.example.com/'))).toEqual({ kind: 'connection_failed' });
  const empty = rulesOf(async () => []);
  expect(await createSender(empty)(parcel('https://later.example.com/'))).toEqual({ kind: 'destination_not_allowed' });
});

test('of IPv4, exactly the special-purpose blocks are not public (RFC 6890)', () => {
  const blocks: [string, number][] = [
    ['0.0.0.0', 8],
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['169.254.0.0', 16],
    ['172.16.0.0', 12],
    ['192.0.0.0', 24],
    ['192.0.2.0', 24],
    ['192.168.0.0', 16],
    ['198.18.0.0', 15],
    ['198.51.100.0', 24],
    ['203.0.113.0', 24],
    ['224.0.0.0', 4],
    ['240.0.0.0', 4],
  ];
  const numberOf = (text: string) => text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const textOf = (number: number) => [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.');
  for (const [network, bits] of blocks) {
    const [first, size] = [numberOf(network), 2 ** (32 - bits)];
    for (const inside of [first, first + Math.floor(size / 3), first + size - 1]) {
      expect(isPublicAddress(textOf(inside)), textOf(inside)).toBe(false);
      expect(isPublicAddress(`::ffff:${textOf(inside)}`)).toBe(false);
    }
  }
  for (const outside of [
    '1.1.1.1',
    '9.255.255.255',
    '11.0.0.0',
    '100.63.255.255',
    '128.0.0.0',
    '172.32.0.0',
    '223.255.255.254',
  ]) {
    expect(isPublicAddress(outside), outside).toBe(true);
  }
});

describe('threat 55: a name that means another address when it is asked again', () => {
  let inside: Server;
  let port = 0;
  let reached = 0;
  beforeAll(async () => {
    inside = createServer((_request, response) => {
      reached += 1;
      response.end();
    });
    await new Promise<void>((resolve) => inside.listen(0, '127.0.0.1', resolve));
    port = (inside.address() as AddressInfo).port;
  });
  afterAll(() => new Promise((resolve) => inside.close(resolve)));

  test('is asked once for each delivery, and what was checked is what is connected to', async () => {
    const answers = ['127.0.0.1', PUBLIC];
    let asked = 0;
    const rebinding = rulesOf(async () => {
      asked += 1;
      return [answers.pop() ?? '127.0.0.1'];
    });
    // Public when it is saved.
    await assertDestination('https://rebind.example.com/', rebinding);
    expect(asked).toBe(1);
    // Inside when something is sent: it is checked again, and refused.
    expect(await createSender(rebinding)(parcel('https://rebind.example.com/'))).toEqual({
      kind: 'destination_not_allowed',
    });
    expect([asked, reached]).toEqual([2, 0]);
  });

  test('the name itself plays no part in the connection: it goes to the address that was checked', async () => {
    // `localhost` is known to this machine as ::1 and 127.0.0.1; the checked address is another of the same network.
    const pinned = createSender(rulesOf(async () => ['127.0.0.1'], true));
    expect(await pinned(parcel(`http://localhost:${port}/`))).toEqual({ kind: 'answered', status: 200 });
    const elsewhere = createSender(rulesOf(async () => ['127.9.9.9'], true));
    expect(await elsewhere(parcel(`http://localhost:${port}/`))).toEqual({ kind: 'connection_failed' });
    expect(reached).toBe(1);
  });
});

describe('loopback over http, for tests and local development', () => {
  const local = rulesOf(async () => ['127.0.0.1'], true);

  test('is let through only where the platform was told so, and nothing else is', async () => {
    expect(await addressesOf(checkedDestination('http://127.0.0.1:9999/x', local), local)).toEqual(['127.0.0.1']);
    for (const url of [
      'http://10.0.0.1/',
      'http://169.254.169.254/',
      'http://hooks.example.com/',
      'https://127.0.0.1/',
    ]) {
      expect(() => checkedDestination(url, local), url).toThrow(DestinationError);
    }
  });

  test('a local name that leads elsewhere is refused', async () => {
    const turned = rulesOf(async () => ['10.0.0.1'], true);
    await expect(addressesOf(checkedDestination('http://localhost:80/', turned), turned)).rejects.toBeInstanceOf(
      DestinationError,
    );
  });
});
