import { Laurel } from '@laurel/sdk/server';
import { afterEach, expect, test, vi } from 'vitest';
import { codeOf, type Game, HOME, laurelOf, openGame } from '../game/world.ts';

let game: Game;
afterEach(() => game.close());

test('what is refused since no more records can be kept leaves none, so that they stay as many as they may be', async () => {
  game = await openGame();
  const { gatherer } = game.platform.inside.platform.audit;
  const client = laurelOf(await game.platform.createWorkspaceClient(HOME), { maxRetries: 0 });
  await client.activities.list();
  const full = vi.spyOn(gatherer, 'isFull').mockReturnValue(true);
  const add = vi.spyOn(gatherer, 'add');
  const baseUrl = `${game.platform.baseUrl}/${HOME.tenant}`;
  const unknown = new Laurel({ baseUrl, auth: { token: 'none' }, maxRetries: 0 });
  expect(await codeOf(client.activities.list())).toBe('unavailable');
  expect(await codeOf(unknown.activities.list())).toBe('invalid_token');
  expect(add).not.toHaveBeenCalled();
  full.mockRestore();
  expect(await codeOf(unknown.activities.list())).toBe('invalid_token');
  expect(add).toHaveBeenCalledTimes(1);
});
