import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { bodyOf, demandsIfMatch } from '../generate/declared-route.ts';
import { possibleProblems } from '../generate/possible-problems.ts';
import { problems } from '../src/errors.ts';
import { problemResponses } from '../src/route.ts';
import { routes } from './all-routes.ts';

const codes = Object.entries(problems);

describe.each(codes)('%s', (code, kind) => {
  test('has a page that says all of it, and stands in the index', async () => {
    const folder = new URL('../../docs/problems/', import.meta.url);
    const page = await readFile(new URL(`${code}.md`, folder), 'utf8');
    for (const text of [code, `${kind.status}`, kind.title, kind.meaning, kind.remedy]) expect(page).toContain(text);
    expect(await readFile(new URL('README.md', folder), 'utf8')).toContain(`[\`${code}\`](${code}.md)`);
  });

  test('is an error by its status, which the contract declares', () => {
    expect(kind.status).toBeGreaterThanOrEqual(400);
    expect(problemResponses).toHaveProperty(`${kind.status}`);
  });
});

/** The answer to another method on a declared route's path belongs to no declared route. */
const ofNoRoute = ['method_not_allowed'];

test('every code can be answered by some route', () => {
  const possible = new Set<string>(routes.flatMap(([, placed]) => possibleProblems(placed)));
  expect(codes.map(([code]) => code).filter((code) => !possible.has(code))).toEqual(ofNoRoute);
});

describe.each(routes)('%s', (_name, placed) => {
  const statuses = new Set<number>(possibleProblems(placed).map((code) => problems[code].status));

  test('can refuse whoever has no right, and fail', () => {
    for (const status of [429, 431, 500, 503]) expect(statuses).toContain(status);
    // Who asks for no token refuses none.
    for (const status of [401, 403]) expect(statuses.has(status)).toBe(placed.meta.open !== true);
  });

  test('refuses bodies only if it takes one', () => {
    for (const status of [413, 415]) expect(statuses.has(status)).toBe(bodyOf(placed) !== undefined);
  });

  test('refuses versions only if it asks for one', () => {
    for (const status of [412, 428]) expect(statuses.has(status)).toBe(demandsIfMatch(placed));
  });
});

test.each(routes.filter(([, { route }]) => route.path.includes(':')))(
  '%s can miss what its path names',
  (_name, placed) => {
    expect(possibleProblems(placed)).toContain('not_found');
  },
);
