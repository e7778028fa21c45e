import { afterAll, beforeAll, expect, test } from 'vitest';
import { codeOf, times } from '../game/world.ts';
import { openPeople, type People } from './world.ts';

let people: People;
beforeAll(async () => {
  people = await openPeople();
});
afterAll(() => people.test.close());

test('a clone that is refused has written nothing, however large what it was of', async () => {
  const home = await people.machine();
  const owner = await people.operator('owner');
  const name = { en: 'A name' };
  const leaderboards = times(50, (nth) => ({
    id: `board-${nth}`,
    name,
    source: { kind: 'count', activity: 'lesson' } as const,
    window: { kind: 'recurring', every: 'day', zone: 'UTC' } as const,
  }));
  const definitions = { activities: [{ id: 'lesson', name }], leaderboards };
  const document = { format: 'laurel.config/1' as const, definitions };
  const { base } = await home.config.plan({ document });
  await home.config.apply({ document, base });
  await home.config.export();
  await people.platform.inside.streams.settled();
  const before = await people.test.snapshot();
  const again = owner.platform.workspaces.clone('acme', 'main', { slug: 'side', name: 'Again' });
  expect(await codeOf(again)).toBe('already_exists');
  expect(await people.test.snapshot()).toBe(before);
});
