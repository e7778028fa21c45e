// `npm run begin -- …`: makes a cell's first credential on AWS, for whoever runs the platform.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { beginCell } from '@laurel/server/lambda/begin';
import { writeAccess } from './operations.ts';

const USAGE = `npm run begin -- --cell CELL --table TABLE --tenant TENANT --url URL --to FILE [--workspace NAME]

Makes a credential for whoever runs the platform, and the tenant and the workspace (operations) that it is of, where
they are not there. FILE is for \`node --env-file\`; its secret is told nowhere else.
TENANT is the one that \`runsPlatform\` in the cell, URL its base URL (\`BaseUrl\` of its stack). Region and credentials are AWS's own
settings; they must allow to read and write items of the table. Run it again for another credential.`;

function given(name: string, value: string | undefined): string {
  if (value === undefined || value === '') throw new Error(`--${name} is missing\n\n${USAGE}`);
  return value;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      cell: { type: 'string' },
      table: { type: 'string' },
      tenant: { type: 'string' },
      workspace: { type: 'string', default: 'operations' },
      url: { type: 'string' },
      to: { type: 'string' },
    },
  });
  const place = { tenant: given('tenant', values.tenant), workspace: values.workspace };
  const cell = { cell: given('cell', values.cell), table: given('table', values.table) };
  const baseUrl = new URL(given('url', values.url)).href.replace(/\/$/, '');
  // Paths are relative to where whoever calls stands.
  const file = resolve(process.env.LAUREL_CWD ?? process.cwd(), given('to', values.to));
  // A secret that could not be written down would be lost, and one that was there before as well.
  if (existsSync(file)) throw new Error(`${file} is there already: name another file`);
  const credential = await beginCell(cell, place);
  await writeAccess(file, { ...credential, baseUrl, tokenEndpoint: `${baseUrl}/oauth2/token` });
  process.stdout.write(`${credential.clientId} runs the platform of ${cell.cell}; how it calls stands in ${file}\n`);
}

function saidOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isTable = error.name === 'ResourceNotFoundException';
  return isTable ? 'There is no such table where AWS_REGION and the credentials lead: see --table.' : error.message;
}

await main().catch((error: unknown) => {
  process.stderr.write(`${saidOf(error)}\n`);
  process.exitCode = 2;
});
