import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import everyday from '../../../vitest.config.ts';

/** The tarball in clean projects, on each Node and for each TypeScript that it is for: they come from the registry. */
export default defineConfig({
  ...everyday,
  root: fileURLToPath(new URL('../../..', import.meta.url)),
  test: {
    ...everyday.test,
    globalSetup: 'sdk/test/matrix/pack.setup.ts',
    include: ['sdk/test/matrix/*.matrix.ts'],
    // Each is a compiler of its own.
    maxConcurrency: 2,
  },
});
