import type { Contract } from '@laurel/contract';
import type { SampleFacts } from '@laurel/contract/expressions/schema';
import type { Activity } from '@laurel/contract/types';
import { utcInstant } from '../calendar/civil.ts';
import { type Facts, userFactsOf } from '../domain/index.ts';
import { compileExpression, type Outcome, type Shape, shapeOf, shownValue, userShapeOf } from '../expressions/index.ts';
import type { Rulebook } from '../store/definitions.ts';
import { attributeProblem } from './attributes.ts';
import type { CallContext, Handlers } from './call.ts';
import { invalidExpression } from './conditions.ts';
import { unknownReference } from './problem.ts';
import { workspaceOf } from './reader.ts';
import { checkAttributes } from './user-attributes.ts';

function activityIn({ ruleset }: Rulebook, id: string | undefined): Activity | undefined {
  if (id === undefined) return undefined;
  const activity = ruleset.activities.get(id);
  if (activity === undefined) throw unknownReference('/activity', 'activity');
  return activity;
}

/** What an expression can speak of: an event and all around it, or a user alone. */
function shapeFor(rulebook: Rulebook, about: 'event' | 'user', activity: Activity | undefined): Shape {
  return about === 'user' ? userShapeOf(rulebook.userAttributes) : shapeOf(activity, rulebook.userAttributes);
}

/** The sample as facts; what it leaves out is what an event has that says nothing of it. */
async function factsOf(
  call: CallContext,
  { ruleset }: Rulebook,
  activity: Activity | undefined,
  sample: SampleFacts,
): Promise<Facts> {
  const { event = {}, user = {}, player = {} } = sample;
  const { balances = {}, levels = {}, badges = {}, counters = {} } = player;
  const attributes = event.attributes ?? {};
  const problem = attributeProblem(activity, attributes, '/facts/event');
  if (problem !== undefined) throw problem;
  const workspace = await workspaceOf(call);
  checkAttributes(workspace.userAttributes, user.attributes, 'operator', '/facts/user');
  const now = sample.now === undefined ? call.now : utcInstant(sample.now);
  const { id = 'sample', language = null, zone = null, attributes: userAttributes = {}, tags = [] } = user;
  const userFacts = userFactsOf({ id, language, zone, attributes: userAttributes, tags }, workspace);
  const lowest = Object.fromEntries([...ruleset.counted.levels.keys()].map((track) => [track, 1]));
  return {
    event: {
      id: event.id ?? 'sample',
      activity: activity?.id ?? 'sample',
      userId: userFacts.id,
      occurredAt: event.occurredAt === undefined ? now : utcInstant(event.occurredAt),
      value: event.value ?? 1,
      attributes,
      userZone: userFacts.zone,
      user: userFacts,
      stamps: {},
    },
    user: userFacts,
    player: { balances, levels: { ...lowest, ...levels }, badges, counters },
    counted: ruleset.counted,
    now,
  };
}

function shownOutcome(outcome: Outcome): { value: string | number | boolean } | { refusal: string } {
  return 'refusal' in outcome ? { refusal: outcome.refusal } : { value: shownValue(outcome.value) };
}

export const expressions: Handlers<Contract['dashboard']['expressions']> = {
  async check(call) {
    const rulebook = await call.platform.rulebooks(call.scope);
    const { expression, about } = call.body;
    const shape = shapeFor(rulebook, about, activityIn(rulebook, call.body.activity));
    const compiled = compileExpression(expression, shape);
    if (compiled.kind === 'refused') return { body: { ok: false, problems: [...compiled.problems] } };
    return { body: { ok: true, type: compiled.type, problems: [] } };
  },

  async evaluate(call) {
    const rulebook = await call.platform.rulebooks(call.scope);
    const activity = activityIn(rulebook, call.body.activity);
    const compiled = compileExpression(call.body.expression, shapeFor(rulebook, call.body.about, activity));
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
