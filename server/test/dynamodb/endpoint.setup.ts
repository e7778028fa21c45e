import { type StartedEndpoint, startEndpoint } from './endpoint-process.ts';

let started: StartedEndpoint | undefined;

/**
 * Names the endpoint to every test file: that of DYNAMODB_ENDPOINT, or, where there is none, the embedded engine over
 * HTTP in a process of its own, which takes any region and credentials.
 */
export async function setup(): Promise<void> {
  const { env } = process;
  started = env.DYNAMODB_ENDPOINT ? undefined : await startEndpoint();
  if (started !== undefined) {
    env.DYNAMODB_ENDPOINT = started.url;
    env.AWS_REGION = 'local';
    env.AWS_ACCESS_KEY_ID = 'embedded';
    env.AWS_SECRET_ACCESS_KEY = 'embedded';
  }
  env.LAUREL_DYNAMODB_ENDPOINT = env.DYNAMODB_ENDPOINT;
}

/** Ends what was started. */
export function teardown(): void {
  started?.close();
}
