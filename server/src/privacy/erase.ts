import type { ErasureReceipt, PrivacyRequest } from '@laurel/contract/privacy/schema';
import type { IdKind } from '@laurel/contract/shared/ids';
import { backOff } from '../api/attempts.ts';
import { hasLeft, takeOut } from '../api/team-changes.ts';
import type { Vault } from '../ports/vault.ts';
import { commit } from '../store/commit.ts';
import { batchOutsideOfSheets } from '../store/happen.ts';
import { saveHappenings } from '../store/happenings.ts';
import { getPlacement } from '../store/memberships.ts';
import {
  buryUser,
  type Counts,
  endRemoval,
  getRemoval,
  getRequest,
  getTombstone,
  type Removal,
  removeSome,
  saveReceipt,
  saveRequest,
} from '../store/privacy.ts';
import { getDue, putDue } from '../store/schedule.ts';
import type { Scope } from '../store/scope.ts';
import type { Table } from '../store/table.ts';
import { getTeam } from '../store/teams.ts';
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

/** When an erased user is looked at once more: by then no process knows the key. */
export function secondLookAt(now: string): string {
  return new Date(Date.parse(now) + 2 * KEYS_KNOWN_FOR).toISOString();
}

/** The request by which a user is erased; nothing where there is no tombstone of theirs. */
export async function erasureOf({ platform, scope }: Erasing, userId: string): Promise<PrivacyRequest | undefined> {
  const tombstone = await getTombstone(platform.table, scope, userId);
  return tombstone && getRequest(platform.table, scope, tombstone.request);
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
  const round = retentionDue({ slug: scope.workspace }, nextMidnight(now));
  const told = { type: 'user.erased', occurredAt: now, data: { requestId: request.id } } as const;
  for (let tried = 1; ; tried += 1) {
    const burial = await buryUser(table, scope, userId, { at, request: request.id });
    // A round that is due, or under way and perhaps this one's own, stays where it is.
    const isWatched = (await getDue(table, scope, round)) !== undefined;
    if (burial === undefined) return (await finishErasure(erasing, userId))?.request;
    const result = await commit(table, [
      ...burial,
      ...saveRequest(table, scope, request),
      ...saveHappenings(table, scope, batchOutsideOfSheets({ ...platform, scope, now }, userId, [told])),
      ...putDue(table, scope, { kind: PRIVACY_ERASE, subject: userId, at: secondLookAt(now) }),
      ...(isWatched ? [] : putDue(table, scope, round)),
    ]);
    if (result.kind === 'committed') return (await finishErasure(erasing, userId))?.request;
    if (tried >= TRIES) throw new Error(`a user could not be erased: ${result.kind}`);
  }
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

/** Takes an erased user out of their team, whose captain somebody else becomes: it is told of like any leaving. */
async function leaveTeam({ platform, scope, now }: Erasing, userId: string): Promise<void> {
  const { table } = platform;
  for (let tried = 1; ; tried += 1) {
    const place = await getPlacement(table, scope, userId);
    const team = place.current === null ? undefined : await getTeam(table, scope, place.current.team);
    if (place.current === null || team === undefined) return;
    const member = { id: place.current.member, userId };
    const { writes } = await takeOut({ platform, scope, now }, team, place, member);
    const told = batchOutsideOfSheets({ ...platform, scope, now }, userId, [hasLeft({ now }, team.record.id)]);
    const result = await commit(table, [...writes, ...saveHappenings(table, scope, told)]);
    if (result.kind === 'committed') return;
    if (tried >= TRIES) throw new Error(`an erased user could not be taken out of their team: ${result.kind}`);
    await backOff(tried);
  }
}

/** How far an erasure is. */
export interface Erased {
  readonly request: PrivacyRequest;
  /** Whether nothing is left to do. */
  readonly isOver: boolean;
}

/** Does what is left to do for a user in whose place there is a tombstone, as much of it as one call takes. */
export async function finishErasure(erasing: Erasing, userId: string): Promise<Erased | undefined> {
  const { platform, scope } = erasing;
  const { table } = platform;
  const tombstone = await getTombstone(table, scope, userId);
  const request = tombstone && (await getRequest(table, scope, tombstone.request));
  if (tombstone === undefined || request === undefined) return undefined;
  const { pseudonym, id } = request;
  await vaultOf(table).destroy(scope, { pseudonym, at: tombstone.at, request: id });
  await leaveTeam(erasing, userId);
  const before = await getRemoval(table, scope, id);
  // That of an erasure which is completed: this is another look, at all of it.
  if (before.after === null && request.receipt !== null) await commit(table, endRemoval(table, scope, id, before));
  let removal = await removeSome(table, scope, { userId, request: id });
  for (let step = 1; step < STEPS && removal.after !== null; step += 1)
    removal = await removeSome(table, scope, { userId, request: id });
  // What is left is removed by the next to come here.
  if (removal.after !== null) return { request, isOver: false };
  if (request.receipt === null) return completed(erasing, request, removal);
  await commit(table, endRemoval(table, scope, id, removal));
  return { request, isOver: true };
}

/** Gives the receipt of an erasure; where somebody else has given it, that one stays. */
async function completed(
  { platform, scope, now }: Erasing,
  request: PrivacyRequest,
  removal: Removal,
): Promise<Erased> {
  const { table } = platform;
  const ended: PrivacyRequest = { ...request, status: 'completed', completedAt: now };
  const receipt = { keyDestroyedAt: now, removed: removal.removed, kept: removal.kept };
  const signature = await vaultOf(table).signatureOf(scope, 'erasure receipt', signedText(ended, receipt));
  const done = { ...ended, receipt: { ...receipt, signature } };
  const { id } = request;
  const result = await commit(table, [...saveReceipt(table, scope, done), ...endRemoval(table, scope, id, removal)]);
  if (result.kind === 'committed') return { request: done, isOver: true };
  const there = (await getRequest(table, scope, id)) ?? request;
  return { request: there, isOver: there.receipt !== null };
}
