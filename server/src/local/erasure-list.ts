import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ErasureList, ListedErasure } from '../ports/erasure-list.ts';

function nameOf({ tenant, workspace, pseudonym }: ListedErasure): string {
  return `${tenant}/${workspace}/${pseudonym}`;
}

async function readAll(file: string): Promise<ListedErasure[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
  // A line that was cut off by a crash was never acknowledged.
  const lines = text.split('\n').slice(0, -1);
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line));
}

/** A list in a file beside the database, a line each, on the disk before it is acknowledged. */
export async function fileErasures(file: string): Promise<ErasureList> {
  const all = new Map((await readAll(file)).map((one) => [nameOf(one), one]));
  return {
    async add(erasure) {
      if (all.has(nameOf(erasure))) return;
      await mkdir(dirname(file), { recursive: true });
      const handle = await open(file, 'a', 0o600);
      try {
        // A line break first: what a crash has cut off is a line of its own.
        await handle.appendFile(`\n${JSON.stringify(erasure)}\n`);
        await handle.sync();
      } finally {
        await handle.close();
      }
      all.set(nameOf(erasure), erasure);
    },
    all: async () => [...all.values()],
  };
}
