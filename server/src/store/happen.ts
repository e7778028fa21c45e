import type { IdKind } from '@laurel/contract/shared/ids';
import type { Fact, Happening } from '@laurel/contract/types';
import type { HappeningBatch } from './happenings.ts';
import type { Scope } from './scope.ts';

/** Where and when something happens: a call, or a step of a background worker. */
export interface Occasion {
  readonly newId: (kind: IdKind) => string;
  readonly scope: Scope;
  /** RFC 3339. */
  readonly now: string;
}

/** Makes facts about a user (or about nobody alone) into what the outside is told, each under an id of its own. */
export function happen(
  { newId, scope }: Pick<Occasion, 'newId' | 'scope'>,
  userId: string | null,
  facts: readonly Fact[],
): Happening[] {
  return facts.map((fact) => ({ id: newId('happening'), ...fact, workspace: scope.workspace, userId }));
}

/** The batch of what happens outside of any player's sheet, for `saveHappenings`. */
export function batchOutsideOfSheets(
  occasion: Occasion,
  userId: string | null,
  facts: readonly Fact[],
): HappeningBatch {
  const { now } = occasion;
  return { userId: null, sequence: Date.parse(now), at: now, happenings: happen(occasion, userId, facts) };
}
