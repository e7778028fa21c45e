import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseEnv } from 'node:util';
import type { LocalPlatform, WorkspaceAccess } from '@laurel/server/local';

/** Writes what a client of `@laurel/sdk/server` reads from its surroundings, for `node --env-file`, and its owner alone. */
export async function writeAccess(file: string, access: WorkspaceAccess): Promise<void> {
  const { baseUrl, clientId, clientSecret, tokenEndpoint } = access;
  const values = {
    LAUREL_URL: baseUrl,
    LAUREL_CLIENT_ID: clientId,
    LAUREL_CLIENT_SECRET: clientSecret,
    LAUREL_TOKEN_ENDPOINT: tokenEndpoint,
  };
  const lines = Object.entries(values).map(([name, value]) => `${name}=${value}\n`);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, lines.join(''), { mode: 0o600 });
}

/** What such a file says, where the platform is by now; nothing where there is no whole one. */
async function readAccess(file: string, platform: LocalPlatform): Promise<WorkspaceAccess | undefined> {
  if (!existsSync(file)) return undefined;
  const said = parseEnv(await readFile(file, 'utf8'));
  const { LAUREL_URL: url, LAUREL_CLIENT_ID: clientId, LAUREL_CLIENT_SECRET: clientSecret } = said;
  if (url === undefined || clientId === undefined || clientSecret === undefined) return undefined;
  // The port may be another one than before.
  const baseUrl = `${platform.baseUrl}${new URL(url).pathname}`;
  return { baseUrl, tokenEndpoint: platform.tokenEndpoint, clientId, clientSecret };
}

/** Writes down how whoever runs the platform calls it: with the credential of the first start. */
export async function prepareOperations(platform: LocalPlatform, file: string): Promise<void> {
  await writeAccess(file, (await readAccess(file, platform)) ?? (await platform.createPlatformClient()));
}
