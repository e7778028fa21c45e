import { problems } from '../../src/errors.ts';

/** `not_found` as `NotFoundError`, `internal_error` as `InternalError`. */
function classNameOf(code: string): string {
  const words = code.split('_').map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`);
  return `${words.join('').replace(/Error$/, '')}Error`;
}

function classText([code, { status, meaning, remedy }]: [string, (typeof problems)[keyof typeof problems]]): string {
  const name = classNameOf(code);
  return [
    `/** \`${code}\` (${status}): ${meaning} ${remedy} */`,
    `export const ${name} = /* @__PURE__ */ problemClass('${code}');`,
    `export type ${name} = ProblemError<'${code}'>;`,
    '',
  ].join('\n');
}

/** `problem-classes.ts`: a class for each code of the table of problems. */
export function problemClassesText(): string {
  return [
    "import type { ProblemError } from '../core/errors.ts';",
    "import { problemClass } from '../core/problem-class.ts';",
    '',
    ...Object.entries(problems).map(classText),
  ].join('\n');
}
