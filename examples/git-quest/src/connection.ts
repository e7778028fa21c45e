import { Laurel } from '@laurel/sdk/server';
import type { Target } from './options.ts';

/** A client, and how to let go of what is behind it. */
export interface Connection {
  readonly laurel: Laurel;
  readonly close: () => Promise<void>;
}

/** A client of an existing platform; without one, of a platform in this process that forgets everything on close. */
export async function connect(target: Target | undefined): Promise<Connection> {
  if (target !== undefined) return { laurel: clientOf(target), close: async () => {} };
  const { startPlatform } = await import('@laurel/server/local');
  const platform = await startPlatform({ data: ':memory:', port: 0 });
  try {
    const client = await platform.createWorkspaceClient({ tenant: 'git-quest', workspace: 'history' });
    return { laurel: clientOf(client), close: () => platform.close() };
  } catch (error) {
    await platform.close();
    throw error;
  }
}

function clientOf({ baseUrl, clientId, clientSecret, tokenEndpoint }: Target): Laurel {
  return new Laurel({ baseUrl, auth: { clientId, clientSecret, tokenEndpoint } });
}
