import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { startPlatform } from '../../src/local/index.ts';
import { folderOutbox } from '../../src/local/outbox.ts';
import { authorizationRequest, browser } from './issuer-world.ts';

const folder = await mkdtemp(join(tmpdir(), 'laurel-outbox-'));
afterAll(() => rm(folder, { recursive: true }));

test('a mail is a file of its own that only its owner reads, and no text adds a head to it', async () => {
  const outbox = join(folder, 'plain');
  const mail = folderOutbox(outbox);
  await Promise.all(
    [1, 2, 3].map((nth) =>
      mail.send({ to: `a${nth}@b.example\r\nBcc: x@y.example`, subject: 'S\nX: y', text: 'Hello' }),
    ),
  );
  const files = await readdir(outbox);
  expect(files).toHaveLength(3);
  for (const name of files) {
    expect(name).toMatch(/\.eml$/);
    const [head = '', body] = (await readFile(join(outbox, name), 'utf8')).split('\n\n');
    expect(head.split('\n').map((line) => line.split(':')[0])).toEqual(['Date', 'To', 'Subject']);
    expect(body).toBe('Hello\n');
    expect((await stat(join(outbox, name))).mode & 0o777).toBe(0o600);
  }
});

test('a platform that runs by itself puts codes to sign in there', async () => {
  const data = join(folder, 'platform');
  const platform = await startPlatform({
    data,
    port: 0,
    logLevel: 'SILENT',
    signInPages: ['https://console.example/callback'],
  });
  try {
    const person = { email: 'ada@example.com', password: 'correct horse battery staple', role: 'owner' } as const;
    await platform.createOperator({ tenant: 'acme', workspace: 'main' }, person);
    const { go } = browser();
    const { url } = authorizationRequest(platform.issuer, { client_id: 'laurel-console' });
    const page = await go(url);
    await go(page.url, { email: person.email, way: 'code' });
    const codes = async () => {
      const names = (await readdir(join(data, 'outbox'))).filter((name) => name.endsWith('.eml'));
      return Promise.all(names.map((name) => readFile(join(data, 'outbox', name), 'utf8')));
    };
    await expect.poll(codes).toHaveLength(1);
    const code = /\b\d{4} \d{4}\b/.exec((await codes())[0] ?? '')?.[0] ?? '';
    expect((await go(page.url, { code })).url).toMatch(/[?&]code=/);
  } finally {
    await platform.close();
  }
});
