// `npm run audit -- export|verify …`: takes a workspace's audit out of Laurel, and verifies it, there or without Laurel.
import { createReadStream, createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { Laurel } from '@laurel/sdk/server';
import { verifyExport } from '@laurel/server/audit/offline';

const USAGE = `npm run audit -- export --to FILE                 every block, a line each
npm run audit -- verify FILE --tenant T --workspace W [--keys FILE]   without Laurel
npm run audit -- verify [--known BLOCK:HASH]          by Laurel, which holds it against its archive too

Where Laurel is: LAUREL_URL, LAUREL_CLIENT_ID, LAUREL_CLIENT_SECRET, LAUREL_TOKEN_ENDPOINT; the scope is audit-records:read.
--keys: what \`verify\` printed as keys, from a time when you trusted it. Ends with 1 where something is wrong.`;

const say = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
// Paths are relative to where whoever calls stands.
const fileAt = (path: string): string => resolve(process.env.LAUREL_CWD ?? process.cwd(), path);

function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`${name} is missing\n\n${USAGE}`);
  return value;
}

function connect(): Laurel {
  return new Laurel({
    baseUrl: variable('LAUREL_URL'),
    auth: {
      clientId: variable('LAUREL_CLIENT_ID'),
      clientSecret: variable('LAUREL_CLIENT_SECRET'),
      tokenEndpoint: variable('LAUREL_TOKEN_ENDPOINT'),
    },
  });
}

async function* exported(laurel: Laurel): AsyncGenerator<string> {
  for await (const block of laurel.auditRecords.export()) yield `${JSON.stringify(block)}\n`;
}

async function* blocksIn(file: string) {
  for await (const line of createInterface({ input: createReadStream(file) })) if (line !== '') yield JSON.parse(line);
}

/** Verifies a file. */
async function verifyFile(file: string, place: { tenant?: string; workspace?: string; keys?: string }) {
  const { tenant, workspace } = place;
  if (tenant === undefined || workspace === undefined) throw new Error(USAGE);
  const keys = place.keys === undefined ? [] : JSON.parse(await readFile(fileAt(place.keys), 'utf8'));
  return verifyExport({ tenant, workspace }, blocksIn(fileAt(file)), keys);
}

/** Has Laurel verify all of it, part by part. */
async function verifyThere(known: string | undefined) {
  const laurel = connect();
  const [block = '', hash = ''] = known?.split(':') ?? [];
  const kept = known === undefined ? {} : { knownBlock: Number(block), knownHash: hash };
  let records = 0;
  for (let from = 1; ; ) {
    const { fault, head, keys, next, records: seen } = await laurel.auditRecords.verify({ from, ...kept });
    records += seen;
    if (fault !== null || next === null) return { head, records, fault, keys };
    from = next;
  }
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      to: { type: 'string' },
      tenant: { type: 'string' },
      workspace: { type: 'string' },
      keys: { type: 'string' },
      known: { type: 'string' },
    },
  });
  const [command, file] = positionals;
  if (command === 'export' && values.to !== undefined) {
    await pipeline(exported(connect()), createWriteStream(fileAt(values.to), { mode: 0o600 }));
    return;
  }
  if (command !== 'verify') throw new Error(USAGE);
  const verdict = file === undefined ? await verifyThere(values.known) : await verifyFile(file, values);
  say(verdict);
  process.exitCode = verdict.fault === null ? 0 : 1;
}

await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
});
