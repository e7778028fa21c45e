import type { DatabaseSync } from 'node:sqlite';

/** A piece of work on the database, which runs to its end without waiting for anything. */
interface Job<Result> {
  readonly writes: boolean;
  readonly run: () => Result;
}

/** What else must follow when work on the database is kept or undone. */
export interface Followers {
  /** Notes where things stand; the function it answers takes them back there. */
  readonly mark: () => () => void;
  /** Runs after each commit. */
  readonly committed: () => void;
}

export interface CommitQueue {
  /** Runs the job soon, after those that came before it; settles when its outcome is durable. */
  submit<Result>(job: Job<Result>): Promise<Result>;
  /** Runs the job at once, in a transaction of its own. */
  runNow<Result>(job: Job<Result>): Result;
}

/** After so long, in milliseconds, the queue lets timers and other I/O have their turn. */
const TURN = 8;

/**
 * Jobs that wait together are committed together: with one write to the disk for all of them, none is acknowledged
 * before it is safe, and each is still atomic by itself (a savepoint). Between turns the event loop runs on.
 */
export function createCommitQueue(database: DatabaseSync, followers: Followers): CommitQueue {
  const begin = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');
  const rollback = database.prepare('ROLLBACK');
  const save = database.prepare('SAVEPOINT job');
  const release = database.prepare('RELEASE job');
  const undo = database.prepare('ROLLBACK TO job');
  let waiting: Waiting[] = [];

  /** Runs a job; if it throws, nothing of it remains. */
  function attempt<Result>({ writes, run }: Job<Result>): Result {
    if (!writes) return run();
    const restore = followers.mark();
    save.run();
    try {
      const result = run();
      release.run();
      return result;
    } catch (error) {
      undo.run();
      release.run();
      restore();
      throw error;
    }
  }

  function inTransaction<Result>(work: () => Result): Result {
    const restore = followers.mark();
    begin.run();
    try {
      const result = work();
      commit.run();
      return result;
    } catch (error) {
      if (database.isTransaction) rollback.run();
      restore();
      throw error;
    }
  }

  function drain(): void {
    const turn = waiting;
    waiting = [];
    const settled: Settle[] = [];
    const deadline = performance.now() + TURN;
    let lost: { readonly error: unknown } | undefined;
    try {
      inTransaction(() => {
        while (turn.length > 0 && performance.now() < deadline) {
          const job = turn.shift();
          if (job !== undefined) settled.push(job.run());
        }
      });
    } catch (error) {
      lost = { error };
    }
    if (lost === undefined) followers.committed();
    for (const settle of settled) settle(lost);
    if (lost !== undefined) for (const job of turn.splice(0)) job.refuse(lost.error);
    waiting = [...turn, ...waiting];
    if (waiting.length > 0) setImmediate(drain);
  }

  return {
    submit: (job) =>
      new Promise((resolve, reject) => {
        if (waiting.length === 0) setImmediate(drain);
        waiting.push({
          refuse: reject,
          run() {
            try {
              const result = attempt(job);
              return (lost) => (lost === undefined ? resolve(result) : reject(lost.error));
            } catch (error) {
              return () => reject(error);
            }
          },
        });
      }),
    runNow(job) {
      const result = inTransaction(() => attempt(job));
      followers.committed();
      return result;
    },
  };
}

/** A job in the queue, and who waits for it. */
interface Waiting {
  readonly run: () => Settle;
  /** Says that the job was not carried out. */
  readonly refuse: (error: unknown) => void;
}

/** Tells the caller of a job how it went, given whether the commit was lost. */
type Settle = (lost: { readonly error: unknown } | undefined) => void;
