import { type Facts, verdictOf } from '../condition.ts';
import type { StepState } from '../player.ts';
import { allSeen, type Seen, type TraceCode, type TraceEntry } from '../trace.ts';
import type { Trigger } from './trigger.ts';
import type { MissionVersion, StepRule } from './version.ts';

/** What one step was moved by. */
export interface StepMove {
  readonly step: number;
  readonly added: number;
  /** The amount of the step after it. */
  readonly amount: number;
}

/** What a trigger comes to for the steps of a progress. */
export interface Advance {
  readonly steps: readonly StepState[];
  readonly moves: readonly StepMove[];
  /** What expressions came to, by where explanations tell it. */
  readonly added: TraceEntry['values'];
  /** What the conditions of the steps looked at. */
  readonly seen: Seen | undefined;
  /** Why nothing moved; null where something did. */
  readonly still: Still | null;
}

/** Why a trigger moves nothing. */
interface Still {
  readonly why: TraceCode;
  readonly values: TraceEntry['values'];
}

/** Moves the steps that wait for a trigger. One that completes a step of a sequence is not counted by the next one. */
export function advanceSteps(
  version: MissionVersion,
  steps: readonly StepState[],
  trigger: Trigger,
  facts: Facts,
): Advance {
  const moves: StepMove[] = [];
  const added: Record<string, number> = {};
  let seen: Seen | undefined;
  let still: Still = { why: 'step_not_open', values: {} };
  const next = steps.slice();
  for (const [index, state, rule] of openSteps(version, steps)) {
    if (!takes(rule, trigger)) continue;
    const adds = addsTo(rule, trigger, facts);
    seen = allSeen(seen, adds.seen);
    if ('why' in adds) still = adds;
    else {
      const moved = movedBy(state, adds.amount, facts.event.occurredAt);
      next[index] = moved;
      moves.push({ step: index, added: moved.amount - state.amount, amount: moved.amount });
      if (typeof rule.adds === 'function') added[steps.length === 1 ? 'adds' : `adds.${index}`] = adds.amount;
    }
  }
  return { steps: next, moves, added, seen, still: moves.length > 0 ? null : still };
}

/** The steps that can be moved: those that are not completed; in a sequence the first of them alone. */
function openSteps(
  { steps: rules, inSequence }: MissionVersion,
  steps: readonly StepState[],
): (readonly [index: number, state: StepState, rule: StepRule])[] {
  const open = steps.flatMap((state, index) => {
    const rule = rules[index];
    return rule === undefined || state.completedAt !== null ? [] : [[index, state, rule] as const];
  });
  return inSequence ? open.slice(0, 1) : open;
}

/** Whether a step waits for a trigger. */
export function takes({ keys, level }: StepRule, trigger: Trigger): boolean {
  return keys.has(trigger.key) && (level === null || (trigger.level ?? 0) >= level);
}

/** The most that one event adds. */
const MOST = 1_000_000_000_000;

/** How much a trigger adds to a step that takes it, more than 0, or why it adds nothing; and what its condition looked at. */
export function addsTo(
  rule: StepRule,
  trigger: Trigger,
  facts: Facts,
): ({ readonly amount: number } | Still) & { readonly seen?: Seen | undefined } {
  const { seen, ...verdict } = verdictOf(rule, facts);
  return { ...(verdict.holds ? addedWhere(rule, trigger, facts) : { why: verdict.why, values: {} }), seen };
}

/** How much a trigger adds where the step's condition holds. */
function addedWhere({ adds }: StepRule, { key }: Trigger, facts: Facts): { readonly amount: number } | Still {
  if (typeof adds === 'function') {
    const result = adds(facts);
    if ('refusal' in result) return { why: 'adds_refused', values: result };
    if (result.amount <= 0) return { why: 'adds_nothing', values: { adds: result.amount } };
    return { amount: Math.min(result.amount, MOST) };
  }
  const amount = adds === 'value' && key === facts.event.activity ? facts.event.value : 1;
  return amount === 0 ? { why: 'adds_nothing', values: {} } : { amount };
}

function movedBy({ amount, target }: StepState, added: number, at: string): StepState {
  // Compared before it is added, so that no sum leaves the range of exact integers.
  const reached = added >= target - amount;
  return { amount: reached ? target : amount + added, target, completedAt: reached ? at : null };
}

/** What the steps of a progress come to together. */
export function standingOf(
  { needed }: Pick<MissionVersion, 'needed'>,
  steps: readonly StepState[],
): { readonly amount: number; readonly target: number; readonly isComplete: boolean } {
  const [only, ...more] = steps;
  const done = steps.filter(({ completedAt }) => completedAt !== null).length;
  const isComplete = done >= needed;
  if (only !== undefined && more.length === 0) return { amount: only.amount, target: only.target, isComplete };
  return { amount: Math.min(done, needed), target: needed, isComplete };
}
