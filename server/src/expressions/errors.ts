import { EvaluationError, ParseError, TypeError as TypeProblem } from '@marcbachmann/cel-js';
import type { ExpressionProblem } from './bounds.ts';

/** Errors of the library that know their place in the text. */
function isPlaced(error: unknown): error is ParseError | TypeProblem | EvaluationError {
  return error instanceof ParseError || error instanceof TypeProblem || error instanceof EvaluationError;
}

/**
 * What the library says, in one line, with what helps where numbers of two kinds meet. Whatever else it throws, as
 * JavaScript does at a date that no calendar has, is told as well: an expression may fail, never the call around it.
 */
export function messageOf(error: unknown): string {
  if (!isPlaced(error)) return `cannot be evaluated: ${error instanceof Error ? error.message : String(error)}`;
  const { summary } = error;
  const mixed = /\bint\b.*\bdouble\b|\bdouble\b.*\bint\b/.test(summary);
  return mixed ? `${summary}; whole numbers and fractions do not mix: convert with int(…) or double(…)` : summary;
}

/** What is wrong with a text by an error, and where; anywhere, where the error does not know. */
export function problemOf(error: unknown, text: string): ExpressionProblem {
  const { start, end } = (isPlaced(error) ? error.range : undefined) ?? { start: 0, end: text.length };
  return { message: messageOf(error), from: start, to: Math.max(start, end) };
}
