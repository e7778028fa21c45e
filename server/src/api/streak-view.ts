import { endOfDay } from '../calendar/day-ends.ts';
import {
  civilDateOf,
  dayNumberOf,
  daysOfPeriod,
  earlier,
  keptRules,
  later,
  lookup,
  nextLoss,
  type PlayerState,
  periodOfDay,
  type Ruleset,
  resolveZone,
  runsIn,
  type StreakView,
} from '../domain/index.ts';

/** By which rules and clocks a player's streaks go on. */
export interface StreakClock {
  readonly rules: Ruleset['streaksById'];
  /** What `zone: 'user'` stands for. */
  readonly userZone: string;
}

/** When a player's streaks lose something next by time alone, a freeze or a run; null where nothing can be lost. */
export function nextStreakLoss({ streaks }: Pick<PlayerState, 'streaks'>, clock: StreakClock): string | null {
  let first: string | null = null;
  for (const [id, state] of Object.entries(streaks)) {
    const book = clock.rules.get(id);
    const rules = book === undefined ? undefined : keptRules(book, state);
    const loss = rules === undefined ? null : nextLoss(state, rules);
    if (rules === undefined || loss === null) continue;
    const lastDay = civilDateOf(daysOfPeriod(rules.cadence, loss.period)[1]);
    const end = endOfDay(lastDay, resolveZone(rules.zone, clock.userZone));
    const at = later(end, loss.notBefore);
    first = first === null ? at : earlier(first, at);
  }
  return first;
}

/** What telling of a player's streaks asks, of the player as they are. */
export function streakViewOf({ streaks }: Pick<PlayerState, 'streaks'>, { rules, userZone }: StreakClock): StreakView {
  return {
    endOf(streak, day) {
      const book = rules.get(streak);
      const state = lookup(streaks, streak);
      const zone = book === undefined || state === undefined ? book?.current.zone : keptRules(book, state).zone;
      return zone === undefined ? null : endOfDay(day, resolveZone(zone, userZone));
    },
    runAt(streak, day) {
      const cadence = rules.get(streak)?.current.cadence;
      if (cadence === undefined) return null;
      const period = periodOfDay(cadence, dayNumberOf(day));
      const runs = runsIn(lookup(streaks, streak)?.pages ?? []);
      return runs.find(({ from, held }) => from <= period && period <= held)?.count ?? null;
    },
  };
}
