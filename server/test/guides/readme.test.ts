import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { missionOf } from '../game/definitions.ts';
import { type Game, HOME, laurelOf, openGame } from '../game/world.ts';
import type { Surroundings } from './surroundings.ts';
import { typeErrorsIn } from './typed.ts';

const README = fileURLToPath(new URL('../../../sdk/README.md', import.meta.url));
const HERE = fileURLToPath(new URL('.', import.meta.url));

/** The snippets of the SDK's README, each with the heading that it stands below. */
const text = await readFile(README, 'utf8');
const snippets = text.split(/^## /m).flatMap((section) => {
  const [heading = ''] = section.split('\n');
  return [...section.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = ''], index) => ({
    name: `${heading.toLowerCase().replaceAll(/\W+/g, '-')}-${index + 1}`,
    code,
  }));
});

/** The names that a reader has around a snippet that does not make them itself. */
const GIVEN: readonly (keyof Surroundings)[] = [
  'baseUrl',
  'changes',
  'fetchTokenFromYourBackend',
  'getToken',
  'issuer',
  'laurel',
  'location',
  'me',
  'mission',
  'production',
  'signal',
  'staging',
  'trace',
  'user',
];

/** A snippet as a module: what it imports, and a function around the rest, with what it does not make itself. */
function moduleOf(code: string): string {
  const imports = [...code.matchAll(/^import .*?;\n/gms)].map(([line]) => line);
  const rest = imports.reduce((left, line) => left.replace(line, ''), code);
  const client = /\bLaurel\b.*from/.test(imports.join('')) ? '' : "import { Laurel } from '@laurel/sdk';\n";
  return `${client}${imports.join('')}import type { Surroundings } from '../surroundings.ts';

export const classes = [Laurel];
export async function play({ ${GIVEN.join(', ')} }: Surroundings): Promise<unknown> {
  const given = [${GIVEN.join(', ')}];
  {
${rest}
  }
  return given;
}
`;
}

let game: Game;
let folder: string;
const fileOf = (name: string) => join(folder, `${name}.ts`);

beforeAll(async () => {
  folder = await mkdtemp(join(HERE, 'pages-'));
  await Promise.all(snippets.map(({ name, code }) => writeFile(fileOf(name), moduleOf(code))));
  game = await openGame();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await game.close();
  await rm(folder, { recursive: true, force: true });
});

/** What a reader has who has come so far: a workspace with a few definitions, and a player of theirs. */
async function surroundings(): Promise<Surroundings> {
  const { platform, laurel } = game;
  const access = await platform.createWorkspaceClient(HOME);
  vi.stubEnv('LAUREL_URL', access.baseUrl);
  vi.stubEnv('LAUREL_CLIENT_ID', access.clientId);
  vi.stubEnv('LAUREL_CLIENT_SECRET', access.clientSecret);
  vi.stubEnv('LAUREL_TOKEN_ENDPOINT', access.tokenEndpoint);
  await laurel.activities.create({ id: 'lesson.completed', name: { en: 'Lesson' }, playersMaySend: true });
  await laurel.currencies.create({ id: 'xp', name: { en: 'Experience' } });
  const { id: _, ...changes } = {
    id: '',
    ...missionOf(5),
    steps: [{ activity: 'lesson.completed', target: 5 }],
  };
  const mission = await laurel.missions.create({ id: 'weekly-five', ...changes });
  const user = await laurel.users.create({ id: 'ada' });
  const getToken = async () => (await laurel.users.mintToken(user.id)).accessToken;
  return {
    baseUrl: access.baseUrl,
    changes,
    fetchTokenFromYourBackend: getToken,
    getToken,
    issuer: platform.issuer,
    laurel,
    location: { origin: 'https://app.test', pathname: '/', href: 'https://app.test/' },
    me: { id: user.id },
    mission,
    production: laurelOf(await platform.createWorkspaceClient({ ...HOME, workspace: 'production' })),
    // Over before it begins: a subscription goes on for as long as it is let.
    signal: AbortSignal.abort(),
    staging: laurel,
    trace: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    user: { id: user.id },
  };
}

test('every snippet of the README runs as it is written, in order', async () => {
  const given = await surroundings();
  const written = [vi.spyOn(console, 'log'), vi.spyOn(console, 'warn'), vi.spyOn(console, 'debug')];
  for (const spy of written) spy.mockReturnValue(undefined);
  vi.stubGlobal('location', { ...given.location, assign: vi.fn() });
  for (const { name } of snippets) {
    const mission = await game.laurel.missions.get('weekly-five');
    const page: { play(given: Surroundings): Promise<unknown> } = await import(
      /* @vite-ignore */ pathToFileURL(fileOf(name)).href
    );
    // A page's snippet may be there to be refused: what it does not catch is told with its name.
    await page.play({ ...given, mission }).catch((cause: unknown) => {
      throw new Error(name, { cause });
    });
  }
  expect(snippets.length).toBeGreaterThan(14);
  vi.unstubAllGlobals();
  const [log] = written;
  expect(log?.mock.calls.length).toBeGreaterThan(5);
  // What the first snippets sent has arrived.
  const events = await game.laurel.events.list({ activity: 'lesson.completed' }).toArray({ max: 10 });
  expect(new Set(events.map(({ userId }) => userId)).size).toBe(2);
});

test('every snippet is well typed', async () => {
  expect(await typeErrorsIn(folder)).toBe('');
}, 120_000);
