import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const ADVISORY = 'GHSA-aaaa-bbbb-cccc';
const folder = mkdtempSync(join(tmpdir(), 'laurel-audit-'));

/** A registry that knows advisories about one package, none, or does not know what that is. */
let knows: 'one' | 'none' | 'nothing';
let registry: Server;
let url: string;
beforeAll(async () => {
  registry = createServer((request, response) => {
    request.resume().once('end', () => {
      if (knows === 'nothing') return response.writeHead(405).end();
      const one = {
        id: 1,
        url: `https://example.com/${ADVISORY}`,
        title: 'It forgets',
        severity: 'high',
        vulnerable_versions: '<99',
        cwe: [],
        cvss: { score: 7, vectorString: null },
      };
      const advisories = knows === 'one' ? { 'rate-limiter-flexible': [{ ...one, github_advisory_id: ADVISORY }] } : {};
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(advisories));
    });
  });
  await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(registry.address() as AddressInfo).port}/`;
});
afterAll(() => {
  registry.close();
  rmSync(folder, { recursive: true });
});

function audit(exceptions: readonly object[]): Promise<{ code: number | null; said: string }> {
  const file = join(folder, 'exceptions.json');
  writeFileSync(file, JSON.stringify(exceptions));
  const child = spawn(process.execPath, ['scripts/vulnerabilities.ts'], {
    env: { ...process.env, pnpm_config_registry: url, LAUREL_VULNERABILITY_EXCEPTIONS: file },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, said })));
}

const exception = {
  advisory: ADVISORY,
  package: 'rate-limiter-flexible',
  reason: 'It is not reached.',
  until: '2999-01-01',
};

test('a known vulnerability fails, and tells where it comes from', async () => {
  knows = 'one';
  const { code, said } = await audit([]);
  expect(said).toContain('high: rate-limiter-flexible (11.4.0 by server>rate-limiter-flexible): It forgets');
  expect(code).toBe(1);
});

test('but for one that is lived with, until its day', async () => {
  knows = 'one';
  expect((await audit([exception])).code).toBe(0);
  const late = await audit([{ ...exception, until: '2026-01-01' }]);
  expect(late.code).toBe(1);
  expect(late.said).toContain(`the exception for ${ADVISORY} ended on 2026-01-01`);
});

test('an exception for nothing goes', async () => {
  knows = 'none';
  expect(await audit([])).toEqual({ code: 0, said: '0 advisories, 0 exceptions\n' });
  expect((await audit([exception])).code).toBe(1);
});

test('where nobody can be asked it says so', async () => {
  knows = 'nothing';
  const { code, said } = await audit([]);
  expect(said).toMatch(/^NOT ASKED/);
  expect(code).toBe(0);
});
