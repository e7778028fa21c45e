// `npm run recount`: counts anew, from the table itself, what is counted of it.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { kmsClient } from '@laurel/server/lambda/aws';
import { readStreamConfig } from '@laurel/server/lambda/environment';
import { vaultedTable } from '@laurel/server/lambda/vault';
import { startPlatform } from '@laurel/server/local';
import type { Table } from '@laurel/server/store/table';
import { streamConsumers } from '@laurel/server/stream/consumers';
import { type Recounting, recountAll } from '@laurel/server/stream/recount';

const USAGE = `npm run recount -- --data FOLDER [--only usage,analytics,teams] [--tenant T [--workspace W]]
npm run recount -- --aws [--only …] [--tenant …]

Counts anew what is counted of players: what tenants use of their plans (usage), analytics, and what teams have (teams). What is
right stays as it is. A folder is that of a platform that is not running; with --aws it is the table that LAUREL_TABLE names,
with LAUREL_KEYS_TABLE and LAUREL_VAULT_KEY, reached by AWS's usual credentials, while it is in use.`;

async function recount(table: Table, recounting: Recounting): Promise<void> {
  for await (const { consumer, tenant, workspace } of recountAll(table, streamConsumers(table), recounting))
    process.stdout.write(`${consumer} of ${tenant}/${workspace} is counted anew\n`);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      data: { type: 'string' },
      aws: { type: 'boolean', default: false },
      only: { type: 'string' },
      tenant: { type: 'string' },
      workspace: { type: 'string' },
    },
  });
  const { data, aws, only, tenant, workspace } = values;
  if (aws === (data !== undefined) || (workspace !== undefined && tenant === undefined)) throw new Error(USAGE);
  const recounting = {
    ...(only === undefined ? {} : { only: only.split(',') }),
    ...(tenant === undefined ? {} : { tenant }),
    ...(workspace === undefined ? {} : { workspace }),
  };
  if (data === undefined) return recount(vaultedTable(readStreamConfig(process.env), kmsClient()), recounting);
  // Paths are relative to where whoever calls stands.
  const folder = resolve(process.env.LAUREL_CWD ?? process.cwd(), data);
  const platform = await startPlatform({ data: folder, port: 0 });
  try {
    await recount(platform.inside.platform.table, recounting);
  } finally {
    await platform.close();
  }
}

await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
});
