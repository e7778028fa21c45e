import type { Destroyed } from '../ports/vault.ts';
import { getRequest, someUserIds } from '../store/privacy.ts';
import { type Erasing, eraseUser, vaultOf } from './erase.ts';

/** How many users are looked at with one read. */
const PAGE = 250;

/** Erases those of some users once more whose keys are destroyed: a backup has brought them back. */
export async function eraseAgain(
  erasing: Erasing,
  ids: readonly string[],
  destroyed: ReadonlyMap<string, Destroyed>,
): Promise<string[]> {
  const vault = vaultOf(erasing.platform.table);
  const again: string[] = [];
  for (const id of ids) {
    const known = destroyed.get(await vault.pseudonymOf(erasing.scope, id));
    if (known === undefined) continue;
    await eraseUser(erasing, id, 'restore', known);
    again.push(id);
  }
  return again;
}

/**
 * Applies a list of erasures to a workspace whose table may be older than the list: destroys the keys that a backup has
 * brought back, and erases once more whoever is there again. Costs a read for each erasure where nothing was restored.
 */
export async function reapplyErasures(erasing: Erasing, listed: readonly Destroyed[]): Promise<number> {
  const { platform, scope } = erasing;
  const { table } = platform;
  const vault = vaultOf(table);
  const lost: Destroyed[] = [];
  for (const one of listed) {
    const request = await getRequest(table, scope, one.request);
    const isDone = request?.status === 'completed' && (await vault.isDestroyed(scope, one.pseudonym));
    if (!isDone) lost.push(one);
  }
  if (lost.length === 0) return 0;
  // First of all nobody can read them any more, whatever else fails.
  for (const one of lost) await vault.destroy(scope, one);
  const destroyed = new Map(lost.map((one) => [one.pseudonym, one]));
  let count = 0;
  for (let from: string | null | undefined; from !== null; ) {
    const { ids, next } = await someUserIds(table, scope, from, PAGE);
    count += (await eraseAgain(erasing, ids, destroyed)).length;
    from = next;
  }
  return count;
}
