import type { Laurel } from '@laurel/sdk/server';
import { ids } from './game.ts';
import type { Commit } from './history.ts';

/** A commit that was not counted, and why: a problem code of the platform. */
export interface SkippedCommit {
  readonly hash: string;
  /** Seconds since 1970-01-01T00:00:00Z; null where the commit has no time that git can read. */
  readonly authoredAt: number | null;
  readonly reason: 'time_out_of_range' | 'no_time';
}

/** What became of a history. */
export interface Sent {
  /** How many commits count, from this run or an earlier one. */
  readonly events: number;
  /** Those that do not, in the order of the history. */
  readonly skipped: readonly SkippedCommit[];
}

/** Is told how many commits have been dealt with so far. */
export type OnProgress = (done: number) => void;

/** The part of the client that sending takes. */
export interface EventSender {
  readonly events: Pick<Laurel['events'], 'trackBatch'>;
}

/** The most that one request may carry. */
const BATCH = 500;
/** Requests in flight at once. */
const LANES = 4;
/** A full batch in every lane is a long answer for a small machine. */
const PATIENCE = { timeoutMs: 120_000 };
/** How often an item is sent again that was refused for a moment only. */
const ATTEMPTS = 5;
/** Problems that the same item may not meet again. */
const PASSING: ReadonlySet<string> = new Set(['conflict', 'request_in_progress', 'internal_error', 'unavailable']);
/** 9999-12-31T23:59:59Z: RFC 3339 cannot state a later time. */
const LAST_SECOND = 253_402_300_799;

/**
 * Sends each commit as one event whose id is the commit's hash, so that it counts once however often it is sent. A
 * player's commits travel in one lane, in order; the lanes travel side by side. A commit that claims to be written
 * more than five minutes from now is refused by the platform: it is skipped and named, as is one without a time.
 *
 * @throws Error where the platform refuses a commit for another reason, and whatever the client throws.
 */
export async function sendHistory(
  laurel: EventSender,
  commits: AsyncIterable<Commit>,
  onProgress: OnProgress = () => {},
): Promise<Sent> {
  const skipped: SkippedCommit[] = [];
  let done = 0;
  for await (const round of chunks(commits, BATCH * LANES)) {
    await Promise.all(
      lanesOf(round).map(async (lane) => {
        for (let start = 0; start < lane.length; start += BATCH) {
          const batch = lane.slice(start, start + BATCH);
          skipped.push(...(await sendBatch(laurel, batch)));
          done += batch.length;
          onProgress(done);
        }
      }),
    );
  }
  return { events: done - skipped.length, skipped: skipped.sort(byTime) };
}

/** Sends up to `BATCH` commits, and again those that were refused for a moment only. Answers with the skipped ones. */
async function sendBatch(laurel: EventSender, batch: readonly Commit[]): Promise<SkippedCommit[]> {
  const skipped = batch.flatMap((commit) => unsendable(commit) ?? []);
  const left = new Set(skipped.map((commit) => commit.hash));
  let pending = batch.filter((commit) => !left.has(commit.hash));
  for (let attempt = 1; pending.length > 0; attempt++) {
    const { items } = await laurel.events.trackBatch({ events: pending.map(eventOf) }, PATIENCE);
    const again: Commit[] = [];
    for (const [index, commit] of pending.entries()) {
      const item = items[index];
      if (item === undefined) throw new Error(`The platform did not answer for commit ${commit.hash}.`);
      if (item.status === 'accepted') continue;
      const { code, detail } = item.problem;
      if (code === 'time_out_of_range') skipped.push(skip(commit, 'time_out_of_range'));
      else if (PASSING.has(code) && attempt < ATTEMPTS) again.push(commit);
      else throw new Error(`The platform refused commit ${commit.hash} (${code}): ${detail}`);
    }
    pending = again;
  }
  return skipped;
}

/** The event of a commit: the time is the author's, to the second. */
function eventOf(commit: Commit) {
  const occurredAt = new Date((commit.authoredAt ?? 0) * 1000).toISOString();
  return { id: commit.hash, activity: ids.activity, externalUserId: commit.player, occurredAt };
}

/** A commit that cannot even be put into a request. */
function unsendable(commit: Commit): SkippedCommit | undefined {
  if (commit.authoredAt === null) return skip(commit, 'no_time');
  return commit.authoredAt > LAST_SECOND ? skip(commit, 'time_out_of_range') : undefined;
}

function skip(commit: Commit, reason: SkippedCommit['reason']): SkippedCommit {
  return { hash: commit.hash, authoredAt: commit.authoredAt, reason };
}

function byTime(a: SkippedCommit, b: SkippedCommit): number {
  return (a.authoredAt ?? 0) - (b.authoredAt ?? 0) || (a.hash < b.hash ? -1 : 1);
}

/** The same player always travels in the same lane; the ids are hashes already, so the lanes fill evenly. */
function lanesOf(commits: readonly Commit[]): Commit[][] {
  const lanes = Array.from({ length: LANES }, (): Commit[] => []);
  for (const commit of commits) lanes[Number.parseInt(commit.player.slice(0, 8), 16) % LANES]?.push(commit);
  return lanes;
}

async function* chunks<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let chunk: T[] = [];
  for await (const item of items) {
    chunk.push(item);
    if (chunk.length < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}
