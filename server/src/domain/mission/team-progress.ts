import type { Mission } from '@laurel/contract/types';
import { earlier, later } from '../order.ts';
import type { ProgressRecord, StepState } from '../player.ts';
import type { MissionShare, ShareCount, StartedOn } from '../team/share.ts';
import { standingOf } from './steps.ts';

/** How far a team is in one mission and period: as a player's progress, but it goes on beyond its targets. */
export interface TeamProgressRecord extends ProgressRecord {
  readonly team: string;
  readonly steps: readonly StepState[];
  /** The version by which it is counted: the first of those that count the same as the one that it is on. */
  readonly countedAs: number;
}

/** What a team has to reach, by the version that its progress is on. */
export interface TeamGoal extends StartedOn {
  readonly mission: string;
  readonly targets: readonly number[];
  /** How many of them complete it. */
  readonly needed: number;
}

/** What a team has to reach by a version of a mission. */
export function teamGoal({ id, steps, combine }: Mission, { version, countedAs }: StartedOn): TeamGoal {
  const targets = steps.map(({ target }) => (typeof target === 'number' ? target : Number.MAX_SAFE_INTEGER));
  return { mission: id, version, countedAs, targets, needed: combine?.kind === 'any' ? combine.count : steps.length };
}

/**
 * The version that a team's progress is on: the oldest that something in its members' shares starts. What was completed
 * once stays on its own. Null where nothing has started it.
 */
export function teamStartedOn(shares: readonly MissionShare[], before: TeamProgressRecord | null): StartedOn | null {
  if (before !== null && before.completedAt !== null) {
    return { version: before.missionVersion, countedAs: before.countedAs };
  }
  const started = shares.flatMap(({ startedOn }) => startedOn ?? []);
  return started.toSorted((a, b) => a.version - b.version)[0] ?? null;
}

/**
 * The progress of a team, made of the shares of its members in whatever order; null where nothing counts. What was
 * completed once stays so: members have their rewards for it, and what depends on others keeps what was granted.
 * @param before as it was counted last
 */
export function teamProgressOf(
  team: string,
  shares: readonly MissionShare[],
  goal: TeamGoal,
  before: TeamProgressRecord | null,
): TeamProgressRecord | null {
  const counts = shares.flatMap((share) => countIn(share, goal.countedAs) ?? []);
  const [first] = shares;
  const [one] = counts;
  if (first === undefined || one === undefined) return afterAll(before);
  const movedAt = counts.reduce((latest, count) => later(latest, count.movedAt), one.movedAt);
  const startedAt = counts.reduce((earliest, count) => earlier(earliest, count.startedAt), one.startedAt);
  const { mission, version, countedAs } = goal;
  const steps = goal.targets.map((target, step): StepState => {
    const amount = counts.reduce((sum, count) => Math.min(sum + (count.steps[step] ?? 0), Number.MAX_SAFE_INTEGER), 0);
    return { amount, target, completedAt: amount < target ? null : (reachedBefore(before, version, step) ?? movedAt) };
  });
  const { amount, target, isComplete } = standingOf(goal, steps);
  return {
    team,
    mission,
    missionVersion: version,
    countedAs,
    period: first.period,
    amount,
    target,
    steps,
    startedAt,
    movedAt,
    completedAt: before?.completedAt ?? (isComplete ? movedAt : null),
  };
}

/** The count of a share that holds for a version. */
export function countIn({ counts }: MissionShare, countedAs: number): ShareCount | undefined {
  return counts[String(countedAs)];
}

function reachedBefore(before: TeamProgressRecord | null, version: number, step: number): string | null {
  return before?.missionVersion === version ? (before.steps[step]?.completedAt ?? null) : null;
}

/** What is left of a progress where nothing counts any more: what was completed, at 0. */
export function afterAll(before: TeamProgressRecord | null): TeamProgressRecord | null {
  if (before === null || before.completedAt === null) return null;
  const steps = before.steps.map(({ target }) => ({ amount: 0, target, completedAt: null }));
  return { ...before, amount: 0, steps };
}

/** What each member has completed when a team completes something: a progress that stops at its targets, like their own. */
export function completedByMember(progress: TeamProgressRecord): ProgressRecord {
  const { team: _, countedAs: __, ...own } = progress;
  const steps = own.steps?.map((step) => ({ ...step, amount: Math.min(step.amount, step.target) }));
  return { ...own, amount: Math.min(own.amount, own.target), ...(steps === undefined ? {} : { steps }) };
}
