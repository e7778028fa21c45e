import type { EventReceipt, Happening, Me } from '../../generated/types.ts';
import type { Lists } from './lists.ts';

/** What an activity gives, in the mock. */
export interface MockRule {
  readonly activity: string;
  readonly currency: string;
  readonly amount: number;
}

/** The state of one mock, and what it goes by. */
export interface World {
  readonly lists: Lists;
  readonly rules: readonly MockRule[];
  /** Receipts by the ids of their events, and what was sent. */
  readonly receipts: Map<string, { readonly sent: string; readonly receipt: EventReceipt }>;
  me: Me;
  now(): string;
  newId(kind: string): string;
  tell(happening: Happening): void;
}
