import type { Audience } from '@laurel/contract/types';
import type { CompileCondition, Condition } from '../condition.ts';

/**
 * Whether a player is of an audience, as a function; null for everybody.
 * @param segment makes a function of a segment; without it nobody is in any
 */
export function audienceOf(
  audience: Audience | undefined,
  compile: CompileCondition,
  segment: (id: string) => Condition = nobody,
): Condition | null {
  if (audience === undefined) return null;
  return 'segment' in audience ? segment(audience.segment) : compile(audience.expression, undefined);
}

function nobody(segment: string): Condition {
  return () => ({ holds: false, why: 'condition_refused', values: { segment } });
}
