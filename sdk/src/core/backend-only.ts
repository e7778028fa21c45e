import { UsageError } from './errors.ts';

/**
 * Refuses to go on where there is a page. No runtime of backends has a document: not Node, Deno, Bun, or those at the
 * edge.
 * @throws UsageError
 */
export function refuseBrowsers(): void {
  if (globalThis.window?.document === undefined) return;
  throw new UsageError(
    '@laurel/sdk/server is for backends: a page would show its secret to everybody. Use @laurel/sdk here, with a token ' +
      'that your backend mints. Where no secret is at stake, such as in a test: dangerouslyAllowBrowser.',
  );
}
