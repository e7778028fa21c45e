import type { EventExplanation, RuleExplanation } from '@laurel/contract/events/schema';
import {
  comparePositions,
  decide,
  foldStretch,
  isClosed,
  positionOf,
  type TraceCode,
  type TraceEntry,
} from '../domain/index.ts';
import type { EventRecord } from '../store/events.ts';
import { getSheet } from '../store/players.ts';
import type { CallContext } from './call.ts';
import { pastOf } from './past.ts';
import { baseOf, PAST_CLOSED, rulesetsOf } from './plan-base.ts';
import { storedView } from './player-view.ts';
import { ProblemError } from './problem.ts';

/**
 * Why an event brought about what it did: it is decided again, in its place, by the ruleset that decided it first.
 * Operators see what conditions looked at, whether they held or not; players see no more than what moved.
 */
export async function explainEvent(
  call: CallContext,
  { event }: EventRecord,
  reader: 'operator' | 'player',
): Promise<EventExplanation> {
  const sheet = await getSheet(call.platform.table, call.scope, event.userId);
  const place = { at: event.occurredAt, id: event.id };
  if (isClosed(sheet.snapshots, place)) throw new ProblemError('unprocessable', PAST_CLOSED.detail);
  const view = storedView(call, event.userId, sheet);
  const { state, lines } = await baseOf(view, place);
  const line = lines.find(({ entry }) => entry.id === event.id && entry.act === null);
  if (line === undefined) throw new Error('an event is not in its history');
  const before = lines
    .filter(({ entry, voided }) => voided === null && comparePositions(positionOf(entry), place) < 0)
    .map(({ entry }) => entry);
  const rulesetOf = await rulesetsOf(call, [...before, line.entry]);
  const past = await pastOf(call, view, state, [...before, line.entry], rulesetOf);
  const folded = foldStretch(state, before, rulesetOf, undefined, past, true);
  if (folded.kind === 'refused') throw new Error(`a history that was folded is refused: ${folded.detail}`);
  const decision = decide(rulesetOf(line.entry.ruleset), folded.state, line.entry, folded.past);
  if (decision.kind === 'refused') throw new Error(`an event that was counted is refused: ${decision.detail}`);
  const granted = line.voided === null ? decision.outcome.granted : [];
  return {
    event,
    rulesetVersion: line.entry.ruleset,
    rules: decision.trace.map(reader === 'operator' ? explained : forPlayer),
    granted: granted.map(({ currency, amount, reason }) => ({ currency, amount, reason })),
  };
}

function explained({ seen, ...rule }: TraceEntry): RuleExplanation {
  return { ...rule, values: { ...seen?.(), ...rule.values } };
}

/** Why no player is told the values: how likely a draw is, how large a budget, what a formula was refused for. */
const OPERATORS: ReadonlySet<TraceCode> = new Set(['adds_refused', 'chance_missed', 'budget_exhausted']);

function forPlayer({ seen: _, ...rule }: TraceEntry): RuleExplanation {
  return { ...rule, values: OPERATORS.has(rule.why) ? {} : { ...rule.values } };
}
