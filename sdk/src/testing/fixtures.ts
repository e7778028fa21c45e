import { type Examples, examples, happeningExamples } from '../generated/examples.ts';
import type { Happening } from '../generated/types.ts';

/** A maker for each type with fields: the contract's example, a copy of its own each time, with the fields you give. */
export type Makers = {
  readonly [Name in Exclude<keyof Examples, 'happening'>]: (given?: Partial<Examples[Name]>) => Examples[Name];
};

/** A happening of one type. */
type Told<Type extends Happening['type']> = Extract<Happening, { type: Type }>;

/** What makes things for tests. */
export interface Fixtures extends Makers {
  /** A happening of this type: what webhooks and live streams tell. */
  happening<Type extends Happening['type']>(type: Type, given?: Partial<Told<Type>>): Told<Type>;
}

function makers(): Makers;
function makers(): object {
  const all = Object.entries(examples).map(([name, example]) => [
    name,
    (given: object = {}) => ({ ...structuredClone(example), ...given }),
  ]);
  return Object.fromEntries(all);
}

/**
 * Things for tests, typed, and with all that the contract demands: each is the contract's example with the fields that
 * you give in place of its own.
 *
 * @example
 * const mission = fixtures.playerMission({ name: 'Three a day' });
 * const happening = fixtures.happening('mission.completed', { userId: 'usr_1' });
 */
export const fixtures: Fixtures = {
  ...makers(),
  happening: (type, given) => ({ ...structuredClone(happeningExamples[type]), ...given }),
};
