import { readdir, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { generateSigningKey, loadSigningKey } from '../identity/embedded-signer.ts';
import type { DatedKey, KeyShelf } from '../identity/key-rotation.ts';

/** Keys that end with the process. */
export function memoryShelf(now: () => number): KeyShelf {
  let keys: readonly DatedKey[] = [];
  const add = async (signsFrom: number): Promise<void> => {
    keys = [...keys, { key: await generateSigningKey(), signsFrom }];
  };
  return {
    add,
    async list() {
      if (keys.length === 0) await add(now());
      return keys;
    },
    drop: async (signsFrom) => {
      keys = keys.filter((one) => one.signsFrom !== signsFrom);
    },
  };
}

/**
 * Keys in a folder, each in a file that only its owner can read: `players-key.pem`, which signs since it was made, then
 * `players-key-{milliseconds}.pem`, which says itself from when it signs. One process has the folder.
 */
export function folderShelf(folder: string): KeyShelf {
  const first = join(folder, 'players-key.pem');
  const fileOf = (signsFrom: number) => join(folder, `players-key-${signsFrom}.pem`);
  const files = new Map<number, string>();
  let keys: readonly DatedKey[] | undefined;

  const read = async (): Promise<readonly DatedKey[]> => {
    const dated = (await readdir(folder)).flatMap((name) => /^players-key-(\d{1,15})\.pem$/.exec(name)?.[1] ?? []);
    for (const signsFrom of dated.map(Number)) files.set(signsFrom, fileOf(signsFrom));
    const hasFirst = (await readdir(folder)).includes('players-key.pem');
    if (hasFirst || dated.length === 0) {
      await loadSigningKey(first);
      files.set(Math.floor((await stat(first)).mtimeMs), first);
    }
    return Promise.all([...files].map(async ([signsFrom, file]) => ({ signsFrom, key: await loadSigningKey(file) })));
  };
  const list = async (): Promise<readonly DatedKey[]> => {
    keys ??= await read();
    return keys;
  };
  return {
    list,
    async add(signsFrom) {
      const file = fileOf(signsFrom);
      const before = await list();
      const key = await loadSigningKey(file);
      files.set(signsFrom, file);
      keys = [...before, { key, signsFrom }];
    },
    async drop(signsFrom) {
      const file = files.get(signsFrom);
      keys = (await list()).filter((one) => one.signsFrom !== signsFrom);
      if (file !== undefined && files.delete(signsFrom)) await unlink(file);
    },
  };
}
