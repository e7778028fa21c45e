import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openGame } from '../game/world.ts';
import { tracesBelow, tracesIn } from './canary.ts';
import { defineGame, EVERY_WORD, liveALife } from './person.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'laurel-canary-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('threat 56: of a person who plays everything no word rests in the files, the stream or the log', async () => {
  const logged: string[] = [];
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    logged.push(String(text));
    return true;
  });
  const game = await openGame({ data: folder, logLevel: 'DEBUG' });
  await defineGame(game.laurel);
  await liveALife(game);
  write.mockRestore();
  // While it runs, so that the log of the database is looked at as well.
  expect(tracesBelow(folder, EVERY_WORD)).toEqual([]);
  expect(tracesIn(Buffer.from(logged.join('')), EVERY_WORD)).toEqual([]);
  await game.close();
  expect(tracesBelow(folder, EVERY_WORD)).toEqual([]);
});
