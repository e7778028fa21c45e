import type { EventExplanation } from '@laurel/contract/events/schema';
import { comparePositions, decide, foldStretch, positionOf } from '../domain/index.ts';
import type { EventRecord } from '../store/events.ts';
import { getSheet } from '../store/players.ts';
import type { CallContext } from './call.ts';
import { pastOf } from './past.ts';
import { baseOf, rulesetsOf } from './plan.ts';
import { storedView } from './player-view.ts';

/** Why an event brought about what it did: it is decided again, in its place, by the ruleset that decided it first. */
export async function explainEvent(call: CallContext, { event }: EventRecord): Promise<EventExplanation> {
  const sheet = await getSheet(call.platform.table, call.scope, event.userId);
  const place = { at: event.occurredAt, id: event.id };
  const view = storedView(call, event.userId, sheet);
  const { state, lines } = await baseOf(view, place);
  const line = lines.find(({ entry }) => entry.id === event.id && entry.act === null);
  if (line === undefined) throw new Error('an event is not in its history');
  const before = lines
    .filter(({ entry, voided }) => voided === null && comparePositions(positionOf(entry), place) < 0)
    .map(({ entry }) => entry);
  const rulesetOf = await rulesetsOf(call, [...before, line.entry]);
  const past = await pastOf(view, state, [...before, line.entry], rulesetOf);
  const folded = foldStretch(state, before, rulesetOf, undefined, past);
  if (folded.kind === 'refused') throw new Error(`a history that was folded is refused: ${folded.detail}`);
  const passed = before.map((entry, index) => ({ entry, marks: folded.outcomes[index]?.marks ?? [] }));
  const decision = decide(rulesetOf(line.entry.ruleset), folded.state, line.entry, [...past, ...passed]);
  if (decision.kind === 'refused') throw new Error(`an event that was counted is refused: ${decision.detail}`);
  const granted = line.voided === null ? decision.outcome.granted : [];
  return {
    event,
    rulesetVersion: line.entry.ruleset,
    rules: decision.trace.map((one) => ({ ...one, values: { ...one.values } })),
    granted: granted.map(({ currency, amount, reason }) => ({ currency, amount, reason })),
  };
}

/** Whether what decided is the operators' to know: what an expression looked at, how likely a draw is, how large a budget. */
function isOperators(why: string): boolean {
  return (
    why.startsWith('condition_') || why === 'adds_refused' || why === 'chance_missed' || why === 'budget_exhausted'
  );
}

/** The explanation as a player may see it. */
export function forPlayer(explanation: EventExplanation): EventExplanation {
  const rules = explanation.rules.map((rule) => (isOperators(rule.why) ? { ...rule, values: {} } : rule));
  return { ...explanation, rules };
}
