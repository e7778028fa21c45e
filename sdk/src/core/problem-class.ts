import { isProblem, type KnownProblemCode, ProblemError } from './errors.ts';

/** The class of one code: `instanceof` holds for every `ProblemError` with it, whatever made that. */
export interface ProblemClass<Code extends KnownProblemCode> {
  readonly prototype: ProblemError<Code>;
  readonly code: Code;
  [Symbol.hasInstance](value: unknown): value is ProblemError<Code>;
}

/** The client throws plain `ProblemError`s, so that nobody carries classes that they do not name. */
export function problemClass<Code extends KnownProblemCode>(code: Code): ProblemClass<Code> {
  return class extends ProblemError<Code> {
    static readonly code = code;
    static override [Symbol.hasInstance](value: unknown): value is ProblemError<Code> {
      return isProblem(value, code);
    }
  };
}
