import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import {
  createKeys,
  FETCH_COOL_DOWN,
  fetchJwksOverHttp,
  KEYS_MAX_AGE,
  KeysUnavailable,
  KeyUnknown,
} from '../../src/identity/keys.ts';
import { jwksOf, makeKey } from './doubles.ts';

const first = makeKey('k1');
const second = makeKey('k2');
const URI = 'https://issuer.example/jwks';
const tokenOf = (kid: string) => ({ header: { kid }, payload: {} });

function keysOver(answers: { jwks: string | Error; calls: number }, clock: { now: number }) {
  return createKeys({
    now: () => clock.now,
    fetchJwks: async () => {
      answers.calls += 1;
      if (answers.jwks instanceof Error) throw answers.jwks;
      return answers.jwks;
    },
  });
}

describe('remembering keys', () => {
  test('calls at once share one fetch', async () => {
    const answers = { jwks: jwksOf(first), calls: 0 };
    const keys = keysOver(answers, { now: 1e12 });
    await Promise.all(Array.from({ length: 20 }, () => keys.getJwk(URI, tokenOf('k1'))));
    expect(answers.calls).toBe(1);
  });

  test('a new key is learnt at its first token after the cool-down', async () => {
    const clock = { now: 1e12 };
    const answers = { jwks: jwksOf(first), calls: 0 };
    const keys = keysOver(answers, clock);
    await keys.getJwk(URI, tokenOf('k1'));
    answers.jwks = jwksOf(first, second);
    await expect(keys.getJwk(URI, tokenOf('k2'))).rejects.toThrow(KeyUnknown);
    expect(answers.calls).toBe(1);
    clock.now += FETCH_COOL_DOWN;
    expect(await keys.getJwk(URI, tokenOf('k2'))).toMatchObject({ kid: 'k2' });
    expect(answers.calls).toBe(2);
  });

  test('a key that was taken back is forgotten when the keys have aged', async () => {
    const clock = { now: 1e12 };
    const answers = { jwks: jwksOf(first, second), calls: 0 };
    const keys = keysOver(answers, clock);
    await keys.getJwk(URI, tokenOf('k1'));
    answers.jwks = jwksOf(second);
    clock.now += KEYS_MAX_AGE + 1;
    await expect(keys.getJwk(URI, tokenOf('k1'))).rejects.toThrow(KeyUnknown);
  });

  test('aged keys go on while the issuer is down, with one try per cool-down', async () => {
    const clock = { now: 1e12 };
    const answers: { jwks: string | Error; calls: number } = { jwks: jwksOf(first), calls: 0 };
    const keys = keysOver(answers, clock);
    await keys.getJwk(URI, tokenOf('k1'));
    answers.jwks = new Error('down');
    clock.now += KEYS_MAX_AGE + 1;
    for (let at = 0; at < 10; at += 1) expect(await keys.getJwk(URI, tokenOf('k1'))).toMatchObject({ kid: 'k1' });
    expect(answers.calls).toBe(2);
  });

  test('an issuer that was down is asked again after the cool-down', async () => {
    const clock = { now: 1e12 };
    const answers: { jwks: string | Error; calls: number } = { jwks: new Error('down'), calls: 0 };
    const keys = keysOver(answers, clock);
    await expect(keys.getJwk(URI, tokenOf('k1'))).rejects.toThrow(KeysUnavailable);
    await expect(keys.getJwk(URI, tokenOf('k1'))).rejects.toThrow(KeysUnavailable);
    expect(answers.calls).toBe(1);
    answers.jwks = jwksOf(first);
    clock.now += FETCH_COOL_DOWN;
    expect(await keys.getJwk(URI, tokenOf('k1'))).toMatchObject({ kid: 'k1' });
  });
});

describe('fetching keys over HTTP', () => {
  const servers: ReturnType<typeof createServer>[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  async function serve(listener: Parameters<typeof createServer>[1]): Promise<string> {
    const server = createServer(listener ?? (() => {}));
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port }: Partial<AddressInfo> = Object(server.address());
    return `http://127.0.0.1:${port}/jwks`;
  }

  test('takes the text', async () => {
    const uri = await serve((_req, res) => res.end(jwksOf(first)));
    expect(await fetchJwksOverHttp()(uri)).toBe(jwksOf(first));
  });

  test('gives up on one that does not answer, answers an error, redirects, or answers too much', async () => {
    const target = await serve((_req, res) => res.end(jwksOf(first)));
    const bad = await Promise.all([
      serve(() => {}),
      serve((_req, res) => res.writeHead(500).end(jwksOf(first))),
      serve((_req, res) => res.writeHead(302, { location: target }).end()),
      serve((_req, res) => res.end('x'.repeat(70_000))),
    ]);
    for (const uri of bad) await expect(fetchJwksOverHttp(200)(uri)).rejects.toThrow();
  });
});
