import type { Activity, Workspace } from '@laurel/contract/types';
import { compileCondition, type ExpressionProblem, type Shape, shapeOf, userShapeOf } from '../expressions/index.ts';
import type { Rulebook } from '../store/definitions.ts';
import { ProblemError } from './problem.ts';

/** A condition that is to be saved, where it stands, and what it can speak of. */
export interface StatedCondition {
  readonly pointer: string;
  readonly text: string;
  readonly shape: Shape;
  /** Whose condition it is, where it is not the definition's own. */
  readonly owner?: string;
}

/** A definition's own condition, over events of an activity, or of any where none is named. */
export function statedCondition(
  { ruleset, userAttributes }: Rulebook,
  pointer: string,
  text: string | undefined,
  activity: string | undefined,
): StatedCondition[] {
  if (text === undefined) return [];
  const shape = shapeOf(activity === undefined ? undefined : ruleset.activities.get(activity), userAttributes);
  return [{ pointer, text, shape }];
}

/** A condition of a published definition. */
interface PublishedCondition {
  readonly owner: string;
  readonly text: string;
  /** The activity whose events it is about; of any, where it is missing. */
  readonly activity: string | undefined;
}

/** The conditions that are at work over events. */
function publishedConditions({ definitions }: Rulebook): PublishedCondition[] {
  const { rewardRules, missions, streaks, leaderboards } = definitions;
  const stated = [
    ...rewardRules.map((rule) => ({
      ...rule,
      owner: 'reward rule',
      activity: rule.trigger.kind === 'event' ? rule.trigger.activity : undefined,
    })),
    ...missions.flatMap((mission) => mission.steps.map((step) => ({ ...mission, ...step, owner: 'mission' }))),
    ...streaks.map((streak) => ({ ...streak, owner: 'streak' })),
    ...leaderboards.map((board) => ({ ...board, owner: 'leaderboard', activity: board.source.activity })),
  ];
  return stated.flatMap(({ id, status, condition, activity, owner }) =>
    status !== 'published' || condition === undefined
      ? []
      : [{ owner: `${owner} ${id}`, text: condition, activity: activity }],
  );
}

/** The conditions of published definitions about an activity's events, as they would be under other declarations. */
export function dependentConditions(
  rulebook: Rulebook,
  activity: string,
  attributes: Activity['attributes'],
): StatedCondition[] {
  const shape = shapeOf({ attributes }, rulebook.userAttributes);
  return publishedConditions(rulebook)
    .filter((condition) => condition.activity === activity)
    .map(({ owner, text }) => ({ pointer: '/attributes', text, shape, owner }));
}

/** All published conditions, as they would be if the workspace declared other attributes of users. */
export function conditionsOverUsers(
  rulebook: Rulebook,
  userAttributes: Workspace['userAttributes'],
): StatedCondition[] {
  const pointer = '/userAttributes';
  const overEvents = publishedConditions(rulebook).map(({ owner, text, activity }) => {
    const declared = activity === undefined ? undefined : rulebook.ruleset.activities.get(activity);
    return { pointer, owner, text, shape: shapeOf(declared, userAttributes) };
  });
  const overUsers = rulebook.segments.flatMap(({ id, status, condition }) =>
    status === 'published'
      ? [{ pointer, owner: `segment ${id}`, text: condition, shape: userShapeOf(userAttributes) }]
      : [],
  );
  return [...overEvents, ...overUsers];
}

/** The refusal of an expression, pointing at the field and at the place within its text. */
export function invalidExpression(
  { pointer, owner }: Pick<StatedCondition, 'pointer' | 'owner'>,
  problems: readonly ExpressionProblem[],
): ProblemError {
  const whose = owner === undefined ? '' : `the condition of the ${owner}: `;
  // The place is one within the field's own text, so it is told only where the field is the expression.
  const errors = problems.map(({ message, from, to }) => ({
    pointer,
    code: 'invalid_expression',
    message: `${whose}${message}`,
    ...(owner === undefined ? { from, to } : {}),
  }));
  const [first] = errors;
  return new ProblemError('invalid_expression', first && `${first.pointer}: ${first.message}`, { errors });
}

/** Refuses the first condition that does not compile. */
export function checkConditions(conditions: readonly StatedCondition[]): void {
  for (const condition of conditions) {
    const compiled = compileCondition(condition.text, condition.shape);
    if (compiled.kind === 'refused') throw invalidExpression(condition, compiled.problems);
  }
}
