import { SEALED, type SealedAt, type Vault } from '../ports/vault.ts';
import { type Path, type Personal, personalIn } from './personal.ts';
import { type Key, type Scope, scopeOfKey } from './scope.ts';
import type { Item, TransactItem } from './table.ts';

/** What stands where a word was whose key is destroyed, in what is kept without it. */
export const ERASED = '(erased)';

/** A text is sealed as it is, anything else as JSON. */
const AS_TEXT = 't';
const AS_JSON = 'j';

/** Where in the table a value stands: it cannot be opened anywhere else. */
function placeOf({ pk, sk }: Key, path: Path): string {
  return JSON.stringify([pk, sk, ...path]);
}

function valueAt(item: Item, path: Path): unknown {
  return path.reduce<unknown>((within, name) => (within === undefined ? undefined : Object(within)[name]), item);
}

/** A copy of an item with another value in a place; nothing takes the place away. */
function withValue(item: Item, [name, ...rest]: Path, value: unknown): Item {
  const [next, ...more] = rest;
  if (next !== undefined) return { ...item, [name]: withValue(Object(item[name]), [next, ...more], value) };
  if (value !== undefined) return { ...item, [name]: value };
  const { [name]: _, ...others } = item;
  return others;
}

async function sealedItem(vault: Vault, scope: Scope, key: Key, personal: Personal, item: Item): Promise<Item> {
  let sealed = item;
  for (const path of personal.paths) {
    const value = valueAt(item, path);
    if (value === undefined || value === null) continue;
    const text = typeof value === 'string' ? `${AS_TEXT}${value}` : `${AS_JSON}${JSON.stringify(value)}`;
    const owner = { scope, userId: personal.ownerOf(item) };
    sealed = withValue(sealed, path, await vault.seal(owner, placeOf(key, path), text));
  }
  return sealed;
}

function keyIn(item: Item): Key {
  return { pk: String(item.pk), sk: String(item.sk) };
}

/** What an update sets of what is personal: `#name = :name`, whole attributes alone. */
async function sealedUpdate(vault: Vault, update: NonNullable<TransactItem['Update']>): Promise<TransactItem> {
  const key = keyIn(update.Key ?? {});
  const [scope, personal] = [scopeOfKey(key), personalIn(key)];
  const { ExpressionAttributeValues: given = {} } = update;
  if (scope === undefined || personal === undefined) return { Update: update };
  const named = new Map(personal.paths.map((path) => [`:${path[0]}`, path]));
  const values = await Promise.all(
    Object.entries(given).map(async ([name, value]) => {
      const path = named.get(name);
      if (path === undefined) return [name, value] as const;
      const one = { paths: [path], ownerOf: personal.ownerOf };
      const sealed = await sealedItem(vault, scope, key, one, { [path[0]]: value });
      return [name, sealed[path[0]]] as const;
    }),
  );
  return { Update: { ...update, ExpressionAttributeValues: Object.fromEntries(values) } };
}

/** A write with what is personal in it sealed. */
export async function sealedWrite(vault: Vault | undefined, write: TransactItem): Promise<TransactItem> {
  if (write.Update !== undefined) return vault === undefined ? write : sealedUpdate(vault, write.Update);
  const item = write.Put?.Item;
  if (item === undefined) return write;
  const key = keyIn(item);
  const [scope, personal] = [scopeOfKey(key), personalIn(key)];
  if (scope === undefined || personal === undefined) return write;
  if (vault === undefined) throw new Error('what is personal is written by those alone who can seal it');
  return {
    ...write,
    Put: { ...write.Put, TableName: write.Put?.TableName, Item: await sealedItem(vault, scope, key, personal, item) },
  };
}

interface Found extends SealedAt {
  readonly index: number;
  readonly path: Path;
}

function sealedIn(item: Item, index: number): Found[] {
  const key = keyIn(item);
  const [scope, personal] = [scopeOfKey(key), personalIn(key)];
  if (scope === undefined || personal === undefined) return [];
  return personal.paths.flatMap((path) => {
    const sealed = valueAt(item, path);
    return typeof sealed === 'string' && sealed.startsWith(SEALED)
      ? [{ scope, index, path, sealed, place: placeOf(key, path) }]
      : [];
  });
}

/**
 * Items with what was sealed in them opened, in their order. Of an item whose user was erased nothing is left where all
 * of a value was theirs, and it is as if it were not there; a word inside of what is kept becomes `ERASED`.
 */
export async function openedItems(vault: Vault | undefined, items: readonly Item[]): Promise<(Item | undefined)[]> {
  if (vault === undefined) return [...items];
  const found = items.flatMap(sealedIn);
  if (found.length === 0) return [...items];
  const texts = await vault.open(found);
  const opened: (Item | undefined)[] = [...items];
  for (const [place, { index, path }] of found.entries()) {
    const item = opened[index];
    if (item === undefined) continue;
    const text = texts[place];
    if (text !== undefined) {
      const value: unknown = text.startsWith(AS_TEXT) ? text.slice(1) : JSON.parse(text.slice(1));
      opened[index] = withValue(item, path, value);
    } else opened[index] = path.length === 1 ? undefined : withValue(item, path, ERASED);
  }
  return opened;
}
