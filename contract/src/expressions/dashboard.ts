import { c, reads } from '../route.ts';
import { ExpressionCheck, ExpressionEvaluate, ExpressionReport, ExpressionResult } from './schema.ts';

export const expressions = c.router({
  check: {
    method: 'POST',
    path: '/expressions/check',
    summary: 'Check an expression',
    description: 'Says whether an expression is well-formed and of which type, and points at what is wrong with it.',
    body: ExpressionCheck,
    responses: { 200: ExpressionReport },
    metadata: reads('dashboard', 'expressions', { level: 'author', concerns: 'nobody' }),
  },
  evaluate: {
    method: 'POST',
    path: '/expressions/evaluate',
    summary: 'Try an expression',
    description: 'Evaluates an expression on sample facts, and each part of it. Nothing is stored.',
    body: ExpressionEvaluate,
    responses: { 200: ExpressionResult },
    metadata: reads('dashboard', 'expressions', { level: 'author', concerns: 'nobody' }),
  },
});
