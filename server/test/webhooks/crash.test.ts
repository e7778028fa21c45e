import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { deliverDue } from '../../src/webhooks/deliver.ts';
import { webhookWorker } from '../../src/webhooks/worker.ts';
import { HOME, openGame } from '../game/world.ts';
import { scopeAt } from './world.ts';

/** Runs the writer in a process of its own and kills it when it has said so many ids; tells all that it said. */
async function writeUntilKilled(folder: string, killAfter: number): Promise<string[]> {
  const script = join(import.meta.dirname, 'crash-writer.ts');
  const child = spawn(process.execPath, ['--conditions=@laurel/source', script, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    said.push(line);
    if (said.length === killAfter) child.kill('SIGKILL');
  }
  return said;
}

test.each([3, 120])('no webhook is lost when the process is killed after %i commits', async (killAfter) => {
  const folder = mkdtempSync(join(tmpdir(), 'laurel-webhooks-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const said = await writeUntilKilled(folder, killAfter);
  expect(said.length).toBeGreaterThanOrEqual(killAfter);

  const game = await openGame({ data: folder });
  const { platform, streams } = game.platform.inside;
  await streams.settled();
  const sent = new Map<string, number>();
  const worker = {
    ...webhookWorker(platform),
    send: async ({ headers }: { headers: Readonly<Record<string, string>> }) => {
      const id = headers['webhook-id'] ?? '';
      sent.set(id, (sent.get(id) ?? 0) + 1);
      return { kind: 'answered', status: 200 } as const;
    },
  };
  for (let attempted = 1; attempted > 0; ) {
    ({ attempted } = await deliverDue(worker, scopeAt(HOME), new Date().toISOString()));
  }
  expect(said.filter((id) => !sent.has(id))).toEqual([]);
  expect([...sent.values()].filter((times) => times !== 1)).toEqual([]);
  await game.close();
});
