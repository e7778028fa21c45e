/** What kinds of rules an event is held against. */
export type RuleKind = 'activity' | 'rewardRule' | 'mission' | 'streak' | 'leaderboard' | 'league' | 'currency';

/** Why a rule fired or did not. Codes are never renamed. */
export type TraceCode =
  /** Reward rule: its trigger happened. */
  | 'trigger_matched'
  /** Reward rule: a fallback, and no `always` rule matched the same occurrence. */
  | 'no_always_rule'
  /** Reward rule: a fallback, held back since an `always` rule matched the same occurrence. */
  | 'always_rule_matched'
  /** Reward rule: another of its exclusive group matched, of a higher priority or, among equals, of an earlier id. */
  | 'other_rule_in_group'
  /** Reward rule: it happened before or after the rule's timeframe. */
  | 'out_of_timeframe'
  /** Reward rule: drawn, and not hit. */
  | 'chance_missed'
  /** Reward rule: matched, and its amounts come to nothing. */
  | 'gives_nothing'
  /**
   * Reward rule: matched, and has paid this player, or all together, as often as it may. Currency: a cap on what is
   * earned in a period held some of it back.
   */
  | 'cap_reached'
  /** Reward rule: matched, and paid this player not long enough ago. */
  | 'cooling_down'
  /** Reward rule: matched, and its budget does not bear it. */
  | 'budget_exhausted'
  /** Reward rule: matched, and there is not enough of an item to give. */
  | 'sold_out'
  /** Reward rule: matched, and an item is archived, or it is not its time. */
  | 'not_offered'
  /** Mission: the first event of a progress. */
  | 'progress_started'
  /** Mission: further, and not there yet. */
  | 'progress_moved'
  /** Mission: this event reached the target. */
  | 'mission_completed'
  /** Mission: reached before. */
  | 'already_completed'
  /** Mission: another version's progress, which this event does not belong to, has the period. */
  | 'period_taken'
  /** Mission: starts nothing any more, and no progress is running. */
  | 'archived'
  /** Mission, streak: its version waits for another activity, and no older progress is running. */
  | 'other_activity'
  /** Mission: left or cancelled before. */
  | 'cancelled'
  /** Mission: its steps wait for something else by now: those that wait for this are completed, or not yet due. */
  | 'step_not_open'
  /** Mission: its schedule is closed at that moment. */
  | 'schedule_closed'
  /** Mission: starts nothing for this player, who is not in its audience. */
  | 'not_in_audience'
  /** Mission: starts nothing for this player, who has not got all that it demands first. */
  | 'prerequisite_missing'
  /** Mission: starts when the player joins, and they have not. */
  | 'not_joined'
  /** Mission: starts when it is assigned, and it was not. */
  | 'not_assigned'
  /** Mission: starts with another event, which has not occurred. */
  | 'not_triggered'
  /** Mission: its target came to no number of 1 or more, so that nothing starts. */
  | 'target_refused'
  /** Mission, streak: a newer version lets running progress begin anew, or counts it again. */
  | 'progress_reset'
  | 'progress_recomputed'
  /** Mission, leaderboard: the event's value is 0; mission: what an expression adds comes to 0 or less. */
  | 'adds_nothing'
  /** Mission: what the event adds could not be worked out, so that it adds nothing. */
  | 'adds_refused'
  /** Streak: with this event its period counts. */
  | 'day_counted'
  /** Streak: the period is further, and does not count yet. */
  | 'streak_moved'
  /** Streak: the period is paused, and neither counts nor breaks the run. */
  | 'period_paused'
  /** Streak: the period counted already. */
  | 'day_already_counted'
  /** Leaderboard: the score changed. */
  | 'score_moved'
  /** Leaderboard: the score there is stands. */
  | 'not_better'
  /** Mission: it is for teams, and the player gave this to theirs. */
  | 'share_moved'
  /** Mission, leaderboard: it is for teams, and the player was in none. */
  | 'not_in_team'
  /** Activity: as many of its events counted in a period as may, so that this one moves nothing. */
  | 'limit_reached'
  /** Currency: its maximum held some of it back. */
  | 'maximum_reached'
  /** Any: its condition does not hold for this event. */
  | 'condition_false'
  /** Any: its condition could not be evaluated, which counts as false. */
  | 'condition_refused';

/** Values by plain names. */
export type TraceValues = Readonly<Record<string, string | number | boolean>>;

/** What a condition looked at. A function, since it is worked out only where somebody asks for an explanation. */
export type Seen = () => TraceValues;

/** What several conditions looked at together, of the same facts. */
export function allSeen(...seen: readonly (Seen | undefined)[]): Seen | undefined {
  const asked = seen.filter((one) => one !== undefined);
  return asked.length > 1 ? () => Object.assign({}, ...asked.map((one) => one())) : asked[0];
}

/** How one rule took an event: whether it fired, at which version, and what decided it. */
export interface TraceEntry {
  readonly kind: RuleKind;
  readonly id: string;
  readonly version: number;
  readonly fired: boolean;
  readonly why: TraceCode;
  /** The values that decided it. */
  readonly values: TraceValues;
  /** What its condition looked at, whether it held or not: the operators' to know; absent where none was asked. */
  readonly seen?: Seen | undefined;
}
