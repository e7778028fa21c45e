import type { IdKind } from '@laurel/contract/shared/ids';
import { saveWaiting } from '../store/audit.ts';
import type { Write } from '../store/commit.ts';
import type { Scope } from '../store/scope.ts';
import type { Table } from '../store/table.ts';
import { openRecord, plainText } from './record.ts';

/** What Laurel has done by itself. */
export interface OwnDoing {
  /** Such as `webhook.disabled`. */
  readonly action: string;
  /** To what: ids, of people as pseudonyms. */
  readonly target: Readonly<Record<string, string>>;
  readonly outcome?: 'failed';
  /** What became of it, in a word. */
  readonly reason?: string;
}

/** The record of what Laurel does by itself: it belongs into the transaction of what is done. */
export function recordOwn(
  { table, newId }: { readonly table: Table; readonly newId: (kind: IdKind) => string },
  scope: Scope,
  { action, target, outcome, reason }: OwnDoing,
): Write {
  const record = openRecord({
    id: newId('auditRecord'),
    at: new Date().toISOString(),
    actor: { kind: 'system', id: null, tokenId: null },
    action: `system:${action}`,
    target: { ...target },
    outcome: outcome ?? 'succeeded',
    reason: reason === undefined ? null : plainText(reason),
  });
  return { item: saveWaiting(table, scope, { id: record.id, records: [record] }) };
}
