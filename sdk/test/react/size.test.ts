import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

async function sizeOf(file: string): Promise<number> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, '../../src', file)],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    external: ['react', 'react-dom', '@tanstack/*', 'ky'],
    write: false,
  });
  return gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length;
}

test('the hooks are at most 5 KB, gzipped, and what servers load of them less than 1 KB', async () => {
  const [hooks, queries] = [await sizeOf('react.ts'), await sizeOf('react-server.ts')];
  expect(queries).toBeGreaterThan(500);
  expect(queries).toBeLessThan(1_000);
  expect(hooks).toBeGreaterThan(queries);
  expect(hooks).toBeLessThanOrEqual(5_000);
});
