/**
 * Expressions of operators in CEL: type-checked when they are saved, bounded, and never turned into code. The core
 * takes them as functions.
 */
export type { ExpressionProblem } from './bounds.ts';
export { type Compiled, compileExpression, type Outcome, type Part } from './compile.ts';
export {
  amountsIn,
  type CompiledAmount,
  type CompiledCondition,
  compileAmount,
  compileCondition,
  conditionsIn,
  userConditionsIn,
} from './condition.ts';
export { type CountedName, countedNamesIn } from './counted.ts';
export { shownValue } from './facts.ts';
export { type Shape, shapeOf, userShapeOf } from './shape.ts';
