import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { styleText } from 'node:util';
import { startPlatform } from '@laurel/server/local';
import { type Demo, prepareDemo } from './demo.ts';
import { prepareOperations, writeAccess } from './operations.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Where the platform keeps its data and keys. */
const FOLDER = resolve(process.env.LAUREL_DATA || join(ROOT, '.laurel'));
const DEFAULT_PORT = 8787;

function say(line = ''): void {
  process.stdout.write(`${line}\n`);
}

function fail(line: string): never {
  process.stderr.write(`${line}\n`);
  process.exit(1);
}

function portOf(text: string | undefined): number {
  if (text === undefined || text === '') return DEFAULT_PORT;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    fail(`PORT must be a number from 0 to 65535, not "${text}".`);
  return port;
}

/** Where people are sent back to after they signed in, besides the console: URLs with commas between. */
function signInPagesOf(text = ''): readonly string[] {
  const pages = text
    .split(',')
    .map((page) => page.trim())
    .filter((page) => page !== '');
  const odd = pages.find((page) => !URL.canParse(page));
  if (odd !== undefined) fail(`LAUREL_SIGN_IN_PAGES must be URLs with commas between: "${odd}" is none.`);
  return pages;
}

/** A shell's word, whatever characters it has. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Headers in files, so that the lines to paste are short and no token stands in a shell's history. */
async function writeHeaders(name: string, token: string): Promise<string> {
  const file = join(FOLDER, `${name}.headers`);
  await writeFile(file, `Authorization: Bearer ${token}\n`, { mode: 0o600 });
  return quoted(`@${file}`);
}

async function machineToken({ tokenEndpoint, clientId, clientSecret }: Demo): Promise<string> {
  const response = await fetch(tokenEndpoint, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  const { access_token: token }: { access_token?: string } = await response.json();
  if (token === undefined) throw new Error(`the issuer gave no token: ${response.status}`);
  return token;
}

async function sayWhatToTry(demo: Demo): Promise<void> {
  const player = await writeHeaders('player', demo.playerToken);
  const machine = await writeHeaders('machine', await machineToken(demo));
  const body = quoted(JSON.stringify({ activity: 'commit', userId: demo.playerId }));
  say();
  say(styleText('bold', 'Try next (the tokens last 15 minutes; start again for new ones):'));
  say();
  say('  # The best committers, as the first of them sees it');
  say(`  curl -s ${quoted(`${demo.baseUrl}/app/v1/leaderboards/commits/entries?limit=3`)} -H ${player}`);
  say();
  say('  # What that player has earned');
  say(`  curl -s ${quoted(`${demo.baseUrl}/app/v1/wallets/xp`)} -H ${player}`);
  say();
  say('  # One more commit of theirs, sent by a backend: see what it brings about');
  say(
    `  curl -s -X POST ${quoted(`${demo.baseUrl}/dashboard/v1/events`)} -H ${machine} -H 'content-type: application/json' -d ${body}`,
  );
  say();
  const [ofBackend, ofOperations] = [join(FOLDER, 'sdk.env'), join(FOLDER, 'platform.env')];
  await writeAccess(ofBackend, demo);
  say("  # A program of yours with @laurel/sdk/server, as the SDK's README begins");
  say(`  node --env-file=${quoted(ofBackend)} your-program.js`);
  say();
  await prepareOperations(platform, ofOperations);
  say('  # The same as whoever runs the platform, who opens tenants: see docs/operating');
  say(`  node --env-file=${quoted(ofOperations)} your-program.js`);
  say();
}

const port = portOf(process.env.PORT);
const logLevel = process.env.LAUREL_LOG === 'info' ? 'INFO' : 'ERROR';
const platform = await startPlatform({
  data: FOLDER,
  port,
  logLevel,
  scheduleEvery: 1000,
  sealEvery: 1000,
  limits: 'plans',
  signInPages: signInPagesOf(process.env.LAUREL_SIGN_IN_PAGES),
}).catch((error: Error & { code?: string }) => {
  if (error.code !== 'EADDRINUSE') fail(`Laurel could not start: ${error.message}`);
  fail(`Port ${port} is taken by another program. Stop it, or choose another port: PORT=${port + 1} npm start`);
});

let closing = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (closing) return;
    closing = true;
    void platform.close().then(() => process.exit(0));
  });
}

say(`${styleText('bold', 'Laurel')} runs at ${platform.baseUrl}`);
say(`  reference  ${platform.baseUrl}/docs`);
say(`  OpenAPI    ${platform.baseUrl}/openapi/{app,dashboard,platform}.json`);
say(`  health     ${platform.baseUrl}/health`);
say(`  data       ${FOLDER} (delete it to begin anew)`);
say(`  mail       ${join(FOLDER, 'outbox')} (nothing is sent: codes to sign in are here)`);
say();
await sayWhatToTry(await prepareDemo(platform, FOLDER, ROOT, say)).catch((error: unknown) => {
  // A stop in the middle of the import is no failure: it goes on at the next start.
  if (!closing) throw error;
});
if (!closing) say('Ctrl-C ends it; nothing is lost.');
