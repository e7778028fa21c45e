import { createConnection } from 'node:net';
import { afterAll, describe, expect, test } from 'vitest';
import { ACME, call, startTestPlatform } from '../support/platform.ts';
import { expectProblem } from '../support/problems.ts';

const laurel = await startTestPlatform();
afterAll(() => laurel.close());

describe('the real API over HTTP', async () => {
  const access = await laurel.machine(ACME);
  const WORKSPACE = '/dashboard/v1/workspace';

  test.each(['/dashboard/v1/users/%2e%2e/workspace', '/dashboard/v1/users/../workspace', '/dashboard/v1//workspace'])(
    '%s is not the workspace',
    async (path) => {
      expectProblem(await call(access, 'GET', path), 'not_found');
    },
  );

  test('threat 4: //evil is not ours, nor is a path of another host', async () => {
    expectProblem(
      await call({ ...access, baseUrl: access.baseUrl.replace('/acme', '//evil') }, 'GET', WORKSPACE),
      'not_found',
    );
  });

  test.each(['TRACE', 'PROPFIND', 'DELETE'])('%s is a 405', async (method) => {
    const answer = await call(access, method, WORKSPACE);
    expectProblem(answer, 'method_not_allowed');
    expect(answer.headers.allow).toBe('GET, PATCH');
  });

  test('HEAD, OPTIONS and an Origin', async () => {
    const head = await call(access, 'HEAD', WORKSPACE);
    expect([head.status, head.text]).toEqual([200, '']);
    const headers = { origin: 'https://app.example', 'access-control-request-method': 'GET' };
    const preflight = await call(laurel.stranger(ACME), 'OPTIONS', WORKSPACE, { headers });
    expect([preflight.status, preflight.headers['access-control-allow-methods']]).toEqual([204, 'GET, PATCH, OPTIONS']);
    const refused = await call(laurel.stranger(ACME), 'GET', WORKSPACE, { headers });
    expect(refused.headers).toMatchObject({ 'access-control-allow-origin': '*' });
    expect(refused.headers['access-control-expose-headers']).toContain('x-request-id');
  });

  /** What a server answers to bytes that no HTTP client would send. */
  const answerTo = (bytes: string) =>
    new Promise<string>((resolve, reject) => {
      const { hostname, port } = new URL(laurel.platform.baseUrl);
      const chunks: Buffer[] = [];
      const socket = createConnection({ host: hostname, port: Number(port) }, () => socket.end(bytes));
      socket.on('data', (chunk) => chunks.push(chunk));
      socket.once('end', () => resolve(Buffer.concat(chunks).toString()));
      socket.once('error', reject);
    });

  const problemIn = (answer: string) => {
    const [head = '', text = ''] = answer.split('\r\n\r\n');
    const [first = '', ...lines] = head.split('\r\n');
    const headers = lines.map((line) => [
      line.slice(0, line.indexOf(':')).toLowerCase(),
      line.slice(line.indexOf(':') + 1).trim(),
    ]);
    return { status: Number(first.split(' ')[1]), headers: Object.fromEntries(headers), body: JSON.parse(text) };
  };

  test.each([
    ['NUL in a header', `GET /acme${WORKSPACE} HTTP/1.1\r\nhost: x\r\nx-user-id: a\0b\r\n\r\n`, 'invalid_request'],
    ['no HTTP', 'hello\r\n\r\n', 'invalid_request'],
    [
      '20,000 characters in a header',
      `GET / HTTP/1.1\r\nhost: x\r\nx-user-id: ${'a'.repeat(20_000)}\r\n\r\n`,
      'headers_too_large',
    ],
  ] as const)('%s is a problem, though it is no request', async (_what, bytes, code) => {
    expectProblem(problemIn(await answerTo(bytes)), code);
  });
});
