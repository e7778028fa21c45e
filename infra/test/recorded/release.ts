import { runRounds } from '../../../server/src/schedule/cell.ts';
import { turnHandlers } from '../../../server/src/schedule/handlers.ts';
import { boardOf, defineBasics } from '../../../server/test/game/definitions.ts';
import { clockAt, openGame, times } from '../../../server/test/game/world.ts';

/** So many definitions that they do not go into one transaction, beside whatever is written with them. */
const MANY = 60;

/**
 * A configuration that is applied in several transactions is finished by whoever reads the rules next: here first the
 * scheduler, and then the API.
 */
export async function finishReleases(): Promise<void> {
  const clock = clockAt('2026-05-27T00:00:00Z');
  const game = await openGame({ clock });
  try {
    const { laurel } = game;
    await defineBasics(laurel);
    const window = { kind: 'recurring' as const, every: 'day' as const, zone: 'UTC' };
    await laurel.leaderboards.create({ id: 'daily', ...boardOf('dense'), window });
    const apply = async (start: number) => {
      const { definitions } = await laurel.config.export();
      const more = times(MANY, (index) => ({ id: `a-${start + index}`, name: { en: 'Any' } }));
      const activities = [...(definitions.activities ?? []), ...more];
      const document = { format: 'laurel.config/1' as const, definitions: { ...definitions, activities } };
      const { base } = await laurel.config.plan({ document });
      await laurel.config.apply({ document, base });
    };
    await laurel.activities.create({ id: 'a-1', name: { en: 'Drafted' }, draft: true });
    await apply(0);
    clock.set('2026-05-29T00:00:00Z');
    const { platform } = game.platform.inside;
    await runRounds(platform, turnHandlers, { now: () => clock.now(), hasTime: () => true });
    await apply(MANY);
    await laurel.config.export();
  } finally {
    await game.close();
  }
}
