import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import everyday from '../../../vitest.config.ts';

/** Case 13 with a hundred thousand events, and many more random worlds: too long for every day. */
export default defineConfig({
  ...everyday,
  root: fileURLToPath(new URL('../../..', import.meta.url)),
  test: {
    ...everyday.test,
    env: { LAUREL_EVENTS: '100000', LAUREL_RUNS: '1000' },
    include: ['server/test/game/{replay,model}.test.ts'],
    testNamePattern: 'case 13|agrees',
  },
});
