import type { Outcome } from '../fold/decide.ts';
import { compareText } from '../order.ts';

/** What is tried on the past. */
export interface Tested {
  readonly kind: 'mission' | 'rule' | 'streak';
  readonly id: string;
}

/** One entry of a player's history, folded without what is tried and with it. */
export interface Trial {
  /** The day that it counts for where the back-test is told. */
  readonly day: string;
  readonly without: Outcome;
  readonly tried: Outcome;
}

/** Amounts of one currency. */
export interface TestedAmount {
  readonly currency: string;
  readonly gives: number;
  readonly gave: number;
  readonly difference: number;
}

/** What a player would have come to on one day, and in one period where a mission is tried. */
export interface TestedResult {
  readonly day: string;
  readonly period: string | null;
  readonly run: number | null;
  readonly times: number;
  readonly before: number;
}

/** What one day comes to. */
export interface TestedDay {
  readonly day: string;
  readonly times: number;
  readonly before: number;
  readonly amounts: readonly TestedAmount[];
}

/** Once that the tested thing came about: in a period, where it is a mission; with the run, where it is a streak. */
interface Once {
  readonly period: string | null;
  readonly run: number | null;
}

/** How often what is tried came about by one entry. */
function comingsOf({ kind, id }: Tested, outcome: Outcome): Once[] {
  switch (kind) {
    case 'mission': {
      const completed = outcome.marks.map((mark) => mark.split(' '));
      return completed.flatMap(([what, mission, period = null]) =>
        what === 'completed' && mission === id ? [{ period, run: null }] : [],
      );
    }
    case 'rule': {
      // A rule that gives several things pays once: their causes differ by the number at the end alone.
      const causes = outcome.granted.filter((grant) => isFrom({ kind, id }, grant)).map(({ cause }) => paidFor(cause));
      return [...new Set(causes)].map(() => ({ period: null, run: null }));
    }
    case 'streak':
      return outcome.streaks.flatMap(({ streak, run }) => (streak === id ? [{ period: null, run }] : []));
  }
}

function paidFor(cause: string): string {
  return cause.slice(0, cause.lastIndexOf('#'));
}

/** Whether what is tried gave an amount. */
function isFrom({ kind, id }: Tested, { source }: Outcome['granted'][number]): boolean {
  return (
    source !== null && source.kind === kind && Object.entries(source).some(([name, one]) => name === kind && one === id)
  );
}

/** What one player would have come to, by day and, of a mission, by period. */
export function resultsOf(tested: Tested, trials: readonly Trial[]): TestedResult[] {
  const results = new Map<string, TestedResult>();
  const add = (day: string, { period, run }: Once, more: Pick<TestedResult, 'times' | 'before'>): void => {
    const key = JSON.stringify([day, period]);
    const known = results.get(key) ?? { day, period, run: null, times: 0, before: 0 };
    results.set(key, {
      ...known,
      run: more.times > 0 ? run : known.run,
      times: known.times + more.times,
      before: known.before + more.before,
    });
  };
  for (const { day, without, tried } of trials) {
    for (const once of comingsOf(tested, tried)) add(day, once, { times: 1, before: 0 });
    for (const once of comingsOf(tested, without)) add(day, once, { times: 0, before: 1 });
  }
  return [...results.values()].toSorted(
    (a, b) => compareText(a.day, b.day) || compareText(a.period ?? '', b.period ?? ''),
  );
}

/** What the entries give by currency, with what is tried and without. */
export function amountsOf(tested: Tested, trials: readonly Trial[]): TestedAmount[] {
  const amounts = new Map<string, TestedAmount>();
  const add = (grant: Outcome['granted'][number], sign: 1 | -1): void => {
    const { currency, amount } = grant;
    const known = amounts.get(currency) ?? { currency, gives: 0, gave: 0, difference: 0 };
    const own = isFrom(tested, grant) ? amount : 0;
    amounts.set(currency, {
      currency,
      gives: known.gives + (sign === 1 ? own : 0),
      gave: known.gave + (sign === -1 ? own : 0),
      difference: known.difference + sign * amount,
    });
  };
  for (const { without, tried } of trials) {
    for (const grant of tried.granted) add(grant, 1);
    for (const grant of without.granted) add(grant, -1);
  }
  const moved = [...amounts.values()].filter(
    ({ gives, gave, difference }) => gives !== 0 || gave !== 0 || difference !== 0,
  );
  return moved.toSorted((a, b) => compareText(a.currency, b.currency));
}

/** What each day comes to, over any number of players; days on which nothing came about are left out. */
export function daysOf(tested: Tested, trials: readonly Trial[]): TestedDay[] {
  const byDay = [...Map.groupBy(trials, ({ day }) => day)].toSorted(([a], [b]) => compareText(a, b));
  return byDay.flatMap(([day, ofDay]) => {
    const amounts = amountsOf(tested, ofDay);
    const { times, before } = timesOf(tested, ofDay);
    return times > 0 || before > 0 || amounts.length > 0 ? [{ day, times, before, amounts }] : [];
  });
}

/** How often what is tried would have come about, and did. */
export function timesOf(tested: Tested, trials: readonly Trial[]): { readonly times: number; readonly before: number } {
  const count = (outcomes: readonly Outcome[]) =>
    outcomes.reduce((sum, outcome) => sum + comingsOf(tested, outcome).length, 0);
  return { times: count(trials.map(({ tried }) => tried)), before: count(trials.map(({ without }) => without)) };
}
