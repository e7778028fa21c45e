import { afterAll, beforeAll, expect, test, vi } from 'vitest';
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

test('a chain that grows while it is verified is no chain that was cut', async () => {
  const { archive } = game.platform.inside.platform.audit;
  if (archive === undefined) throw new Error('there is no archive');
  const { head } = await game.laurel.auditRecords.verify();
  const get = archive.get.bind(archive);
  const grown = vi.spyOn(archive, 'get').mockImplementationOnce(async (...name) => {
    await seal(1);
    return get(...name);
  });
  const verified = await game.laurel.auditRecords.verify({ from: head.block });
  expect(grown).toHaveBeenCalled();
  expect(verified).toMatchObject({ valid: true, fault: null, next: null });
});
