import type { Segment } from '@laurel/contract/types';
import type { UserFacts } from '../user-facts.ts';

/** A compiled condition over a user alone: a pure function, which the shell makes of the text. */
export type UserCondition = (user: UserFacts) => boolean;

/** A segment with its condition compiled. */
export type CompiledSegment = Pick<Segment, 'id' | 'version' | 'status'> & { readonly holds: UserCondition };

/**
 * Whether a user is in a segment. It depends on the segment's version and the facts alone, so that an event that is
 * decided again with the facts that were kept with it finds the same audience. An archived segment keeps its users:
 * what is bound to it goes on, and nothing new can be.
 */
export function inSegment({ holds }: Pick<CompiledSegment, 'holds'>, user: UserFacts): boolean {
  return holds(user);
}

/** Compiles segments, by id. */
export function compileSegments(
  segments: readonly Segment[],
  compile: (text: string) => UserCondition,
): ReadonlyMap<string, CompiledSegment> {
  return new Map(
    segments.map(({ id, version, status, condition }) => [id, { id, version, status, holds: compile(condition) }]),
  );
}
