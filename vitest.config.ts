import { defineConfig } from 'vitest/config';

/** The workspace's packages run from their sources. No other condition: it would reach third-party packages too. */
const conditions = ['@laurel/source'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: [
      '{contract,sdk,server,infra}/test/**/*.test.ts',
      'examples/*/test/**/*.test.ts',
      'scripts/test/**/*.test.ts',
    ],
    // A small machine has two processors, and by default one of them would only watch.
    maxWorkers: '100%',
    testTimeout: 120_000,
    hookTimeout: 240_000,
  },
});
