import type { BatchItem, Problem } from '../../generated/types.ts';
import { AnswerError, isProblem, LaurelError, UsageError } from '../errors.ts';
import { isObject } from '../object.ts';

/** What becomes of a batch that was sent. */
export type Verdict =
  /** The server took each event, or will never take it. */
  | { readonly kind: 'answered'; readonly items: readonly (BatchItem | undefined)[] }
  /** Nothing is known of it, or it is not its time: it is sent again. */
  | { readonly kind: 'later'; readonly afterMs: number | undefined }
  /** Something in it makes the server refuse it as a whole. */
  | { readonly kind: 'refused'; readonly error: LaurelError };

const passing = [401, 403, 408, 429];

/** Whether the same could be taken another time. */
export function isPassing(status: number, code?: string): boolean {
  return status >= 500 || passing.includes(status) || code === 'conflict';
}

/** What was answered for each event: nothing where the answer is not one of Laurel's, which says nothing of any. */
export function itemsOf(receipt: unknown): readonly (BatchItem | undefined)[] {
  if (!(isObject(receipt) && 'items' in receipt && Array.isArray(receipt.items))) return [];
  return receipt.items.map((item: unknown) => (isItem(item) ? item : undefined));
}

function isItem(item: unknown): item is BatchItem {
  if (!(isObject(item) && 'status' in item)) return false;
  return item.status === 'rejected' ? 'problem' in item && isObject(item.problem) : 'receipt' in item;
}

/** Whether an item could be taken another time. */
export function isLater(item: BatchItem | undefined): boolean {
  return item === undefined || (item.status === 'rejected' && isPassing(item.problem.status, item.problem.code));
}

/** What an error of a batch means for its events. */
export function verdictOf(error: unknown): Verdict {
  if (!(error instanceof LaurelError)) throw error;
  if (error instanceof UsageError) return { kind: 'refused', error };
  if (!(error instanceof AnswerError)) return { kind: 'later', afterMs: undefined };
  const code = isProblem(error) ? error.code : undefined;
  // A page of a proxy says nothing of the events.
  if (code === undefined || isPassing(error.status, code)) {
    return { kind: 'later', afterMs: error.retryAfter === undefined ? undefined : error.retryAfter * 1000 };
  }
  return { kind: 'refused', error };
}

/** Why an event was given up: the problem of its own, or the error of a batch of it alone. */
export type Refusal = Problem | LaurelError;

export function problemIn(item: BatchItem): Problem | undefined {
  return isObject(item) && item.status === 'rejected' ? item.problem : undefined;
}
