import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { scopedIn } from '../mutants/scopes.ts';
import { wrongClients } from './own-clients.ts';
import { STORE, storeCalls } from './store-calls.ts';
import { createCaller } from './store-keys.ts';

const scoped = readdirSync(STORE)
  .filter((file) => file.endsWith('.ts') && file !== 'scope.ts')
  .flatMap((file) => scopedIn(file, readFileSync(join(STORE, file), 'utf8')).map((one) => ({ ...one, file })));
const offered = new Set(scoped.flatMap(({ file, name, isExported }) => (isExported ? [`${file} ${name}`] : [])));
const calls = storeCalls().filter(({ file, name, next }) => offered.has(`${file} ${name}`) || next.length > 0);

describe('every function of the store that is given a scope', () => {
  const caller = createCaller();
  const named = new Map<string, number>();
  const strays: string[] = [];

  test('asks for keys of that scope alone, whatever else it is given, and whatever it finds', async () => {
    for (const one of calls) {
      const name = `${one.file} ${one.name}`;
      const found = await caller.call(one);
      named.set(name, (named.get(name) ?? 0) + found.named);
      strays.push(...found.strays.map((stray) => `${name}: ${stray}`));
    }
    expect([...new Set(strays)]).toEqual([]);
  });

  test('and what is kept under keys of the tenant is of one workspace all the same', async () => {
    expect(await wrongClients()).toEqual([]);
  });

  test('was called, and named a key', () => {
    expect(offered.size).toBeGreaterThan(200);
    expect([...offered].filter((name) => !named.get(name))).toEqual([]);
  });
});
