import type { Workspace } from '@laurel/contract/types';
import type { AmountFormula, CompileAmount, CompileCondition, UserCondition, Verdict } from '../domain/index.ts';
import type { ExpressionProblem } from './bounds.ts';
import { compileExpression } from './compile.ts';
import type { GivenFacts } from './facts.ts';
import { type Shape, shapeOf, userShapeOf } from './shape.ts';

/** A condition that can be asked, or all that is wrong with its text. */
export type CompiledCondition =
  | { readonly kind: 'compiled'; readonly evaluate: (facts: GivenFacts) => Verdict }
  | { readonly kind: 'refused'; readonly problems: readonly ExpressionProblem[] };

/**
 * Compiles a condition: an expression of the type `bool`. Asking it always gives a verdict; an evaluation that fails,
 * by a field that is not there or a number that overflows, is no match, and the verdict says so.
 */
export function compileCondition(text: string, shape: Shape): CompiledCondition {
  const compiled = compileExpression(text, shape);
  if (compiled.kind === 'refused') return compiled;
  if (compiled.type !== 'bool') {
    const message = `a condition must be true or false, and this is of the type ${compiled.type}`;
    return { kind: 'refused', problems: [{ message, from: 0, to: text.length }] };
  }
  const { evaluate, named } = compiled;
  return {
    kind: 'compiled',
    evaluate(facts): Verdict {
      const outcome = evaluate(facts);
      if ('refusal' in outcome) {
        const { refusal } = outcome;
        return { holds: false, why: 'condition_refused', seen: () => ({ ...named(facts), refusal }) };
      }
      const seen = () => named(facts);
      return outcome.value === true ? { holds: true, seen } : { holds: false, why: 'condition_false', seen };
    },
  };
}

/**
 * Compiles what published definitions of a workspace state. A condition that no longer fits what is declared was
 * refused when that was saved; should it stand there all the same, it matches nothing, and the trace says why.
 */
export function conditionsIn(userAttributes: Workspace['userAttributes']): CompileCondition {
  return (text, activity) => {
    const compiled = compileCondition(text, shapeOf(activity, userAttributes));
    if (compiled.kind === 'compiled') return compiled.evaluate;
    const refusal = compiled.problems.map(({ message }) => message).join('; ');
    return () => ({ holds: false, why: 'condition_refused', seen: () => ({ refusal }) });
  };
}

/** Compiles what published segments of a workspace state; what cannot be evaluated for a user does not hold for them. */
export function userConditionsIn(userAttributes: Workspace['userAttributes']): (text: string) => UserCondition {
  return (text) => {
    const compiled = compileCondition(text, userShapeOf(userAttributes));
    return compiled.kind === 'compiled' ? (user) => compiled.evaluate({ user }).holds : () => false;
  };
}

/** A formula of an amount that can be worked out, or all that is wrong with its text. */
export type CompiledAmount =
  | { readonly kind: 'compiled'; readonly evaluate: AmountFormula }
  | { readonly kind: 'refused'; readonly problems: readonly ExpressionProblem[] };

/** Compiles the formula of an amount: an expression of the type `int`. */
export function compileAmount(text: string, shape: Shape): CompiledAmount {
  const compiled = compileExpression(text, shape);
  if (compiled.kind === 'refused') return compiled;
  if (compiled.type !== 'int') {
    const message = `an amount must be an int, and this is of the type ${compiled.type}`;
    return { kind: 'refused', problems: [{ message, from: 0, to: text.length }] };
  }
  return {
    kind: 'compiled',
    evaluate(facts) {
      const outcome = compiled.evaluate(facts);
      if ('refusal' in outcome) return outcome;
      if (typeof outcome.value !== 'bigint') return { refusal: 'is no whole number' };
      // Beyond this an amount is cut in any case.
      return { amount: Math.max(-Number.MAX_SAFE_INTEGER, Math.min(Number(outcome.value), Number.MAX_SAFE_INTEGER)) };
    },
  };
}

/** Compiles the formulas that published definitions of a workspace state; one that no longer fits gives nothing. */
export function amountsIn(userAttributes: Workspace['userAttributes']): CompileAmount {
  return (text, activity) => {
    const compiled = compileAmount(text, shapeOf(activity, userAttributes));
    if (compiled.kind === 'compiled') return compiled.evaluate;
    const refusal = compiled.problems.map(({ message }) => message).join('; ');
    return () => ({ refusal });
  };
}
