import type { Workspace } from '@laurel/contract/types';
import type { CompileTarget, TargetFormula } from '../domain/index.ts';
import type { ExpressionProblem } from './bounds.ts';
import { compileExpression } from './compile.ts';
import { type Shape, shapeOf } from './shape.ts';

/** A target that can be worked out, or all that is wrong with its text. */
export type CompiledTarget =
  | { readonly kind: 'compiled'; readonly evaluate: TargetFormula }
  | { readonly kind: 'refused'; readonly problems: readonly ExpressionProblem[] };

/** Compiles the target of a step: an expression of the type `int`. */
export function compileTarget(text: string, shape: Shape): CompiledTarget {
  const compiled = compileExpression(text, shape);
  if (compiled.kind === 'refused') return compiled;
  if (compiled.type !== 'int') {
    const message = `a target must be an int, and this is of the type ${compiled.type}`;
    return { kind: 'refused', problems: [{ message, from: 0, to: text.length }] };
  }
  return {
    kind: 'compiled',
    evaluate(facts) {
      const outcome = compiled.evaluate(facts);
      return 'value' in outcome && typeof outcome.value === 'bigint' ? Number(outcome.value) : null;
    },
  };
}

/** Compiles the targets that published missions of a workspace state; one that no longer fits starts nothing. */
export function targetsIn(userAttributes: Workspace['userAttributes']): CompileTarget {
  return (text) => {
    const compiled = compileTarget(text, shapeOf(undefined, userAttributes));
    return compiled.kind === 'compiled' ? compiled.evaluate : () => null;
  };
}
