import type { ScoreSource } from '@laurel/contract/types';
import {
  type CountedName,
  compileAmount,
  compileCondition,
  countedNamesIn,
  type ExpressionProblem,
  type Shape,
  shapeOf,
} from '../expressions/index.ts';
import type { DefinitionKind } from '../store/definition-items.ts';
import type { Rulebook } from '../store/definitions.ts';
import { ProblemError } from './problem.ts';

/** A condition, or the formula of an amount, that is to be saved, where it stands, and what it can speak of. */
export interface StatedCondition {
  readonly pointer: string;
  readonly text: string;
  readonly shape: Shape;
  /** What it must come to: true or false, or, where it says so, an amount. */
  readonly kind?: 'amount';
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
  return text === undefined ? [] : statedExpression({ ruleset, userAttributes }, pointer, text, activity);
}

/** A definition's own expression, over events of an activity, or of any where none is named. */
export function statedExpression(
  { ruleset, userAttributes }: Pick<Rulebook, 'ruleset' | 'userAttributes'>,
  pointer: string,
  text: string,
  activity: string | undefined,
  kind?: 'amount',
): StatedCondition[] {
  const shape = shapeOf(activity === undefined ? undefined : ruleset.activities.get(activity), userAttributes);
  return [{ pointer, text, shape, ...(kind === undefined ? {} : { kind }) }];
}

/** The activity whose events a score is made of, if it is. */
export function activityOf(source: ScoreSource): string | undefined {
  return 'activity' in source ? source.activity : undefined;
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
    const compile = condition.kind === 'amount' ? compileAmount : compileCondition;
    const compiled = compile(condition.text, condition.shape);
    if (compiled.kind === 'refused') throw invalidExpression(condition, compiled.problems);
  }
}

/** The kinds of definitions whose counts conditions ask for, by where they find them. */
const countedKinds = {
  balances: 'currencies',
  levels: 'levelTracks',
  badges: 'badges',
  counters: 'activities',
} as const satisfies Record<CountedName['of'], DefinitionKind>;

/** A definition that a condition names, and where. */
export interface NamedInCondition {
  readonly kind: DefinitionKind;
  readonly id: string;
  readonly condition: StatedCondition;
  readonly place: Pick<CountedName, 'from' | 'to'>;
}

/** The definitions that conditions name: what they count of a player is counted under those names. */
export function namedInConditions(conditions: readonly StatedCondition[]): NamedInCondition[] {
  return conditions.flatMap((condition) =>
    condition.shape.about === 'user'
      ? []
      : countedNamesIn(condition.text).map(({ of, name, from, to }) => ({
          kind: countedKinds[of],
          id: name,
          condition,
          place: { from, to },
        })),
  );
}
