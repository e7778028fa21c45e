import type { Run } from '../player.ts';

/**
 * The runs with one more day in them: it makes a run of its own, lengthens one, or joins two. Adding a day twice is
 * adding it once (the same array comes back), and the order in which days are added makes no difference.
 */
export function addDay(runs: readonly Run[], day: number): readonly Run[] {
  // The first run that the day can touch: it ends on the day before, or later.
  const at = runs.findIndex(([, to]) => to >= day - 1);
  const run = at === -1 ? undefined : runs[at];
  if (run === undefined) return [...runs, [day, day]];
  const [from, to] = run;
  if (from <= day && day <= to) return runs;
  if (day < from - 1) return runs.toSpliced(at, 0, [day, day]);
  if (day < from) return runs.with(at, [day, to]);
  const next = runs[at + 1];
  if (next && next[0] === day + 1) return runs.toSpliced(at, 2, [from, next[1]]);
  return runs.with(at, [from, day]);
}

/** How many days a run has; none where there is no run. */
export function runDays(run: Run | null): number {
  return run === null ? 0 : run[1] - run[0] + 1;
}

/**
 * The run that is still alive, or null. A run lives through the day after its last, so that there is time until
 * midnight; one that ends later than `today`, as happens to players who travel west, is alive too.
 */
export function currentRun(runs: readonly Run[], today: number): Run | null {
  const last = runs.at(-1);
  return last !== undefined && last[1] >= today - 1 ? last : null;
}

/** The longest run, the earliest of equals; null where there is none. */
export function longestRun(runs: readonly Run[]): Run | null {
  return runs.reduce<Run | null>((longest, run) => (runDays(run) > runDays(longest) ? run : longest), null);
}

/** The run that a day is part of, or null. */
export function runAt(runs: readonly Run[], day: number): Run | null {
  return runs.find(([from, to]) => from <= day && day <= to) ?? null;
}

/** The runs that touch an interval of days, both ends included, cut to it. */
export function clip(runs: readonly Run[], from: number, to: number): readonly Run[] {
  return runs.flatMap(([first, last]): Run[] => {
    const cut: Run = [Math.max(first, from), Math.min(last, to)];
    return cut[0] <= cut[1] ? [cut] : [];
  });
}
