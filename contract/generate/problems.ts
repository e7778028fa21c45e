import { type ProblemCode, type ProblemKind, problems as table } from '../src/index.ts';
import type { Files, Generator } from './artefacts.ts';
import { type DeclaredRoute, declaredRoutes } from './declared-route.ts';
import { routesWith } from './possible-problems.ts';

const FOLDER = 'docs/problems';

const note = '<!-- Made from the contract by `npm run generate`. -->';

const rows: readonly [string, ProblemKind][] = Object.entries(table);

function isCode(code: string): code is ProblemCode {
  return code in table;
}

function routeLines(code: string, routes: readonly DeclaredRoute[]): string {
  const asking = isCode(code) ? routesWith(code, routes) : [];
  if (asking.length === 0) return 'No declared route by itself: see what it means.';
  if (asking.length === routes.length) return 'Every route.';
  return asking.map(({ name, route }) => `- \`${name}\`: \`${route.method} ${route.path}\``).join('\n');
}

function page(code: string, kind: ProblemKind, routes: readonly DeclaredRoute[]): string {
  const repeat = kind.retryable
    ? 'Yes: the same request may succeed later. With an `Idempotency-Key`, or an id of its own, a repeat counts once.'
    : 'No: the same request fails again until something about it changes.';
  return `${note}
# ${kind.title}

| | |
|---|---|
| Code | \`${code}\` |
| Status | ${kind.status} |
| Type | \`https://laurel.dev/problems/${code}\` |
| Worth repeating | ${kind.retryable ? 'yes' : 'no'} |

## What it means

${kind.meaning}

## What to do

${kind.remedy}

## Repeating it

${repeat}

## Who answers with it

${routeLines(code, routes)}
`;
}

function index(): string {
  const lines = rows.map(
    ([code, { status, title, retryable }]) =>
      `| [\`${code}\`](${code}.md) | ${status} | ${title} | ${retryable ? 'yes' : 'no'} |`,
  );
  return `${note}
# Problems

Every error is a problem document (RFC 9457, \`application/problem+json\`). Decide on its \`code\`, which never changes,
not on its texts. \`requestId\` is what to quote in a report; \`errors\` points at the fields that are wrong.

| Code | Status | Title | Worth repeating |
|---|---|---|---|
${lines.join('\n')}
`;
}

/** `docs/problems/{code}.md` and an index. */
export const problems: Generator = {
  name: 'problems',
  folders: [FOLDER],
  generate: (contract): Files => {
    const routes = declaredRoutes(contract);
    const pages = rows.map(([code, kind]) => [`${FOLDER}/${code}.md`, page(code, kind, routes)]);
    return { ...Object.fromEntries(pages), [`${FOLDER}/README.md`]: index() };
  },
};
