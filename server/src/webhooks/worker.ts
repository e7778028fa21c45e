import type { IdKind } from '@laurel/contract/shared/ids';
import type { Sealer } from '../ports/sealer.ts';
import type { Table } from '../store/table.ts';
import type { DestinationRules } from './destination.ts';
import { createSender, type Send } from './send.ts';

/** What delivering takes. */
export interface WebhookWorker {
  readonly table: Table;
  readonly sealer: Sealer;
  readonly newId: (kind: IdKind) => string;
  readonly send: Send;
  /** The machine's own time, milliseconds since 1970: receivers compare signatures with theirs. */
  readonly clock: () => number;
  /** A random number from 0 to 1. */
  readonly chance: () => number;
}

/** What delivers for a platform. */
export function webhookWorker(parts: {
  readonly table: Table;
  readonly sealer: Sealer;
  readonly newId: (kind: IdKind) => string;
  readonly destinations: DestinationRules;
}): WebhookWorker {
  const { table, sealer, newId, destinations } = parts;
  return { table, sealer, newId, send: createSender(destinations), clock: Date.now, chance: Math.random };
}

/** What a secret of a webhook is sealed for. */
export function purposeOf(webhookId: string): string {
  return `webhook ${webhookId}`;
}
