import type { Write } from './commit.ts';
import { type Key, keyOf, type Scope } from './scope.ts';
import { getItem, recordOf, type Table, TTL_ATTRIBUTE } from './table.ts';

/** The answer that a write with an Idempotency-Key was given. */
export interface KeptAnswer {
  /** A hash of method, path and body of the request that was answered. */
  readonly fingerprint: string;
  readonly status: number;
  /** The body as JSON; `ERASED` where whom it was about was erased since. */
  readonly body: string;
  /** Kept until then, seconds since 1970. */
  readonly expiresAt: number;
}

/** How long an answer is kept, in seconds. */
export const KEPT_FOR = 24 * 60 * 60;

/** Keys belong to one caller: two callers may use the same key. */
function answerKey(scope: Scope, caller: string, key: string): Key {
  return keyOf(scope, ['ANSWER', caller, key], ['ANSWER']);
}

/**
 * Keeps an answer, in the same transaction as what it answers: there is never an effect without its answer, nor the
 * reverse. It is sealed for the user whom it is about, if there is one such user. An expired one may still be there, since the table removes it late.
 */
export function keepAnswer(
  table: Table,
  scope: Scope,
  caller: string,
  key: string,
  answer: KeptAnswer,
  now: number,
  owner: string | null,
): Write<'answer_kept'> {
  const item = {
    Put: {
      TableName: table.name,
      Item: { ...answerKey(scope, caller, key), owner, record: answer, [TTL_ATTRIBUTE]: answer.expiresAt },
      ConditionExpression: 'attribute_not_exists(pk) OR #expiresAt <= :now',
      ExpressionAttributeNames: { '#expiresAt': TTL_ATTRIBUTE },
      ExpressionAttributeValues: { ':now': now },
    },
  };
  return { item, refusal: 'answer_kept' };
}

/** Reads a kept answer that has not expired. */
export async function keptAnswer(
  table: Table,
  scope: Scope,
  caller: string,
  key: string,
  now: number,
): Promise<KeptAnswer | undefined> {
  const item = await getItem(table, answerKey(scope, caller, key));
  const answer = item && recordOf<KeptAnswer>(item);
  return answer !== undefined && answer.expiresAt > now ? answer : undefined;
}
