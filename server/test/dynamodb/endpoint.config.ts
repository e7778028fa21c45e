import { defineConfig } from 'vitest/config';

if (!process.env.DYNAMODB_ENDPOINT) {
  throw new Error(
    'Set DYNAMODB_ENDPOINT to the URL of a DynamoDB endpoint (and AWS_REGION and credentials as usual) to run the conformance suite against it.',
  );
}

export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['conformance.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 600_000,
  },
});
