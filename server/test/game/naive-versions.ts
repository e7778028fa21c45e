/** A version of a streak of days in UTC, for which so many events of an activity make a day count. */
export interface NaiveVersion {
  readonly at: number;
  readonly running: 'keep' | 'recompute' | 'reset';
  readonly activity: string;
  readonly target: number;
}

export interface NaiveEvent {
  readonly at: number;
  readonly activity: string;
}

const DAY = 86_400_000;
const dayOf = (at: number) => Math.floor(at / DAY);

interface NaiveRun {
  readonly from: number;
  to: number;
  count: number;
  /** Ended by a version, so that not even the next day goes on with it. */
  ended: boolean;
}

/**
 * A streak of days, worked out event by event in the order of time, whatever versions were published meanwhile: it looks
 * at all that happened at once, and at no clock but that of the events. What the last event saw stands.
 */
export function naiveStreakOf(
  versions: readonly NaiveVersion[],
  events: readonly NaiveEvent[],
  today: number,
): { current: number; longest: number; runs: [from: number, to: number][] } {
  const inOrder = events.toSorted((a, b) => a.at - b.at);
  const latest = inOrder.at(-1)?.at ?? 0;
  const recounting = versions.findLastIndex(({ at, running }) => running === 'recompute' && at <= latest);
  // What counts everything again was always there, but for what ended runs before it.
  const resets = versions.map(({ at, running }) => ({ at, isReset: running === 'reset' }));
  const ruleAt = (at: number) =>
    Math.max(
      recounting,
      versions.findLastIndex((one) => one.at <= at),
      0,
    );

  const runs: NaiveRun[] = [];
  let rule = -1;
  let tally = { day: Number.NaN, amount: 0 };
  let before = Number.NEGATIVE_INFINITY;
  const goesOn = (day: number) => {
    const run = runs.at(-1);
    return run !== undefined && !run.ended && run.to >= day - 1;
  };
  const pass = (at: number) => {
    for (const [index, reset] of resets.entries()) {
      if (!reset.isReset || reset.at <= before || reset.at > at) continue;
      const run = runs.at(-1);
      if (run !== undefined && goesOn(dayOf(reset.at))) run.ended = true;
      tally = { day: Number.NaN, amount: 0 };
      rule = Math.max(index, recounting);
    }
    before = at;
  };
  for (const { at, activity } of inOrder) {
    pass(at);
    const day = dayOf(at);
    const isUnderWay = rule >= 0 && (goesOn(day) || tally.day === day);
    const chosen = isUnderWay ? rule : ruleAt(at);
    const version = versions[chosen];
    if (version === undefined || version.activity !== activity) continue;
    rule = chosen;
    const run = runs.at(-1);
    if (run?.to === day) continue;
    tally = { day, amount: tally.day === day ? tally.amount + 1 : 1 };
    if (tally.amount < version.target) continue;
    tally = { day: Number.NaN, amount: 0 };
    if (run !== undefined && goesOn(day)) Object.assign(run, { to: day, count: run.count + 1 });
    else runs.push({ from: day, to: day, count: 1, ended: false });
  }
  const last = runs.at(-1);
  return {
    current: last !== undefined && goesOn(today) ? last.count : 0,
    longest: Math.max(0, ...runs.map(({ count }) => count)),
    runs: runs.map(({ from, to }) => [from, to]),
  };
}
