import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Game, openGame, times } from '../game/world.ts';

let game: Game;
beforeAll(async () => {
  game = await openGame();
});
afterAll(() => game.close());

/** Seals so many blocks more. */
async function seal(count: number): Promise<void> {
  for (const _ of times(count, () => null)) {
    await game.laurel.activities.list();
    await game.platform.inside.sealer.seal();
  }
}

test('an export goes on to the end, however many blocks there are and however many are asked for at a time', async () => {
  await seal(70);
  const { head, valid } = await game.laurel.auditRecords.verify();
  expect(valid).toBe(true);
  for (const limit of [1, 25, 26, 27, 50, 200]) {
    const blocks: number[] = [];
    for await (const { block } of game.laurel.auditRecords.export({ limit })) {
      blocks.push(block);
      if (blocks.length === head.block) break;
    }
    expect(blocks).toEqual(times(head.block, (nth) => nth + 1));
  }
}, 60_000);
