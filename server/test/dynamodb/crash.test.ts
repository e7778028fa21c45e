import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openEngine } from '../../src/local/dynamodb/index.ts';
import { clientOf } from './engine-client.ts';

const TOTAL = 10_000;
const ROUNDS = 8;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'engine-crash-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/**
 * Runs the writer from a number on and kills it, as `kill -9` does, a moment after it has acknowledged so many.
 * Answers the numbers that it acknowledged.
 */
async function writeUntilKilled(first: number, killAfter: number): Promise<number[]> {
  const script = join(import.meta.dirname, 'crash-writer.ts');
  const child = spawn(process.execPath, [script, folder, `${first}`, `${first + TOTAL}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const acknowledged: number[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    acknowledged.push(Number(line));
    // Some random milliseconds later: right after an acknowledgement the writer is never in the middle of a commit.
    if (acknowledged.length === killAfter) setTimeout(() => child.kill('SIGKILL'), Math.random() * 20);
  }
  expect(acknowledged.length).toBeGreaterThanOrEqual(killAfter);
  return acknowledged;
}

/** The parts that are there of each transaction, and how many the counter says there are. */
async function readBack(): Promise<{ readonly parts: Map<number, number>; readonly counted: number }> {
  const engine = openEngine({ location: folder });
  const doc = clientOf(engine);
  const parts = new Map<number, number>();
  let counted = 0;
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const page = await doc.scan({ TableName: 'main', ExclusiveStartKey });
    for (const { pk, number, n } of page.Items ?? []) {
      if (pk === 'count') counted = Number(n);
      else parts.set(Number(number), (parts.get(Number(number)) ?? 0) + 1);
    }
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  engine.close();
  return { parts, counted };
}

test(`after each of ${ROUNDS} kills every transaction is whole or absent, and none that was acknowledged is lost`, async () => {
  const acknowledged = new Set<number>();
  for (let round = 0; round < ROUNDS; round++) {
    const killAfter = 50 + Math.floor(Math.random() * 700);
    for (const number of await writeUntilKilled(round * TOTAL, killAfter)) acknowledged.add(number);
    const { parts, counted } = await readBack();
    expect([...parts].filter(([, count]) => count !== 3)).toEqual([]);
    expect([...acknowledged].filter((number) => !parts.has(number))).toEqual([]);
    expect(counted).toBe(parts.size);
  }
}, 60_000);
