import { later } from '../order.ts';
import type { ProgressRecord, StepState } from '../player.ts';
import type { MissionShare, ShareCount } from '../team/share.ts';
import { standingOf } from './steps.ts';
import type { MissionVersion } from './version.ts';

/** How far a team is in one mission and period: as a player's progress, but it goes on beyond its targets. */
export type TeamProgressRecord = ProgressRecord & { readonly team: string; readonly steps: readonly StepState[] };

/** A version of a mission, and which version's count holds for it. */
export interface TeamVersion {
  readonly version: MissionVersion;
  readonly countedAs: number;
}

/**
 * The progress of a team, made of the shares of its members in whatever order; null where nothing has started it.
 *
 * It is on the oldest version that something in them would start. What was completed once stays so, on its version:
 * members have their rewards for it, and what depends on others keeps what was granted.
 * @param before as it was counted last
 */
export function teamProgressOf(
  team: string,
  shares: readonly MissionShare[],
  versionOf: (version: number) => TeamVersion | undefined,
  before: TeamProgressRecord | null,
): TeamProgressRecord | null {
  const [first] = shares;
  if (first === undefined) return kept(before);
  const isDone = before !== null && before.completedAt !== null;
  const started = shares.flatMap(({ startedOn }) => startedOn ?? []);
  const number = isDone ? before.missionVersion : started.length === 0 ? null : Math.min(...started);
  const found = number === null ? undefined : versionOf(number);
  if (found === undefined) return kept(before);
  const counts = shares.flatMap((share) => countIn(share, found.countedAs) ?? []);
  const [one] = counts;
  if (one === undefined) return kept(before);
  const movedAt = counts.reduce((latest, count) => later(latest, count.movedAt), one.movedAt);
  const startedAt = counts.reduce(
    (earliest, count) => (count.startedAt < earliest ? count.startedAt : earliest),
    one.startedAt,
  );
  const { version } = found;
  const steps = version.steps.map(({ target }, step): StepState => {
    const whole = typeof target === 'number' ? target : Number.MAX_SAFE_INTEGER;
    const amount = counts.reduce((sum, count) => Math.min(sum + (count.steps[step] ?? 0), Number.MAX_SAFE_INTEGER), 0);
    return {
      amount,
      target: whole,
      completedAt: amount < whole ? null : (reachedAt(before, version, step) ?? movedAt),
    };
  });
  const { amount, target, isComplete } = standingOf(version, steps);
  return {
    team,
    mission: version.mission,
    missionVersion: version.version,
    period: first.period,
    amount,
    target,
    steps,
    startedAt,
    movedAt,
    completedAt: isDone ? before.completedAt : isComplete ? movedAt : null,
  };
}

/** The count of a share that holds for a version. */
export function countIn({ counts }: MissionShare, countedAs: number): ShareCount | undefined {
  return counts[String(countedAs)];
}

function reachedAt(before: TeamProgressRecord | null, { version }: MissionVersion, step: number): string | null {
  return before?.missionVersion === version ? (before.steps[step]?.completedAt ?? null) : null;
}

/** Where nothing counts any more, only what was completed is left of a progress. */
function kept(before: TeamProgressRecord | null): TeamProgressRecord | null {
  if (before === null || before.completedAt === null) return null;
  const steps = before.steps.map(({ target }) => ({ amount: 0, target, completedAt: null }));
  return { ...before, amount: 0, steps };
}

/** What each member has completed when a team completes something: a progress that stops at its targets, like their own. */
export function completedByMember({ team: _, ...progress }: TeamProgressRecord): ProgressRecord {
  const steps = progress.steps.map((step) => ({ ...step, amount: Math.min(step.amount, step.target) }));
  return { ...progress, amount: Math.min(progress.amount, progress.target), steps };
}
