import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['@laurel/source', 'node', 'import', 'module', 'default'] },
  ssr: { resolve: { conditions: ['@laurel/source', 'node', 'import', 'module', 'default'] } },
  test: {
    include: [
      '{contract,sdk,server,infra}/test/**/*.test.ts',
      'examples/*/test/**/*.test.ts',
      'scripts/test/**/*.test.ts',
    ],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
