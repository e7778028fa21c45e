import type { Audience } from '@laurel/contract/types';
import type { CompileCondition, Condition } from '../condition.ts';
import { type CompiledSegment, inSegment } from '../segment/segment.ts';

/** Whether a player is of an audience, as a function of what was known of them at the event; null for everybody. */
export function audienceOf(
  audience: Audience | undefined,
  compile: CompileCondition,
  segments: ReadonlyMap<string, CompiledSegment>,
): Condition | null {
  if (audience === undefined) return null;
  if (!('segment' in audience)) return compile(audience.expression, undefined);
  const segment = segments.get(audience.segment);
  const seen = () => ({ segment: audience.segment });
  return ({ user }) =>
    segment !== undefined && inSegment(segment, user)
      ? { holds: true, seen }
      : { holds: false, why: 'condition_false', seen };
}
