import type { Fact, Happening } from '@laurel/contract/types';
import type { HappeningBatch } from '../store/happenings.ts';
import type { Scope } from '../store/scope.ts';
import type { Platform } from './platform.ts';

/** Where and when something happens: a call, or a step of a background worker. */
export interface Occasion {
  readonly platform: Pick<Platform, 'newId'>;
  readonly scope: Scope;
  readonly now: string;
}

/** Makes facts about a user (or about nobody alone) into what the outside is told, each under an id of its own. */
export function happen({ platform, scope }: Occasion, userId: string | null, facts: readonly Fact[]): Happening[] {
  return facts.map((fact) => ({ id: platform.newId('happening'), ...fact, workspace: scope.workspace, userId }));
}

/** The batch of what happens outside of any player's sheet; see `saveHappenings`. */
export function batchOutsideOfSheets(
  occasion: Occasion,
  userId: string | null,
  facts: readonly Fact[],
): HappeningBatch {
  const happenings = happen(occasion, userId, facts);
  return { userId: null, sequence: Date.parse(occasion.now), at: occasion.now, happenings };
}
