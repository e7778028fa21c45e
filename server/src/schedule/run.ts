import type { Boundary } from '@laurel/contract/clock/schema';
import { ATTEMPTS, backOff } from '../api/attempts.ts';
import { type OwnDoing, recordOwn } from '../audit/system.ts';
import { PRIVACY_ERASE } from '../privacy/erase.ts';
import { commit, type Write } from '../store/commit.ts';
import {
  type DueItem,
  failDue,
  finishDue,
  isStillDue,
  keepDue,
  parkDue,
  type QueuedItem,
  readDue,
  sweepDue,
} from '../store/schedule.ts';
import type { Scope } from '../store/scope.ts';
import type { Outcome, SchedulePlatform, TurnHandlers } from './turn.ts';

/** How often a turn may fail before it is set aside, so that it holds up the others no longer. */
const MAX_FAILURES = 10;

/** How many turns are read at a time. */
const READ_AHEAD = 25;

/** How a workspace's due items are run. */
export interface Run {
  readonly platform: SchedulePlatform;
  readonly handlers: TurnHandlers;
  readonly scope: Scope;
  /** The last instant whose items are run. */
  readonly until: string;
  /** How many items at most. */
  readonly limit: number;
  /** What time it is in the workspace when a turn is run; the item's own time, where it stands still meanwhile. */
  readonly now?: () => string;
  /** What is written with each turn besides, such as the hand of a test clock; asked for again before each try. */
  readonly alongside?: (at: string, attempt: number) => Promise<readonly Write[]>;
  /** What is done after each turn, before the next; answers whether something came due by it. */
  readonly afterwards?: (at: string) => Promise<boolean>;
}

/** What a run did. */
export interface RunReport {
  /** What this run itself has run, in order; what failed is among it. */
  readonly boundaries: readonly Boundary[];
  /** How many turns it has run, those that came too early and those that failed included. */
  readonly ran: number;
  /** How many of them failed and stay in line, for the next run to try. */
  readonly failures: number;
  /** Whether nothing is due any more until the end of the run. */
  readonly done: boolean;
}

/** What became of one turn: it took effect, or failed and stays in line; or it was not there to be run any more. */
type Ran = { readonly boundary: Boundary | null; readonly next: readonly DueItem[]; readonly stays?: true } | undefined;

/** The record of a turn: those of players name them by a pseudonym. */
async function recordOf(
  { platform, scope }: Run,
  { kind, subject }: DueItem,
  ended: Pick<OwnDoing, 'outcome' | 'reason'>,
): Promise<Write> {
  const isPlayers = kind.startsWith('player.') || kind === PRIVACY_ERASE;
  const pseudonyms = isPlayers ? await platform.audit.pseudonymsOf(scope.tenant) : undefined;
  // What is one of several of a player is named after them, and no id holds a `/`.
  const [player = subject] = subject.split('/');
  const target = { subject: pseudonyms?.of(scope, 'user', player) ?? subject };
  return recordOwn(platform, scope, { action: kind, target, ...ended });
}

/** Whether a turn has done something of which there must be a record. */
function isDoing({ outcome, unreported, writes = [] }: Outcome): boolean {
  return unreported !== true && (outcome !== 'skipped' || writes.length > 0);
}

function followers(item: DueItem, { goesOn = false, next, also = [] }: Outcome): DueItem[] {
  if (goesOn) return [item];
  return [...(next == null ? [] : [{ ...item, at: next }]), ...also];
}

/** Runs one turn to its end: it takes effect here, or has been taken by somebody else. */
async function runTurn(run: Run, queued: QueuedItem): Promise<Ran> {
  const { platform, handlers, scope, alongside, now } = run;
  const { table } = platform;
  const { failures: _, ...item } = queued;
  const handler = handlers.get(item.kind);
  if (handler === undefined) throw new Error(`nothing runs what is due as ${item.kind}`);
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    if (!(await isStillDue(table, scope, item))) {
      await commit(table, sweepDue(table, scope, item));
      return undefined;
    }
    const outcome = await handler({ platform, scope, item, now: now?.() ?? item.at });
    const next = followers(item, outcome);
    const more = (await alongside?.(item.at, attempt)) ?? [];
    const result = await commit(table, [
      ...(outcome.goesOn ? keepDue(table, scope, item) : finishDue(table, scope, item, next, outcome.heard)),
      ...(outcome.writes ?? []),
      ...(isDoing(outcome) ? [await recordOf(run, item, { reason: outcome.reason ?? outcome.outcome })] : []),
      ...more,
    ]);
    if (result.kind === 'committed') {
      const { at, kind, subject } = item;
      const boundary = { at, kind, subject, outcome: outcome.outcome, details: { ...outcome.details } };
      return { boundary: outcome.unreported === true ? null : boundary, next };
    }
    if (result.kind === 'refused' && result.refusal === 'taken') return undefined;
    await backOff(attempt);
  }
  throw new Error(`${item.kind} of ${item.subject} could not be written`);
}

/** Runs one turn; one that fails is counted, and set aside when it has failed too often. */
async function runOrCount(run: Run, queued: QueuedItem): Promise<Ran> {
  const { table, logger } = run.platform;
  try {
    return await runTurn(run, queued);
  } catch (error) {
    const isLast = queued.failures + 1 >= MAX_FAILURES;
    const writes = isLast
      ? [...parkDue(table, run.scope, queued, String(error)), await recordOf(run, queued, { outcome: 'failed' })]
      : failDue(table, run.scope, queued);
    await commit(table, writes);
    const { at, kind, subject } = queued;
    const { tenant, workspace } = run.scope;
    const cause = error instanceof Error ? error : new Error(String(error));
    logger.error(isLast ? 'a due item was set aside' : 'what was due failed', {
      kind,
      subject,
      tenant,
      workspace,
      error: cause,
    });
    const boundary = { at, kind, subject, outcome: 'failed', details: {} };
    return { boundary, next: [], ...(isLast ? {} : { stays: true }) };
  }
}

/** What a turn is known by, and sorted by. */
function nameOf({ at, kind, subject }: DueItem): string {
  return `${at}#${kind}#${subject}`;
}

/** The order in which turns are run; the table keeps them in the same. */
function compareTurns(a: DueItem, b: DueItem): number {
  return nameOf(a) < nameOf(b) ? -1 : 1;
}

/** What stands in line beside what has failed in this run. */
async function readAhead({ platform, scope, until }: Run, failed: ReadonlySet<string>) {
  const limit = READ_AHEAD + failed.size;
  const read = await readDue(platform.table, scope, until, limit);
  return {
    ahead: read.filter((item) => !failed.has(nameOf(item))),
    // Up to where the line is known; all of it where it was read to its end.
    known: read.length < limit ? undefined : read.at(-1),
  };
}

/**
 * Runs what is due in a workspace up to an instant, strictly in the order of time, kind and subject; what that makes
 * due in its turn is run in order as well. Any number of runs may be under way at once, and each may be ended at any
 * point: a turn takes effect in the same transaction that ends it, so each takes effect once. One that fails keeps no
 * other waiting, and is tried again by the next run.
 */
export async function runDue(run: Run): Promise<RunReport> {
  const { until, limit } = run;
  const boundaries: Boundary[] = [];
  const failed = new Set<string>();
  let count = 0;
  for (;;) {
    const { ahead, known } = await readAhead(run, failed);
    if (ahead.length === 0) return { boundaries, ran: count, failures: failed.size, done: true };
    for (let queued = ahead.shift(); queued !== undefined; queued = ahead.shift()) {
      if (count >= limit) return { boundaries, ran: count, failures: failed.size, done: false };
      const ran = await runOrCount(run, queued);
      // Others are at work: what was read ahead may not be all.
      if (ran === undefined) break;
      count += 1;
      if (ran.boundary !== null) boundaries.push(ran.boundary);
      if (ran.stays) failed.add(nameOf(queued));
      if (await run.afterwards?.(queued.at)) break;
      const within = ran.next.filter(
        (next) => next.at <= until && (known === undefined || compareTurns(next, known) < 0),
      );
      if (within.length === 0) continue;
      ahead.push(...within.map((next) => ({ ...next, failures: 0 })));
      ahead.sort(compareTurns);
    }
  }
}
