import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Commit, playerOf, playHistory, readHistory, readSample } from '@laurel/example-git-quest';
import { Laurel } from '@laurel/sdk/server';
import type { LocalPlatform, WorkspaceAccess } from '@laurel/server/local';

/** What `.laurel/demo.json` tells: all that a first call needs. */
export interface Demo {
  readonly baseUrl: string;
  readonly issuer: string;
  readonly tokenEndpoint: string;
  readonly tenant: string;
  readonly workspace: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly playerToken: string;
  readonly playerId: string;
}

/** The demo's place; a second tenant stands beside it from the start, so that isolation can be tried by hand. */
const PLACE = { tenant: 'demo', workspace: 'main' } as const;
const NEIGHBOUR = { tenant: 'other', workspace: 'main' } as const;

/** The credential of the start before, where there was one. */
async function knownCredential(file: string): Promise<Pick<Demo, 'clientId' | 'clientSecret'> | undefined> {
  if (!existsSync(file)) return undefined;
  const { clientId, clientSecret }: Partial<Demo> = JSON.parse(await readFile(file, 'utf8'));
  return clientId === undefined || clientSecret === undefined ? undefined : { clientId, clientSecret };
}

async function accessTo(platform: LocalPlatform, file: string): Promise<WorkspaceAccess & { isNew: boolean }> {
  const known = await knownCredential(file);
  if (known === undefined) return { ...(await platform.createWorkspaceClient(PLACE)), isNew: true };
  const { tokenEndpoint } = platform;
  return { baseUrl: `${platform.baseUrl}/${PLACE.tenant}`, tokenEndpoint, ...known, isNew: false };
}

/** This repository's own history; a committed sample where there is none (a downloaded archive, say). */
async function* historyOf(repository: string): AsyncIterable<Commit> {
  if (existsSync(join(repository, '.git'))) yield* readHistory(repository);
  else yield* readSample();
}

/** Makes the demo tenant, imports a history into it on the first start, and writes down how to call it. */
export async function prepareDemo(
  platform: LocalPlatform,
  folder: string,
  repository: string,
  say: (line: string) => void,
): Promise<Demo> {
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'demo.json');
  const access = await accessTo(platform, file);
  if (access.isNew) await platform.createWorkspaceClient(NEIGHBOUR);
  const { baseUrl, tokenEndpoint, clientId, clientSecret } = access;
  const laurel = new Laurel({ baseUrl, auth: { clientId, clientSecret, tokenEndpoint } });
  // Written before the import as well, so that an import that was cut off goes on with the same credential.
  const draft = { baseUrl, issuer: platform.issuer, tokenEndpoint, ...PLACE, clientId, clientSecret };
  await writeFile(file, `${JSON.stringify(draft, null, 2)}\n`, { mode: 0o600 });
  const { events } = await playHistory({ laurel, commits: historyOf(repository) });
  say(`Imported ${events} commits of this repository as events of tenant ${PLACE.tenant}.`);
  const [top] = (await laurel.leaderboards.entries('commits', { limit: 1 })).items;
  const player =
    top?.userId ?? (await laurel.users.create({ externalId: playerOf(Buffer.from('demo@example.com')) })).id;
  const { accessToken } = await laurel.users.mintToken(player);
  const demo: Demo = { ...draft, playerToken: accessToken, playerId: player };
  await writeFile(file, `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 });
  return demo;
}
