import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import everyday from '../../../vitest.config.ts';

/** At least 20,000 bad requests, other ones at each run; the seed is printed, and `LAUREL_SEED` sends them again. */
export default defineConfig({
  ...everyday,
  root: fileURLToPath(new URL('../../..', import.meta.url)),
  test: {
    ...everyday.test,
    env: { LAUREL_FUZZ: process.env.LAUREL_FUZZ ?? '20000' },
    include: ['server/test/fuzz/*.test.ts'],
  },
});
