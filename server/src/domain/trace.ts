import type { RuleKind, TraceCode } from '@laurel/contract/types';

export type { RuleKind, TraceCode } from '@laurel/contract/types';

/** Values by plain names. */
export type TraceValues = Readonly<Record<string, string | number | boolean>>;

/** What a condition looked at. A function, since it is worked out only where somebody asks for an explanation. */
export type Seen = () => TraceValues;

/** What several conditions looked at together, of the same facts. */
export function allSeen(...seen: readonly (Seen | undefined)[]): Seen | undefined {
  const asked = seen.filter((one) => one !== undefined);
  return asked.length > 1 ? () => Object.assign({}, ...asked.map((one) => one())) : asked[0];
}

/** How one rule took an event: whether it fired, at which version, and what decided it. */
export interface TraceEntry {
  readonly kind: RuleKind;
  readonly id: string;
  readonly version: number;
  readonly fired: boolean;
  readonly why: TraceCode;
  /** The values that decided it. */
  readonly values: TraceValues;
  /** What its condition looked at, whether it held or not: the operators' to know; absent where none was asked. */
  readonly seen?: Seen | undefined;
}
