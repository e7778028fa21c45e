import { checkParseSchema } from '@cedar-policy/cedar-wasm/nodejs';
import { describe, expect, test } from 'vitest';
import { generateAll, generators } from '../generate/all.ts';
import { openApiDocuments } from '../generate/openapi.ts';
import { contract } from '../src/index.ts';
import { reads } from '../src/route.ts';
import { contractWith } from './new-route.ts';

describe('a route that is declared in the contract and nowhere else', async () => {
  const { files } = await generateAll(contractWith(reads('dashboard', 'stickers')));
  const before = (await generateAll(contract)).files;

  test('is an operation of the OpenAPI document', () => {
    const document = JSON.parse(files['contract/generated/openapi/dashboard.json'] ?? '{}');
    expect(document.paths['/dashboard/v1/stickers'].get).toMatchObject({
      operationId: 'stickers.list',
      tags: ['stickers'],
      security: [{ oauth2: ['stickers:read'] }, { bearer: [] }],
    });
    expect(document.components.schemas).toHaveProperty('StickerPage');
    expect(document.tags).toContainEqual(
      expect.objectContaining({ name: 'stickers', description: 'A mark of what a player did.' }),
    );
  });

  test('is an action of Cedar, in its level', () => {
    const schema = files['server/policies/laurel.cedarschema'] ?? '';
    expect(schema).toContain('action "dashboard:stickers.read" in ["read"]');
    expect(checkParseSchema(schema)).toEqual({ type: 'success' });
  });

  test('has a mock', () => {
    const mocks = JSON.parse(files['contract/generated/mocks.json'] ?? '{}');
    expect(mocks['dashboard.stickers.list'].response.body).toEqual({
      items: [{ id: 'id', secret: true }],
      nextCursor: null,
    });
  });

  test('is a method of the SDK, with its types', () => {
    const sdk = Object.keys(files).filter((path) => path.startsWith('sdk/src/generated/'));
    const text = sdk.map((path) => files[path]).join('\n');
    expect(text).toContain('stickers');
    expect(text).toContain('/dashboard/v1/stickers');
    expect(text).toMatch(/\bSticker\b/);
  });

  test('stands in the page of every problem that it can answer with', () => {
    expect(files['docs/problems/invalid_cursor.md']).toContain('dashboard.stickers.list');
    expect(files['docs/problems/version_mismatch.md']).not.toContain('dashboard.stickers.list');
  });

  test('changes no line of what there was before, but adds', () => {
    const cedar = 'server/policies/laurel.cedarschema';
    const added = new Set((files[cedar] ?? '').split('\n'));
    expect((before[cedar] ?? '').split('\n').filter((line) => !added.has(line))).toEqual([]);
  });
});

describe('a route without metadata', () => {
  const without = contractWith(undefined);

  test('stops the documents, and is named', () => {
    expect(() => openApiDocuments(without)).toThrow(/dashboard\.stickers\.list has no metadata/);
  });

  // The documents themselves need metadata, so those of the sound contract stand in for them.
  test.each(generators.filter(({ name }) => name !== 'openapi'))('stops $name, and is named', async ({ generate }) => {
    const generated = async () => generate(without, openApiDocuments(contract));
    await expect(generated()).rejects.toThrow(/dashboard\.stickers\.list/);
  });
});
