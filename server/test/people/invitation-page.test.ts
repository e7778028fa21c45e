import { hash } from 'node:crypto';
import type { Laurel } from '@laurel/sdk/server';
import { Window } from 'happy-dom';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { signIn } from '../support/sign-in.ts';
import { openPeople, type People } from './world.ts';

let people: People;
let admin: Laurel;
beforeAll(async () => {
  people = await openPeople();
  admin = await people.operator('admin');
});
afterAll(() => people.test.close());

const PASSWORD = 'correct horse battery staple';
const pageAt = () => `${people.platform.baseUrl}/console/invitations`;

/** Opens a link as a browser does, with what its script does. */
async function opened(link: string) {
  const settings = { enableJavaScriptEvaluation: true, suppressInsecureJavaScriptEnvironmentWarning: true };
  const window = new Window({ url: link, settings });
  window.document.write(await (await fetch(link.replace(/#.*/, ''))).text());
  await window.happyDOM.waitUntilComplete();
  const told = () => window.document.querySelector('[role=status]')?.textContent;
  const form = window.document.querySelector('form');
  if (form === null) throw new Error('the page has no form');
  return {
    window,
    told,
    form,
    async accept(password: string) {
      const field = window.document.querySelector('input');
      if (field !== null) field.value = password;
      form.dispatchEvent(new window.Event('submit', { cancelable: true }));
      await window.happyDOM.waitUntilComplete();
      return told();
    },
  };
}

/** The link of the mail that somebody gets. */
async function invited(email: string): Promise<string> {
  await admin.invitations.create({ email, role: 'viewer' });
  return /^http\S+$/m.exec(people.mails.at(-1)?.text ?? '')?.[0] ?? '';
}

test('the link in the mail leads to a page that accepts, once, and keeps its secret out of the address', async () => {
  const link = await invited('grace@example.com');
  const page = await opened(link);
  expect(page.window.location.href).toBe(pageAt());
  expect(await page.accept('short')).toMatch(/password/);
  expect(await page.accept(PASSWORD)).toBe('Welcome, grace@example.com. You work in: main.');
  expect(page.form.hidden).toBe(true);
  await signIn(people.platform.baseUrl, { email: 'grace@example.com', password: PASSWORD });
  const again = await opened(link);
  expect(await again.accept(PASSWORD)).toMatch(/^Check that it was copied/);
});

test('a link that is not whole says so', async () => {
  const page = await opened(`${pageAt()}#tenant=acme`);
  expect([page.form.hidden, page.told()]).toEqual([true, expect.stringMatching(/^This link is not whole/)]);
});

test('the page runs its own script and no other, and no page stands where there is none', async () => {
  const answer = await fetch(pageAt());
  const [, script = ''] = /<script>(.*)<\/script>/s.exec(await answer.text()) ?? [];
  const policy = answer.headers.get('content-security-policy') ?? '';
  expect(policy.split('; ')).toEqual([
    "default-src 'none'",
    expect.stringMatching(/^style-src 'sha256-[^ ]+'$/),
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    `script-src 'sha256-${hash('sha256', script, 'base64')}'`,
    "connect-src 'self'",
  ]);
  for (const [path, method] of [
    ['/console', 'GET'],
    ['/console/callback', 'GET'],
    ['/console/invitations', 'POST'],
  ] as const)
    expect((await fetch(`${people.platform.baseUrl}${path}`, { method })).status).toBe(404);
});
