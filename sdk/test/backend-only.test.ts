import { Laurel as BrowserLaurel } from '@laurel/sdk';
import { Laurel, LaurelError, type LaurelOptions, UsageError } from '@laurel/sdk/server';
import { afterEach, expect, test, vi } from 'vitest';
import { serve } from './server.ts';

const baseUrl = 'https://api.test';
const machines: LaurelOptions['auth'][] = [
  { clientId: 'c', clientSecret: 'top-secret', tokenEndpoint: 'https://id.test/token' },
  { token: 'top-secret' },
  { getToken: () => 'top-secret' },
];

afterEach(() => {
  vi.unstubAllGlobals();
});

/** What a page and jsdom have. */
function openPage(): void {
  const document = {};
  vi.stubGlobal('document', document);
  vi.stubGlobal('window', { document });
}

test('a backend has its client', () => {
  for (const auth of machines) expect(new Laurel({ baseUrl, auth })).toBeInstanceOf(Laurel);
});

test('on a page there is none, however it would get its tokens', () => {
  openPage();
  for (const auth of machines) {
    const make = () => new Laurel({ baseUrl, auth });
    expect(make).toThrow(UsageError);
    expect(make).toThrow(LaurelError);
    expect(make).toThrow(/backends/);
    expect(make).not.toThrow(/top-secret/);
  }
  expect(new BrowserLaurel({ baseUrl, auth: { token: 't' } })).toBeInstanceOf(BrowserLaurel);
});

test('tests that have a document say that they mean it', async () => {
  openPage();
  const { url } = await serve(() => ({ json: { items: [], nextCursor: null } }));
  const laurel = new Laurel({ baseUrl: url, auth: { token: 't' }, dangerouslyAllowBrowser: true });
  expect(await laurel.missions.list().toArray({ max: 1 })).toEqual([]);
});

test('a worker has a window in some runtimes, and no document', () => {
  vi.stubGlobal('window', globalThis);
  expect(new Laurel({ baseUrl, auth: { token: 't' } })).toBeInstanceOf(Laurel);
});
