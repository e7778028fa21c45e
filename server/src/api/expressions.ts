import type { Contract } from '@laurel/contract';
import type { SampleFacts } from '@laurel/contract/expressions/schema';
import type { Activity } from '@laurel/contract/types';
import { utcInstant } from '../calendar/civil.ts';
import { type Facts, newPlayer } from '../domain/index.ts';
import { compileExpression, type Outcome, shapeOf, shownValue } from '../expressions/index.ts';
import type { Rulebook } from '../store/definitions.ts';
import { attributeProblem } from './attributes.ts';
import type { CallContext, Handlers } from './call.ts';
import { invalidExpression } from './conditions.ts';
import { unknownReference } from './problem.ts';
import { workspaceOf } from './reader.ts';

function activityIn({ ruleset }: Rulebook, id: string | undefined): Activity | undefined {
  if (id === undefined) return undefined;
  const activity = ruleset.activities.get(id);
  if (activity === undefined) throw unknownReference('/activity', 'activity');
  return activity;
}

/** The sample as facts; what it leaves out is what an event has that says nothing of it. */
async function factsOf(
  call: CallContext,
  { ruleset }: Rulebook,
  activity: Activity | undefined,
  sample: SampleFacts,
): Promise<Facts> {
  const { event = {}, user = {}, player } = sample;
  const attributes = event.attributes ?? {};
  const problem = attributeProblem(activity, attributes, '/facts/event');
  if (problem !== undefined) throw problem;
  const workspace = await workspaceOf(call);
  const now = sample.now === undefined ? call.now : utcInstant(sample.now);
  const balances = Object.entries(player?.balances ?? {});
  return {
    event: {
      id: event.id ?? 'sample',
      activity: activity?.id ?? 'sample',
      userId: user.id ?? 'sample',
      occurredAt: event.occurredAt === undefined ? now : utcInstant(event.occurredAt),
      value: event.value ?? 1,
      attributes,
      userZone: user.zone ?? workspace.zone,
      userLanguage: user.language ?? workspace.language,
      stamps: {},
    },
    player: {
      ...newPlayer(),
      wallets: Object.fromEntries(balances.map(([currency, balance]) => [currency, { balance, owed: 0 }])),
    },
    currencies: ruleset.currencies,
    now,
  };
}

function shownOutcome(outcome: Outcome): { value: string | number | boolean } | { refusal: string } {
  return 'refusal' in outcome ? { refusal: outcome.refusal } : { value: shownValue(outcome.value) };
}

export const expressions: Handlers<Contract['dashboard']['expressions']> = {
  async check(call) {
    const rulebook = await call.platform.rulebooks(call.scope);
    const compiled = compileExpression(call.body.expression, shapeOf(activityIn(rulebook, call.body.activity)));
    if (compiled.kind === 'refused') return { body: { ok: false, problems: [...compiled.problems] } };
    return { body: { ok: true, type: compiled.type, problems: [] } };
  },

  async evaluate(call) {
    const rulebook = await call.platform.rulebooks(call.scope);
    const activity = activityIn(rulebook, call.body.activity);
    const compiled = compileExpression(call.body.expression, shapeOf(activity));
    if (compiled.kind === 'refused') throw invalidExpression({ pointer: '/expression' }, compiled.problems);
    const facts = await factsOf(call, rulebook, activity, call.body.facts);
    const parts = compiled.parts(facts).map(({ expression, from, to, ...outcome }) => ({
      expression,
      from,
      to,
      ...shownOutcome(outcome),
    }));
    return { body: { type: compiled.type, ...shownOutcome(compiled.evaluate(facts)), parts } };
  },
};
