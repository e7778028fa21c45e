import type { Server } from 'node:http';
import { Laurel } from '@laurel/sdk/server';
import { type LocalPlatform, startPlatform } from '@laurel/server/local';
import { type BackendOptions, createBackend } from './backend.ts';

/** Somebody who can sign in. */
export interface Person {
  readonly email: string;
  readonly password: string;
}

/** The page, its backend and a platform, on this machine. */
export interface World {
  /** Where the page is. */
  readonly url: string;
  readonly laurel: Laurel;
  readonly platform: LocalPlatform;
  close(): Promise<void>;
}

async function listen(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The backend has no port.');
  return `http://127.0.0.1:${address.port}`;
}

async function define(laurel: Laurel): Promise<void> {
  await laurel.activities.create({ id: 'lesson.completed', name: { en: 'Lesson' }, playersMaySend: true });
  await laurel.currencies.create({ id: 'xp', name: { en: 'Experience' } });
  await laurel.rewardRules.create({
    id: 'xp-per-lesson',
    name: { en: 'XP for each lesson' },
    trigger: { kind: 'event', activity: 'lesson.completed' },
    rewards: [{ kind: 'currency', currency: 'xp', amount: 10 }],
  });
}

/** Starts all of it: a platform in memory with one person, and the backend with the built page. */
export async function openWorld(page: string, person: Person, port = 0): Promise<World> {
  let options: BackendOptions | undefined;
  const backend = createBackend(() => {
    if (options === undefined) throw new Error('The backend is not ready.');
    return options;
  });
  const url = await listen(backend, port);
  const platform = await startPlatform({ data: ':memory:', port: 0, signInPages: [`${url}/callback`] });
  const place = { tenant: 'acme', workspace: 'main' };
  const { baseUrl, ...auth } = await platform.createWorkspaceClient(place);
  const laurel = new Laurel({ baseUrl, auth });
  await define(laurel);
  await platform.createOperator(place, { ...person, role: 'viewer' });
  options = { page, laurel, config: { baseUrl, issuer: platform.issuer, clientId: 'laurel-console' } };
  return {
    url,
    laurel,
    platform,
    async close() {
      await new Promise((resolve) => {
        backend.close(resolve);
        backend.closeAllConnections();
      });
      await platform.close();
    },
  };
}
