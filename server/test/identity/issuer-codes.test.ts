import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { attemptLimits, createAttempts } from '../../src/limits/attempts.ts';
import { memoryLimiter } from '../../src/limits/limiter.ts';
import { CODE_LIFE, createEmailCodes, MAX_TRIES } from '../../src/local/issuer/email-codes.ts';
import { memoryIssuerStore } from '../../src/local/issuer/store.ts';
import { authorizationRequest, browser, codeOf, expectQuiet, issuerWorld, payloadOf, redeem } from './issuer-world.ts';

const world = await issuerWorld();
const { base, mails, people } = world;
afterAll(() => world.close());
afterEach(expectQuiet);

/** Somebody of one workspace, whom no other test asks for. */
function person(name: string): string {
  const email = `${name}@example.com`;
  const memberships = [{ tenant: 'acme', workspace: 'main' }];
  people.set(name, { id: name, email, passwordHash: 'none', memberships });
  return email;
}

/** A browser at the page that asks who it is. */
async function atSignIn() {
  const { go } = browser();
  const { url, verifier } = authorizationRequest(base);
  const page = await go(url);
  const ask = (email: string) => go(page.url, { email, way: 'code' });
  const enter = (code: string) => go(page.url, { code });
  return { page, ask, enter, verifier };
}

const codeIn = (text = ''): string => /\b(\d{4} \d{4})\b/.exec(text)?.[1] ?? 'none';
const mailedTo = (email: string): string => codeIn(mails.findLast(({ to }) => to === email)?.text);
/** Another code than that, of the same form. */
const wrong = (code: string): string => code.replace(/\d$/, (digit) => String((Number(digit) + 1) % 10));

describe('signing in by a code', () => {
  test('from the address to a token; the mail is the one place where the code stands', async () => {
    const email = person('cleo');
    const { page, ask, enter, verifier } = await atSignIn();
    expect(page.html).toContain('E-mail me a code');
    const asked = await ask(` ${email.toUpperCase()} `);
    const code = mailedTo(email);
    expect(asked.html).toContain('autocomplete="one-time-code"');
    expect(asked.html).not.toContain(code.replace(' ', ''));
    const { body } = await redeem(base, codeOf((await enter(code)).url), verifier);
    expect(payloadOf(String(body.access_token))).toMatchObject({ sub: 'cleo', tenant: 'acme', workspace: 'main' });
    expect(payloadOf(String(body.id_token)).amr ?? ['otp']).toEqual(['otp']);
  });

  test('a code is good for once', async () => {
    const email = person('once');
    const { ask, enter } = await atSignIn();
    await ask(email);
    const answers = await Promise.all([1, 2, 3].map(() => enter(mailedTo(email))));
    expect(answers.filter(({ url }) => url.includes('code='))).toHaveLength(1);
  });

  test('five tries, at the same moment too, and then not even the right one', async () => {
    const email = person('tried');
    const { ask, enter } = await atSignIn();
    await ask(email);
    const code = mailedTo(email);
    const tries = await Promise.all(Array.from({ length: MAX_TRIES + 3 }, () => enter(wrong(code))));
    expect(tries.filter(({ html }) => html.includes('That is not the code.'))).toHaveLength(MAX_TRIES - 1);
    const { res, html } = await enter(code);
    expect([res.status, html.includes('not good any more')]).toEqual([422, true]);
    await ask(email);
    expect((await enter(mailedTo(email))).url).toContain('code=');
  });

  test('a new code ends the one before', async () => {
    const email = person('late');
    const { ask, enter } = await atSignIn();
    await ask(email);
    const first = mailedTo(email);
    await ask(email);
    const second = mailedTo(email);
    if (first !== second) expect((await enter(first)).res.status).toBe(422);
    expect((await enter(second)).url).toContain('code=');
  });

  test('it belongs to the browser that asked', async () => {
    const email = person('mine');
    const [mine, thief] = [await atSignIn(), await atSignIn()];
    await mine.ask(email);
    const code = mailedTo(email);
    expect((await thief.enter(code)).html).toContain('not good any more');
    // Nor does it serve whoever asked for a code of their own.
    await thief.ask(person('thief'));
    expect((await thief.enter(code)).html).toContain('That is not the code.');
    expect((await mine.enter(code)).url).toContain('code=');
  });
});

describe.each([
  ['one millisecond before its end', CODE_LIFE - 1, 'right'],
  ['at its end', CODE_LIFE, 'over'],
])('a code %s', (_when, after, kind) => {
  test(`is ${kind}`, async () => {
    let now = 1e12;
    const clock = () => now;
    const sent: string[] = [];
    const codes = createEmailCodes({
      store: memoryIssuerStore(clock),
      now: clock,
      secret: 's'.repeat(32),
      mail: { send: async ({ text }) => void sent.push(codeIn(text)) },
      onError: (error) => expect(error).toBeUndefined(),
      attempts: createAttempts(memoryLimiter(clock)),
    });
    const account = { id: 'ada', email: 'ada@example.com', passwordHash: 'none', memberships: [] };
    await codes.send({ interaction: 'page', email: account.email, account, from: '127.0.0.1' });
    now += after;
    expect((await codes.check('page', sent[0] ?? '')).kind).toBe(kind);
  });
});

describe('what nobody learns', () => {
  test('whether somebody has an address: the same page, the same answers, and no mail', async () => {
    const known = person('known');
    const pages = await Promise.all(
      [known, 'unknown@example.com', '<script>@x', ''].map(async (email) => {
        const { ask, enter } = await atSignIn();
        const asked = await ask(email);
        const tried = [await enter('0000 0000'), await enter('')];
        return [asked, ...tried].map(({ res, html }) => [res.status, html.replaceAll(/interaction\/[\w-]+/g, 'here')]);
      }),
    );
    for (const page of pages) expect(page).toEqual(pages[0]);
    expect(mails.filter(({ to }) => to !== known && !/^(cleo|once|tried|late|mine|thief)@/.test(to))).toEqual([]);
  });

  test('whoever has the address waits for no mail: a sender that never answers keeps nobody', async () => {
    const email = person('slow');
    world.slowMail(true);
    const { ask } = await atSignIn();
    expect((await ask(email)).res.status).toBe(200);
    world.slowMail(false);
  });
});

test('codes are rationed: to one address, known or not', async () => {
  for (const email of [person('many'), 'nobody-many@example.com']) {
    const { ask } = await atSignIn();
    for (let at = 0; at < attemptLimits.code.account.quota; at += 1) expect((await ask(email)).res.status).toBe(200);
    const before = mails.length;
    expect((await (await atSignIn()).ask(email)).res.status).toBe(429);
    expect(mails).toHaveLength(before);
  }
});
