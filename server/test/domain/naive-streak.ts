/** What happens on a day of these tests, besides the day passing. */
export type Doing =
  | { readonly kind: 'event' }
  | { readonly kind: 'grantFreezes'; readonly count: number }
  | { readonly kind: 'useFreeze'; readonly offset: number }
  | { readonly kind: 'pauseStreak'; readonly offset: number; readonly days: number }
  | { readonly kind: 'repairStreak' };

const MOST = 2;
const HOLIDAYS = [20, 21, 22];
const MILESTONES = [3, 5, 8];

/** A run as whoever marks off a calendar on the wall reads it. */
type Wall = readonly [from: number, to: number, counted: number];

/**
 * The streak of these tests, worked out on a calendar on the wall: day after day, what happened on it, and at its end
 * what becomes of it. Freezes: 1 at first, 2 at most, one earned every 5 days of a run. Pauses of up to 10 days,
 * repairs within 3 days, holidays on the days 20 to 22.
 * @param order the places of what happened, in the order in which it did
 */
export function naiveStreak(
  all: readonly (readonly [number, number, Doing])[],
  order: readonly number[],
  today: number,
): { freezes: number; longest: number; current: number; runs: Wall[]; milestones: number[][] } {
  const wall = new Map<number, string>();
  const pausedDays = new Set(HOLIDAYS);
  const plans: (readonly [number, number])[] = [];
  const milestones: number[][] = [];
  let freezes = 1;
  let longest = 0;
  let known: Wall[] = [];
  const started = Math.min(today, ...order.map((place) => all[place]?.[0] ?? today));

  /** Reads the wall: every stretch of marks is a run, from its first day that counts to its last. */
  const read = (): (Wall & { held?: number })[] => {
    const runs: { from: number; to: number; count: number; held: number }[] = [];
    for (let day = -20; day <= today + 20; day += 1) {
      const mark = wall.get(day);
      const run = runs.at(-1);
      const joins = run !== undefined && run.held === day - 1;
      if (mark === 'counted' && joins) Object.assign(run, { to: day, count: run.count + 1, held: day });
      else if (mark === 'counted') runs.push({ from: day, to: day, count: 1, held: day });
      else if (mark !== undefined && joins) run.held = day;
    }
    return runs.map(({ from, to, count, held }) => Object.assign([from, to, count] as const, { held }));
  };
  const settle = () => {
    const runs = read();
    let earned = 0;
    for (const [from, to, count] of runs) {
      const parts = known.filter(([first, last]) => from <= first && last <= to);
      const had = parts.reduce((sum, [, , length]) => sum + Math.floor(length / 5), 0);
      earned += Math.max(0, Math.floor(count / 5) - had);
    }
    for (const length of MILESTONES) {
      for (const [from, , count] of runs) {
        const had = known.find(([first]) => first === from)?.[2] ?? 0;
        if (had < length && length <= count) milestones.push([from, length]);
      }
    }
    for (let n = 0; n < earned; n += 1) freezes = Math.max(freezes, Math.min(MOST, freezes + 1));
    known = runs.map(([from, to, count]) => [from, to, count]);
    longest = Math.max(longest, ...runs.map(([, , count]) => count));
  };
  const isPaused = (day: number) => pausedDays.has(day) || plans.some(([from, to]) => from <= day && day <= to);

  const take = (day: number, what: Doing) => {
    switch (what.kind) {
      case 'event': {
        if (wall.get(day) === 'counted' || wall.get(day) === 'paused' || isPaused(day)) break;
        if (wall.get(day) === 'frozen') freezes = Math.min(MOST, freezes + 1);
        wall.set(day, 'counted');
        break;
      }
      case 'grantFreezes':
        freezes = Math.min(MOST, freezes + what.count);
        break;
      case 'useFreeze': {
        const target = day + what.offset;
        if (freezes === 0 || wall.has(target) || what.offset > 7 || what.offset < -1) break;
        freezes -= 1;
        wall.set(target, 'frozen');
        break;
      }
      case 'pauseStreak': {
        const [from, to] = [day + what.offset, day + what.offset + what.days - 1];
        const overlaps = plans.some(([a, b]) => b >= day && a <= to && from <= b);
        if (what.days < 1 || what.days > 10 || what.offset < 0 || overlaps) break;
        plans.push([from, to]);
        break;
      }
      case 'repairStreak': {
        const runs = read();
        const last = runs.at(-1);
        if (last?.held === undefined) break;
        const before = runs.at(-2);
        const broken = last.held < day - 1;
        const gap = broken ? [last.held + 1, day - 1] : [(before?.held ?? Number.NaN) + 1, last[0] - 1];
        const [from = Number.NaN, to = Number.NaN] = gap;
        if (Number.isNaN(from) || day - from > 3) break;
        for (let missed = from; missed <= to; missed += 1) if (!wall.has(missed)) wall.set(missed, 'repaired');
        break;
      }
    }
    settle();
  };

  for (let day = started; day <= today; day += 1) {
    for (const place of order) {
      const one = all[place];
      if (one !== undefined && one[0] === day) take(day, one[2]);
    }
    if (day === today || wall.has(day)) continue;
    if (isPaused(day)) wall.set(day, 'paused');
    else if (freezes > 0 && read().at(-1)?.held === day - 1) {
      wall.set(day, 'frozen');
      freezes -= 1;
    }
  }
  const runs = read();
  const last = runs.at(-1);
  return {
    freezes,
    longest,
    current: last?.held !== undefined && last.held >= today - 1 ? last[2] : 0,
    runs: runs.map(([from, to, count]) => [from, to, count]),
    milestones,
  };
}
