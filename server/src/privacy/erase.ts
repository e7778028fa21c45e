import type { ErasureReceipt, PrivacyRequest } from '@laurel/contract/privacy/schema';
import type { IdKind } from '@laurel/contract/shared/ids';
import type { Vault } from '../ports/vault.ts';
import { commit } from '../store/commit.ts';
import { batchOutsideOfSheets } from '../store/happen.ts';
import { saveHappenings } from '../store/happenings.ts';
import { buryUser, type Counts, getRequest, getTombstone, removeSome, saveRequest } from '../store/privacy.ts';
import { putDue } from '../store/schedule.ts';
import type { Scope } from '../store/scope.ts';
import type { Table } from '../store/table.ts';
import { nextMidnight, retentionDue } from './retention.ts';
import { KEYS_KNOWN_FOR } from './vault.ts';

/** What erases: in which workspace, and when. */
export interface Erasing {
  readonly platform: { readonly table: Table; readonly newId: (kind: IdKind) => string };
  readonly scope: Scope;
  /** The time of the workspace. */
  readonly now: string;
}

/** Which due item looks once more, when no process knows the key any longer; and goes on where one has died. */
export const PRIVACY_ERASE = 'privacy.erase';

/** How many steps of removal one call takes; the rest is the scheduler's. */
const STEPS = 60;
const TRIES = 5;

/** The vault of a table, without which nothing personal is kept. */
export function vaultOf({ vault }: Table): Vault {
  if (vault === undefined) throw new Error('this process has no vault');
  return vault;
}

function later(now: string, milliseconds: number): string {
  return new Date(Date.parse(now) + milliseconds).toISOString();
}

/**
 * Erases a user: a tombstone takes their place, then their key is destroyed, then their records are removed. Each step
 * bears being done twice, and whoever dies on the way leaves the rest to the scheduler.
 * @param known the request that it was asked for with, where it is done again after a restore
 * @returns nothing where there is no such user
 */
export async function eraseUser(
  erasing: Erasing,
  userId: string,
  by: string,
  known?: { readonly request: string; readonly at: string },
): Promise<PrivacyRequest | undefined> {
  const { platform, scope, now } = erasing;
  const { table } = platform;
  const at = known?.at ?? now;
  const request: PrivacyRequest = {
    id: known?.request ?? platform.newId('privacyRequest'),
    kind: 'erasure',
    status: 'running',
    pseudonym: await vaultOf(table).pseudonymOf(scope, userId),
    by,
    requestedAt: at,
    completedAt: null,
    receipt: null,
  };
  const told = { type: 'user.erased', occurredAt: now, data: { requestId: request.id } } as const;
  for (let tried = 1; ; tried += 1) {
    const burial = await buryUser(table, scope, userId, { at, request: request.id });
    if (burial === undefined) return finishErasure(erasing, userId);
    const result = await commit(table, [
      ...burial,
      ...saveRequest(table, scope, request),
      ...saveHappenings(table, scope, batchOutsideOfSheets({ ...platform, scope, now }, userId, [told])),
      ...putDue(table, scope, { kind: PRIVACY_ERASE, subject: userId, at: later(now, 2 * KEYS_KNOWN_FOR) }),
      ...putDue(table, scope, retentionDue({ slug: scope.workspace }, nextMidnight(now))),
    ]);
    if (result.kind === 'committed') return finishErasure(erasing, userId);
    if (tried >= TRIES) throw new Error(`a user could not be erased: ${result.kind}`);
  }
}

function sum(a: Counts, b: Counts): Counts {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return Object.fromEntries([...names].toSorted().map((name) => [name, (a[name] ?? 0) + (b[name] ?? 0)]));
}

/** What a receipt signs: all that the request says. */
export function signedText(request: PrivacyRequest, receipt: Omit<ErasureReceipt, 'signature'>): string {
  const { id, kind, pseudonym, by, requestedAt, completedAt } = request;
  const { keyDestroyedAt, removed, kept } = receipt;
  const entries = (counts: Counts) => Object.entries(counts).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([
    id,
    kind,
    pseudonym,
    by,
    requestedAt,
    completedAt,
    keyDestroyedAt,
    entries(removed),
    entries(kept),
  ]);
}

/** Does what is left to do for a user in whose place there is a tombstone. */
export async function finishErasure(erasing: Erasing, userId: string): Promise<PrivacyRequest | undefined> {
  const { platform, scope, now } = erasing;
  const { table } = platform;
  const vault = vaultOf(table);
  const tombstone = await getTombstone(table, scope, userId);
  const request = tombstone && (await getRequest(table, scope, tombstone.request));
  if (tombstone === undefined || request === undefined) return undefined;
  await vault.destroy(scope, { pseudonym: request.pseudonym, at: tombstone.at, request: request.id });
  let [removed, kept]: [Counts, Counts] = [{}, {}];
  let after: string | null | undefined;
  for (let step = 0; step < STEPS && after !== null; step += 1) {
    const some = await removeSome(table, scope, userId, after);
    removed = sum(removed, some.removed);
    kept = sum(kept, some.kept);
    after = some.next;
  }
  // What is left is removed by the next to come here; a receipt that was given stays as it is.
  if (after !== null || request.receipt !== null) return request;
  const completed: PrivacyRequest = { ...request, status: 'completed', completedAt: now };
  const receipt = { keyDestroyedAt: now, removed, kept };
  const signature = await vault.signatureOf(scope, 'erasure receipt', signedText(completed, receipt));
  const done = { ...completed, receipt: { ...receipt, signature } };
  const result = await commit(table, saveRequest(table, scope, done));
  if (result.kind !== 'committed') throw new Error(`a receipt could not be written: ${result.kind}`);
  return done;
}
