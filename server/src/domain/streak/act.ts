import type { LedgerReason, Price } from '@laurel/contract/types';
import type { ActRefusal, Turn } from '../fold/turn.ts';
import { pay } from '../ledger/pay.ts';
import type { Run } from '../player.ts';
import { changeStreak, placeOf, streakNow } from './change.ts';
import { chainAfter, isCutWithin, mark, markAt, runsIn, type StreakPage, unmarked } from './pages.ts';
import { civilDateOf, dayNumberOf, daysOfPeriod, periodOfDay, periodsCovered } from './period.ts';
import { mostFreezes, type StreakRules, type StreakState, withFreezes } from './state.ts';

/** What is done to a player's streak by hand. Days are civil dates in the streak's zone. */
export type StreakAct =
  | {
      readonly kind: 'grantFreezes';
      readonly streak: string;
      readonly count: number;
      readonly by: string;
      readonly note: string;
    }
  | { readonly kind: 'useFreeze'; readonly streak: string; readonly day: string }
  | { readonly kind: 'pauseStreak'; readonly streak: string; readonly from: string; readonly to: string }
  | {
      readonly kind: 'repairStreak';
      readonly streak: string;
      /** What it cost then; absent where it cost nothing. */
      readonly price?: readonly Price[];
    }
  | {
      readonly kind: 'buyFreezes';
      readonly streak: string;
      readonly count: number;
      /** What all of them cost together. */
      readonly price: readonly Price[];
    };

type Done = StreakState | ActRefusal;

/** Freezes can be used for a period so far ahead. */
export const AHEAD = 7;
/** So many pauses can be planned at a time. */
const MOST_PAUSES = 20;

function refuse(detail: string): ActRefusal {
  return { code: 'unprocessable', detail };
}

function isRefusal(done: Done): done is ActRefusal {
  return 'code' in done;
}

/** What becomes of a streak by an act, of the player as they stand in the act's period. */
export function streakAfter(state: StreakState, rules: StreakRules, act: StreakAct, today: number): Done {
  switch (act.kind) {
    case 'grantFreezes':
      return mostFreezes(rules) > state.freezes
        ? withFreezes(state, rules, act.count)
        : refuse('As many freezes are held as the streak allows.');
    case 'buyFreezes':
      return state.freezes + act.count <= mostFreezes(rules)
        ? withFreezes(state, rules, act.count)
        : refuse(`The streak allows ${mostFreezes(rules)} freezes at a time, and ${state.freezes} are held.`);
    case 'useFreeze':
      return frozen(state, rules, periodOfDay(rules.cadence, dayNumberOf(act.day)), today);
    case 'pauseStreak':
      return paused(state, rules, act, today);
    case 'repairStreak':
      return repaired(state, rules, today);
  }
}

function frozen(state: StreakState, rules: StreakRules, period: number, today: number): Done {
  if (state.freezes === 0) return { code: 'no_freeze_left', detail: 'No freeze of this streak is held.' };
  if (markAt(state.pages, period) !== undefined)
    return refuse('The day needs no freeze: it counts, or it is frozen or paused.');
  if (period > today + AHEAD) return refuse(`A freeze can be used for one of the next ${AHEAD} periods at most.`);
  if (period < today - (rules.freezes?.lateBy ?? 1)) return refuse('It is too late to freeze that day.');
  return { ...state, freezes: state.freezes - 1, pages: mark(state.pages, [period, period, 'frozen']) };
}

function paused(
  state: StreakState,
  rules: StreakRules,
  { from, to }: Extract<StreakAct, { readonly kind: 'pauseStreak' }>,
  today: number,
): Done {
  if (rules.pauses === undefined) return refuse('The streak cannot be paused.');
  const [first, last] = [dayNumberOf(from), dayNumberOf(to)];
  if (last < first) return refuse('The pause ends before it begins.');
  if (last - first >= rules.pauses.mostDays) return refuse(`A pause has ${rules.pauses.mostDays} days at most.`);
  const covered = periodsCovered(rules.cadence, [first, last]);
  if (covered === null) return refuse('A pause of less than half a week takes no week out.');
  if (covered[0] < today) return refuse('What is over cannot be paused any more.');
  if (covered[0] > today + FARTHEST) return refuse('A pause begins within a year.');
  if (state.pauses.some(([a, b]) => a <= covered[1] && covered[0] <= b))
    return refuse('The streak is paused then already.');
  if (state.pauses.length >= MOST_PAUSES) return refuse(`At most ${MOST_PAUSES} pauses are planned at a time.`);
  return { ...state, pauses: [...state.pauses, covered].toSorted(([a], [b]) => a - b) };
}

/** A pause begins at most so many periods ahead. */
const FARTHEST = 366;

function repaired(state: StreakState, rules: StreakRules, today: number): Done {
  if (rules.repair === undefined) return refuse('The streak cannot be repaired.');
  const gap = lastGap(state, today);
  if (gap === null) return refuse('No run is broken.');
  if (today - gap[0] > rules.repair.within) return refuse('The run broke too long ago.');
  const pages = unmarked(state.pages, gap).reduce((all, free) => mark(all, [...free, 'repaired']), state.pages);
  return { ...state, pages };
}

/** The periods that were missed between the last two runs, or since the last run; null where none were. */
export function lastGap({ pages }: Pick<StreakState, 'pages'>, today: number): Run | null {
  const gap = gapBefore(pages, today);
  // What a new version has ended nobody can repair.
  return gap === null || isCutWithin(pages, [gap[0], gap[1] + 1]) ? null : gap;
}

function gapBefore(pages: readonly StreakPage[], today: number): Run | null {
  const { run } = chainAfter(pages);
  if (run === null) return null;
  if (run.held < today - 1) return [run.held + 1, today - 1];
  const before = runsIn(pages).at(-2);
  return before === undefined ? null : [before.held + 1, run.from - 1];
}

/** Does to a streak what an act says, as far as it can be done in its place of the history. */
export function applyStreakAct(turn: Turn, act: StreakAct): void {
  const book = turn.ruleset.streaksById.get(act.streak);
  if (book === undefined) return;
  const { state, rules } = streakNow(turn, book);
  const { period } = placeOf(turn, rules);
  const done = streakAfter(state, rules, act, period);
  if (isRefusal(done)) {
    // In a refold the player may not have what was used: then it is not used, and nothing else is lost.
    turn.actRefusal = done;
    changeStreak(turn, rules, state);
    return;
  }
  const run = changeStreak(turn, rules, done);
  if (run > 0) turn.queue.push({ kind: 'streakMended', streak: act.streak, run });
  if ('price' in act && act.price !== undefined) pay(turn, act.price, reasonOf(act));
  turn.marks.push(...marksOf(act, rules, state, done, period));
}

/** What the ledger says of a price. What comes to nothing in a refold costs nothing. */
function reasonOf(act: Extract<StreakAct, { readonly kind: 'repairStreak' | 'buyFreezes' }>): LedgerReason {
  const { streak } = act;
  return act.kind === 'buyFreezes'
    ? { kind: 'streakFreezes', streak, count: act.count }
    : { kind: 'streakRepair', streak };
}

/** What is remembered of an act for ever: the last day of the period that it made up for, and how the run stood. */
function marksOf(act: StreakAct, rules: StreakRules, before: StreakState, after: StreakState, today: number): string[] {
  const about = (period: number) => `${rules.id} ${civilDateOf(daysOfPeriod(rules.cadence, period)[1])}`;
  if (act.kind === 'useFreeze') {
    const period = periodOfDay(rules.cadence, dayNumberOf(act.day));
    const run = runsIn(after.pages).find(({ from, held }) => from <= period && period <= held);
    return [`freezeUsed ${about(period)} ${run?.count ?? 0} ${after.freezes}`];
  }
  const gap = act.kind === 'repairStreak' ? lastGap(before, today) : null;
  if (gap === null) return [];
  return [`streakRepaired ${about(gap[0])} ${chainAfter(after.pages).run?.count ?? 0}`];
}
