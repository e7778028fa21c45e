import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import everyday from '../../../vitest.config.ts';
import { CASE_FILES } from '../game/cases.ts';

/** The conformance suite, and the cases of the game, on a DynamoDB endpoint. */
export default defineConfig({
  ...everyday,
  root: fileURLToPath(new URL('../../..', import.meta.url)),
  test: {
    ...everyday.test,
    globalSetup: 'server/test/dynamodb/endpoint.setup.ts',
    include: ['dynamodb/conformance.test.ts', ...CASE_FILES].map((file) => `server/test/${file}`),
    // Each request goes a way, and may come to a service that takes its time.
    testTimeout: 600_000,
    hookTimeout: 900_000,
  },
});
