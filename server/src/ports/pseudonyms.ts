import type { Scope } from '../store/scope.ts';

/** What a pseudonym stands for. */
export type PseudonymKind = 'user' | 'external user' | 'address';

/**
 * Names that stand for people and their addresses where those must not be written down: the same name for the same
 * person in one workspace, another in each workspace, and nothing that leads back without the workspace's key.
 */
export interface Pseudonyms {
  of(scope: Scope, kind: PseudonymKind, value: string): string;
}
