/** Rounds that are run again and again. */
export interface Rounds {
  /** Whether they are at their end: a round that is under way may stop early. */
  isClosed(): boolean;
  /** Ends them, after the round that is under way. */
  close(): Promise<void>;
}

/**
 * Runs rounds, each so many milliseconds after the one before, or none where no time is given; it keeps no process alive.
 * @param round must not reject: what goes wrong in it is its own to report
 */
export function startRounds(round: (rounds: Rounds) => Promise<void>, everyMs: number | undefined): Rounds {
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  let running = Promise.resolve();
  const rounds: Rounds = {
    isClosed: () => isClosed,
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await running;
    },
  };
  const wait = (): void => {
    if (everyMs === undefined) return;
    timer = setTimeout(() => {
      running = round(rounds).then(() => {
        if (!isClosed) wait();
      });
    }, everyMs).unref();
  };
  wait();
  return rounds;
}
