/** Why a rule fired or did not, by code. Codes are never renamed; more may be added. */
export const traceCodes = {
  trigger_matched: 'Reward rule: its trigger happened.',
  no_always_rule: 'Reward rule: a fallback, and no `always` rule matched the same occurrence.',
  always_rule_matched: 'Reward rule: a fallback, held back since an `always` rule matched the same occurrence.',
  other_rule_in_group:
    'Reward rule: another of its exclusive group matched, of a higher priority or, among equals, of an earlier id.',
  out_of_timeframe: "Reward rule: it happened before or after the rule's timeframe.",
  chance_missed: 'Reward rule: drawn, and not hit.',
  gives_nothing: 'Reward rule: matched, and its amounts come to nothing.',
  cap_reached:
    'Reward rule: matched, and has paid this player, or all together, as often as it may. Currency: a cap on what is earned in a period held some of it back.',
  cooling_down: 'Reward rule: matched, and paid this player not long enough ago.',
  budget_exhausted: 'Reward rule: matched, and its budget does not bear it.',
  sold_out: 'Reward rule: matched, and there is not enough of an item to give.',
  not_offered: 'Reward rule: matched, and an item is archived, or it is not its time.',
  progress_started: 'Mission: the first event of a progress.',
  progress_moved: 'Mission: further, and not there yet.',
  mission_completed: 'Mission: this event reached the target.',
  already_completed: 'Mission: reached before.',
  period_taken: "Mission: another version's progress, which this event does not belong to, has the period.",
  archived: 'Mission: starts nothing any more, and no progress is running.',
  other_activity: 'Mission, streak: its version waits for another activity, and no older progress is running.',
  cancelled: 'Mission: left or cancelled before.',
  step_not_open:
    'Mission: its steps wait for something else by now: those that wait for this are completed, or not yet due.',
  schedule_closed: 'Mission: its schedule is closed at that moment.',
  not_in_audience: 'Mission: starts nothing for this player, who is not in its audience.',
  prerequisite_missing: 'Mission: starts nothing for this player, who has not got all that it demands first.',
  not_joined: 'Mission: starts when the player joins, and they have not.',
  not_assigned: 'Mission: starts when it is assigned, and it was not.',
  not_triggered: 'Mission: starts with another event, which has not occurred.',
  target_refused: 'Mission: its target came to no number of 1 or more, so that nothing starts.',
  progress_reset: 'Mission, streak: a newer version lets running progress begin anew, or counts it again.',
  progress_recomputed: 'Mission, streak: a newer version lets running progress begin anew, or counts it again.',
  adds_nothing: "Mission, leaderboard: the event's value is 0; mission: what an expression adds comes to 0 or less.",
  adds_refused: 'Mission: what the event adds could not be worked out, so that it adds nothing.',
  day_counted: 'Streak: with this event its period counts.',
  streak_moved: 'Streak: the period is further, and does not count yet.',
  period_paused: 'Streak: the period is paused, and neither counts nor breaks the run.',
  day_already_counted: 'Streak: the period counted already.',
  score_moved: 'Leaderboard: the score changed.',
  not_better: 'Leaderboard: the score there is stands.',
  share_moved: 'Mission: it is for teams, and the player gave this to theirs.',
  not_in_team: 'Mission, leaderboard: it is for teams, and the player was in none.',
  limit_reached: 'Activity: as many of its events counted in a period as may, so that this one moves nothing.',
  maximum_reached: 'Currency: its maximum held some of it back.',
  condition_false: 'Any: its condition does not hold for this event.',
  condition_refused: 'Any: its condition could not be evaluated, which counts as false.',
} as const;

/** Why a rule fired or did not. */
export type TraceCode = keyof typeof traceCodes;

function isCode(text: string): text is TraceCode {
  return text in traceCodes;
}

/** The codes, in their order. */
export const traceCodeList: readonly TraceCode[] = Object.keys(traceCodes).filter(isCode);

/** What kinds of rules an event is held against. More may be added. */
export const ruleKinds = ['activity', 'rewardRule', 'mission', 'streak', 'leaderboard', 'league', 'currency'] as const;

/** What kind of rule an event is held against. */
export type RuleKind = (typeof ruleKinds)[number];
