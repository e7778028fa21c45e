import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { OwnerErased } from '../ports/vault.ts';
import { sealedWrite } from './sealing.ts';
import type { Item, Table, TransactItem } from './table.ts';

/** One write of a commit, with the name of what it means when its condition does not hold. */
export interface Write<Refusal extends string = string> {
  readonly item: TransactItem;
  /** What to answer when the condition of this write fails. */
  readonly refusal?: Refusal;
  /** Whether the player's sheet, written beside it, is all that guards it: then it may be written after the sheet. */
  readonly later?: true;
  /** What is to be done once all is committed. Whoever comes next does it where this could not. */
  readonly after?: () => Promise<void>;
}

/** The most writes of one commit: of the 100 that DynamoDB takes, one is kept for the record of the audit, and one for its copy. */
export const MOST_WRITES = 98;

/** How a commit ended: all of it written, or nothing, and whose condition failed. */
export type CommitResult<Refusal extends string = string> =
  | { readonly kind: 'committed' }
  | { readonly kind: 'refused'; readonly refusal: Refusal | undefined; readonly index: number }
  | { readonly kind: 'contended' }
  | { readonly kind: 'too_many_writes' };

/** DynamoDB's word for a write that lost against another transaction at the same moment. */
const CONTENTION = new Set(['TransactionConflict', 'ProvisionedThroughputExceeded', 'ThrottlingError']);

/**
 * Writes all or nothing. A failed condition is an answer, not an exception; the rest throws. What is more than one commit
 * holds is refused as `too_many_writes`.
 */
export async function commit<Refusal extends string>(
  table: Table,
  writes: readonly Write<Refusal>[],
): Promise<CommitResult<Refusal>> {
  if (writes.length === 0) return { kind: 'committed' };
  if (writes.length > MOST_WRITES) return { kind: 'too_many_writes' };
  const refused = await attemptSeen(table, writes);
  if (refused !== undefined) return refused;
  for (const { after } of writes) await after?.();
  return { kind: 'committed' };
}

/** The writes with what is personal sealed; or the place of one about somebody who was erased meanwhile. */
async function sealedAll(table: Table, writes: readonly Write[]): Promise<TransactItem[] | number> {
  const sealed = await Promise.allSettled(writes.map(({ item }) => sealedWrite(table.vault, item)));
  const items: TransactItem[] = [];
  for (const [index, one] of sealed.entries()) {
    if (one.status === 'fulfilled') items.push(one.value);
    else if (one.reason instanceof OwnerErased) return index;
    else throw one.reason;
  }
  return items;
}

/** The same with the record of whoever writes, which stands or falls with what they write. */
async function attemptSeen<Refusal extends string>(
  table: Table,
  writes: readonly Write<Refusal>[],
): Promise<CommitResult<Refusal> | undefined> {
  if (table.witness === undefined) return attempt(table, writes);
  const { items, leave } = await table.witness.enter();
  let isWritten = false;
  try {
    const refused = await attempt(table, [...writes, ...items.map((item) => ({ item }))]);
    isWritten = refused === undefined;
    return refused;
  } finally {
    leave(isWritten);
  }
}

/** Nothing where all is written. */
async function attempt<Refusal extends string>(
  table: Table,
  writes: readonly Write<Refusal>[],
): Promise<CommitResult<Refusal> | undefined> {
  const items = await sealedAll(table, writes);
  // The condition that the user is as they were read does not hold, to say the least.
  if (typeof items === 'number') return { kind: 'refused', refusal: writes[items]?.refusal, index: items };
  try {
    await table.client.send(new TransactWriteCommand({ TransactItems: items }));
    return undefined;
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    const codes = (error.CancellationReasons ?? []).map((reason) => reason.Code ?? 'None');
    const index = codes.indexOf('ConditionalCheckFailed');
    if (index >= 0) return { kind: 'refused', refusal: writes[index]?.refusal, index };
    if (codes.some((code) => CONTENTION.has(code))) return { kind: 'contended' };
    throw error;
  }
}

/** Puts an item that must not exist yet. */
export function putNew(table: Table, item: Item): TransactItem {
  return { Put: { TableName: table.name, Item: item, ConditionExpression: 'attribute_not_exists(pk)' } };
}

/** Puts an item, whether or not it exists. */
export function put(table: Table, item: Item): TransactItem {
  return { Put: { TableName: table.name, Item: item } };
}

/**
 * Puts an item in place of the one whose `version` is the given one; version 0 is one that does not exist.
 * @param assumed the version of what is as it is without an item, if that has one
 */
export function putVersion(table: Table, item: Item, version: number, assumed?: number): TransactItem {
  if (version === 0) return putNew(table, item);
  return {
    Put: {
      TableName: table.name,
      Item: item,
      ConditionExpression: `${version === assumed ? 'attribute_not_exists(pk) OR ' : ''}#version = :version`,
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: { ':version': version },
    },
  };
}
