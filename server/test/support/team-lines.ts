import { DeleteCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { Table } from '../../src/store/table.ts';

/** Takes away what teams were counted to have, as if the stream had told nothing of it yet; how many lines that were. */
export async function forgetTeamLines({ client, name }: Table): Promise<number> {
  const { Items = [] } = await client.send(new ScanCommand({ TableName: name }));
  const lines = Items.filter(({ pk, sk }) => /#TEAM#[^#]+$/.test(String(pk)) && String(sk).startsWith('SCORE#'));
  for (const { pk, sk } of lines) await client.send(new DeleteCommand({ TableName: name, Key: { pk, sk } }));
  return lines.length;
}
