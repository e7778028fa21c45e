import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** An endpoint that was started for the tests. */
export interface StartedEndpoint {
  readonly url: string;
  close(): void;
}

/** Starts the embedded engine as a DynamoDB endpoint in a process of its own. */
export async function startEndpoint(): Promise<StartedEndpoint> {
  const script = join(import.meta.dirname, 'endpoint-server.ts');
  const child = spawn(process.execPath, [script], { stdio: ['pipe', 'pipe', 'inherit'] });
  for await (const url of createInterface({ input: child.stdout })) return { url, close: () => child.stdin.end() };
  throw new Error('the endpoint did not start');
}
