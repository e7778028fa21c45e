import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { bodyOf, queryOf } from '../generate/declared-route.ts';
import { mocksOf } from '../generate/mocks.ts';
import { contract } from '../src/index.ts';
import { routes } from './all-routes.ts';

const mocks = mocksOf(contract);

/** The places of objects, at any depth of a schema, that let unknown fields in. */
function openObjects(json: unknown, place = '#'): string[] {
  if (typeof json !== 'object' || json === null) return [];
  const open = 'properties' in json && (!('additionalProperties' in json) || json.additionalProperties !== false);
  const inner = Object.entries(json).flatMap(([key, part]) => openObjects(part, `${place}/${key}`));
  return open ? [place, ...inner] : inner;
}

const parts = routes.flatMap(([name, placed]) => {
  const { body, query } = mocks[name]?.request ?? {};
  return [
    { name: `body of ${name}`, schema: bodyOf(placed), example: body },
    { name: `query of ${name}`, schema: queryOf(placed), example: query },
  ].flatMap((part) => (part.schema === undefined ? [] : [{ ...part, schema: part.schema }]));
});

describe.each(parts)('$name', ({ schema, example }) => {
  test('refuses an unknown field, whatever its name', () => {
    const known = new Set(Object.keys(z.object({ ...(schema instanceof z.ZodObject ? schema.shape : {}) }).shape));
    fc.assert(
      fc.property(
        fc.string().filter((field) => !known.has(field) && field !== '__proto__'),
        (field) => {
          const given = { ...z.record(z.string(), z.unknown()).parse(example), [field]: 1 };
          expect(schema.safeParse(given).error?.issues).toMatchObject([{ code: 'unrecognized_keys', keys: [field] }]);
        },
      ),
      { numRuns: 20 },
    );
  });

  test('refuses unknown fields at every depth', () => {
    expect(openObjects(z.toJSONSchema(schema, { io: 'input' }))).toEqual([]);
  });
});
