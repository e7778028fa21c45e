import { Problem, type ProblemCode, problems } from '@laurel/contract';
import { expect } from 'vitest';

/** Whatever has a status, headers and a body: an answer over HTTP or of a function. */
interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
}

/**
 * Asserts that an answer is a problem with this code, whole: its status and title are the table's, its type is
 * declared, the request id stands in the header as well, and nothing but the contract's fields is in it.
 */
export function expectProblem(answer: Answered, code: ProblemCode): Problem {
  expect(answer.body).toMatchObject({ code });
  const problem = Problem.strict().parse(answer.body);
  expect(answer.status).toBe(problems[code].status);
  expect(problem).toMatchObject({
    status: problems[code].status,
    title: problems[code].title,
    type: `https://laurel.dev/problems/${code}`,
  });
  expect(answer.headers['content-type']).toBe('application/problem+json');
  expect(problem.requestId).toMatch(/^req_[0-9A-HJKMNP-TV-Z]{26}$/);
  expect(answer.headers['x-request-id']).toBe(problem.requestId);
  expect(JSON.stringify(problem)).not.toMatch(/T#|node_modules|\.ts:\d|Exception|\n\s+at /);
  return problem;
}

/** The pointers of the fields that a problem names. */
export function pointersOf(problem: Problem): string[] {
  return (problem.errors ?? []).map(({ pointer }) => pointer);
}
