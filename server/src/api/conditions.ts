import { compileCondition, compileTarget, type ExpressionProblem, type Shape, shapeOf } from '../expressions/index.ts';
import type { Rulebook } from '../store/definitions.ts';
import { ProblemError } from './problem.ts';

/** A condition that is to be saved, where it stands, and what it can speak of. */
export interface StatedCondition {
  readonly pointer: string;
  readonly text: string;
  readonly shape: Shape;
  /** What it must come to; true or false where it is missing. */
  readonly type?: 'int';
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
    const compile = condition.type === 'int' ? compileTarget : compileCondition;
    const compiled = compile(condition.text, condition.shape);
    if (compiled.kind === 'refused') throw invalidExpression(condition, compiled.problems);
  }
}
