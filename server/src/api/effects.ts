import { createHash } from 'node:crypto';
import type { Effects, Event } from '@laurel/contract/events/schema';
import type { LedgerEntry } from '@laurel/contract/types';
import type { DomainEffects, Posting } from '../domain/index.ts';
import type { Rulebook } from '../store/definitions.ts';
import { ISSUANCE } from '../store/ledger.ts';
import type { Scope } from '../store/scope.ts';
import { presentProgress } from './progress.ts';
import type { Reader } from './reader.ts';

/** An id that follows from what it names: a dry run and a repeat come to the same one. */
function derivedId(prefix: string, parts: readonly string[]): string {
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return `${prefix}_${digest.slice(0, 32)}`;
}

/** The entry of a wallet that a posting makes; its other leg is the issuance account's. */
export function entryOf(scope: Scope, event: Event, posting: Posting): LedgerEntry {
  const { currency, amount, balance, entry, reason, occurredAt, postedAt } = posting;
  const transaction = derivedId('txn', [scope.tenant, scope.workspace, event.id, currency, String(entry)]);
  return {
    id: `${transaction}.1`,
    transaction,
    currency,
    amount,
    balance,
    counterparty: ISSUANCE,
    reason,
    occurredAt,
    postedAt,
  };
}

/** All that an event brought about, as the caller sees it. */
export function presentEffects(
  scope: Scope,
  event: Event,
  effects: DomainEffects,
  rulebook: Rulebook,
  today: Reader['today'],
): Effects {
  return {
    progress: effects.progress.map((record) => presentProgress(record, rulebook, today)),
    missionsCompleted: effects.missionsCompleted.map(({ mission, period }) => ({ mission, period })),
    rewards: [...effects.rewards],
    ledger: effects.postings.map((posting) => entryOf(scope, event, posting)),
    streaks: [...effects.streaks],
    scores: effects.scores.map(({ leaderboard, period, added, score }) => ({ leaderboard, period, added, score })),
  };
}
