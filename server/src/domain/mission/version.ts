import type { Mission, MissionPrerequisite, MissionSchedule, MissionStep, Reward } from '@laurel/contract/types';
import type { Condition } from '../condition.ts';
import type { AmountFormula, PromisedReward } from '../reward/reward.ts';
import type { UserFacts } from '../user-facts.ts';
import { isForTeams } from './team-form.ts';
import { activityKey, badgeKey, levelKey, missionKey } from './trigger.ts';

/** A step as it is held against what happens. */
export interface StepRule {
  /** What it takes, by the keys of triggers. */
  readonly keys: ReadonlySet<string>;
  /** The lowest level that counts, where it waits for one. */
  readonly level: number | null;
  readonly adds: 'one' | 'value' | AmountFormula;
  readonly target: number | AmountFormula;
  readonly holds: Condition | null;
}

/** One version of a mission, as progress keeps it. */
export interface MissionVersion {
  readonly mission: string;
  readonly version: number;
  /** When it came to work, and what it makes of running progress. */
  readonly publishedAt: string | null;
  readonly running: Mission['running'];
  readonly schedule: MissionSchedule;
  readonly steps: readonly StepRule[];
  /** Everything that can move or start it, by the keys of triggers. */
  readonly keys: ReadonlySet<string>;
  /** How many steps complete it. */
  readonly needed: number;
  /** Whether a step waits for those before it. */
  readonly inSequence: boolean;
  /** Who can start it; null is everybody. */
  readonly audience: ((user: UserFacts) => boolean) | null;
  readonly prerequisites: readonly MissionPrerequisite[];
  /** By whom it is started; an event is any that counts, or, where there is a trigger, that one. */
  readonly startedBy: 'event' | 'player' | 'operator';
  /** The events that start it, where those are others than count. */
  readonly trigger: { readonly key: string; readonly holds: Condition | null } | null;
  /** How often it can be completed in one period. */
  readonly times: number;
  readonly rewards: readonly PromisedReward[];
  /** Whether all members of a team reach its targets together. */
  readonly forTeams: boolean;
}

/** What makes functions of what a mission says. */
export interface MissionCompilers {
  /** The condition that a text states for the events of an activity, or of any; null where there is no text. */
  readonly condition: (text: string | undefined, activity: string | undefined) => Condition | null;
  readonly target: (text: string) => AmountFormula;
  /** What events of an activity, or of any, add. */
  readonly adds: (text: string, activity: string | undefined) => AmountFormula;
  /** What is promised, for the events of an activity, or of any. */
  readonly promised: (rewards: readonly Reward[], activity: string | undefined) => readonly PromisedReward[];
  /** The activities that have a tag. */
  readonly tagged: (tag: string) => readonly string[];
  readonly audience: (audience: NonNullable<Mission['audience']>) => (user: UserFacts) => boolean;
}

/** A published mission as the version that it is. */
export function missionVersion(mission: Mission, compilers: MissionCompilers): MissionVersion {
  const { id, version, publishedAt, running, schedule, rewards } = mission;
  const combine = mission.combine ?? { kind: 'all' };
  const steps = mission.steps.map((step) => stepRule(id, step, compilers));
  const { startedBy, trigger } = startOf(mission, compilers);
  return {
    mission: id,
    version,
    publishedAt,
    running,
    schedule,
    steps,
    keys: new Set([...steps.flatMap(({ keys }) => [...keys]), ...(trigger === null ? [] : [trigger.key])]),
    needed: combine.kind === 'any' ? combine.count : steps.length,
    inSequence: combine.kind === 'sequence',
    audience: mission.audience === undefined ? null : compilers.audience(mission.audience),
    prerequisites: mission.prerequisites ?? [],
    startedBy,
    trigger,
    times: mission.repeat === undefined ? 1 : (mission.repeat.times ?? Number.POSITIVE_INFINITY),
    rewards: compilers.promised(rewards, rewardingActivity(mission)),
    forTeams: isForTeams(mission),
  };
}

/** The activity of the events that complete a mission, where they are all of one. */
export function rewardingActivity(mission: Mission): string | undefined {
  // No event of a member completes what a team does: it is told to each of them afterwards.
  return isForTeams(mission) || mission.steps.length !== 1 ? undefined : mission.steps[0]?.activity;
}

function startOf(
  { assignment }: Mission,
  { condition }: MissionCompilers,
): Pick<MissionVersion, 'startedBy' | 'trigger'> {
  switch (assignment?.kind) {
    case 'optIn':
      return { startedBy: 'player', trigger: null };
    case 'direct':
      return { startedBy: 'operator', trigger: null };
    case 'event': {
      const { activity, condition: text } = assignment;
      return { startedBy: 'event', trigger: { key: activityKey(activity), holds: condition(text, activity) } };
    }
    default:
      return { startedBy: 'event', trigger: null };
  }
}

function stepRule(mission: string, step: MissionStep, compilers: MissionCompilers): StepRule {
  const { activity, level, adds, target, condition } = step;
  return {
    keys: new Set(stepKeys(mission, step, compilers)),
    level: level?.level ?? null,
    adds: typeof adds === 'string' ? adds : compilers.adds(adds.expression, activity),
    target: typeof target === 'number' ? target : compilers.target(target.expression),
    holds: compilers.condition(condition, activity),
  };
}

function stepKeys(own: string, step: MissionStep, { tagged }: MissionCompilers): string[] {
  const { activity, tag, mission, badge, level } = step;
  return [
    ...(activity === undefined ? [] : [activityKey(activity)]),
    ...(tag === undefined ? [] : tagged(tag).map(activityKey)),
    // Its own completion moves no mission: it would run for ever.
    ...(mission === undefined || mission === own ? [] : [missionKey(mission)]),
    ...(badge === undefined ? [] : [badgeKey(badge)]),
    ...(level === undefined ? [] : [levelKey(level.track)]),
  ];
}
