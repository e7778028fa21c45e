import { commit, type Write } from './commit.ts';
import { type Definition, getDefinitions, type Placed, placeOf, saveDraft, savePublished } from './definition-items.ts';
import { closeRelease } from './ruleset-head.ts';
import { keyOf, type Scope, sortableNumber, sortPrefix } from './scope.ts';
import { type Item, queryItems, recordOf, type Table } from './table.ts';

/** A definition of a release, as it waits for its turn. */
interface Staged extends Placed {
  /** The version of the ruleset that the release brings about. */
  readonly ruleset: number;
}

/** DynamoDB takes 100 writes and 4 MB in one transaction; a kept answer and the ruleset need room as well. */
const MOST_WRITES = 90;
const MOST_BYTES = 2_000_000;

function bytesOf(writes: readonly Write[]): number {
  return writes.reduce((sum, { item }) => sum + Buffer.byteLength(JSON.stringify(item)), 0);
}

/** Whether writes fit into one transaction, with some room for more. */
export function fitsOneCommit(writes: readonly Write[]): boolean {
  return writes.length <= MOST_WRITES && bytesOf(writes) <= MOST_BYTES;
}

/** Groups of writes, in order, such that each fits into one transaction; no group is taken apart. */
function commitsOf<W extends Write>(groups: readonly (readonly W[])[]): W[][] {
  const commits: W[][] = [];
  let [count, bytes] = [MOST_WRITES, 0];
  for (const group of groups.filter(({ length }) => length > 0)) {
    const size = bytesOf(group);
    if (count + group.length > MOST_WRITES || bytes + size > MOST_BYTES) {
      commits.push([]);
      [count, bytes] = [0, 0];
    }
    commits.at(-1)?.push(...group);
    [count, bytes] = [count + group.length, bytes + size];
  }
  return commits;
}

function stagedKey(scope: Scope, release: string, index: number) {
  return keyOf(scope, ['RELEASES'], [release, sortableNumber(index)]);
}

/**
 * Puts the definitions of a release aside, where nobody sees them. They come to work all at once when the ruleset moves
 * on with the release's name; if it does not, they are litter, which the next release sweeps away.
 */
export async function stageRelease(
  table: Table,
  scope: Scope,
  release: string,
  ruleset: number,
  changes: readonly Placed[],
): Promise<void> {
  const puts = changes.map((change, index) => {
    const record: Staged = { ...change, ruleset };
    return [{ item: { Put: { TableName: table.name, Item: { ...stagedKey(scope, release, index), record } } } }];
  });
  for (const writes of commitsOf(puts)) {
    const result = await commit(table, writes);
    if (result.kind !== 'committed') throw new Error('what nobody else writes could not be written');
  }
}

/**
 * The writes that put a published definition in place of what is there now: its revision goes on from there, and a
 * draft goes on waiting, also one that was never published. Nothing, where it is in place already.
 */
export function releaseWrites(
  table: Table,
  scope: Scope,
  { kind, definition }: Placed,
  found: Definition | undefined,
): Write<'already_exists' | 'version_mismatch'>[] {
  if (found !== undefined && found.status !== 'draft' && found.version >= definition.version) return [];
  const revision = (found?.revision ?? 0) + 1;
  const placed = { kind, definition: { ...definition, revision, draft: found?.draft ?? false } };
  const kept = found?.status === 'draft' ? [saveDraft(table, scope, { kind, definition: found })] : [];
  return [...savePublished(table, scope, placed), ...kept];
}

/** How often the writing of a release is tried beside others who write the same: each try leaves less of it. */
const ROUNDS = 50;

/**
 * Writes some definitions of a release; what another process wrote at the same moment is written.
 * @throws Error where others kept it from being written, round after round; whoever comes next goes on
 */
async function settle(table: Table, scope: Scope, changes: readonly Placed[]): Promise<void> {
  for (let round = 1; round <= ROUNDS; round += 1) {
    const found = await getDefinitions(
      table,
      scope,
      changes.map(({ kind, definition }) => ({ kind, id: definition.id })),
    );
    const groups = changes.map((change) =>
      releaseWrites(table, scope, change, found.get(placeOf(change.kind, change.definition.id))),
    );
    const results = [];
    for (const writes of commitsOf(groups)) results.push(await commit(table, writes));
    if (results.every(({ kind }) => kind === 'committed')) return;
  }
  throw new Error('others kept a release from being written');
}

async function sweep(table: Table, items: readonly Item[]): Promise<void> {
  const deletes = items.map(({ pk, sk }) => [{ item: { Delete: { TableName: table.name, Key: { pk, sk } } } }]);
  for (const writes of commitsOf(deletes)) await commit(table, writes);
}

/**
 * Finishes the release that brought about the current version of the ruleset: writes each of its definitions, and sweeps
 * away what releases put aside that came to nothing. Several may do it at once, and after any of them died half-way:
 * each does what is left.
 */
export async function finishRelease(table: Table, scope: Scope, release: string, version: number): Promise<void> {
  const { pk } = stagedKey(scope, release, 0);
  const items = await queryItems(table, { partition: pk });
  const own = sortPrefix([release]);
  const staged = items.filter(({ sk }) => String(sk).startsWith(own)).map(recordOf<Staged>);
  await settle(table, scope, staged);
  await commit(table, [closeRelease(table, scope, release)]);
  await sweep(
    table,
    items.filter((item) => recordOf<Staged>(item).ruleset <= version),
  );
}
