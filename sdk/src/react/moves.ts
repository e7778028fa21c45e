import type { EventTrack, PlayerMission, PlayerMissionStep, Progress } from '../generated/types.ts';

/** What an event is taken to add to the steps of a progress. */
export type Added = readonly number[];

/** Whether events of an activity may move a step; what a tag stands for is not known here. */
function mayMove({ activity, tag }: PlayerMissionStep, moving: string): boolean {
  return tag !== undefined || activity === moving;
}

/** Whether events of an activity may move a mission. */
export function isMovedBy({ steps }: PlayerMission, activity: string): boolean {
  return steps.some((step) => mayMove(step, activity));
}

function addedTo({ activity, adds }: PlayerMissionStep, event: EventTrack): number {
  if (activity !== event.activity || adds === 'expression') return 0;
  return adds === 'one' ? 1 : Math.max(event.value ?? 1, 0);
}

/**
 * What an event of now is taken to add to the running progress of a mission; undefined if nothing is known to move.
 * Conditions, limits and audiences are the server's to know: its receipt decides.
 */
export function guess({ steps, combine, progress, ...mission }: PlayerMission, event: EventTrack): Added | undefined {
  if (event.dryRun === true || event.occurredAt !== undefined) return undefined;
  if (mission.for !== 'player' || mission.locked || progress?.state !== 'active') return undefined;
  const isOpen = progress.steps.map(({ amount, target }) => amount < target);
  const first = isOpen.indexOf(true);
  const added = steps.map((step, index) => {
    const waits = combine.kind === 'sequence' && index !== first;
    const at = progress.steps[index];
    return at === undefined || waits ? 0 : Math.min(addedTo(step, event), Math.max(0, at.target - at.amount));
  });
  return added.some((one) => one > 0) ? added : undefined;
}

/** A progress with so much more in its steps, or less. What completes it is left to the server. */
export function moved(progress: Progress, added: Added, sign: 1 | -1): Progress {
  const steps = progress.steps.map((step, index) => {
    const amount = step.amount + sign * (added[index] ?? 0);
    return { ...step, amount: Math.min(Math.max(amount, 0), Math.max(step.target, step.amount)) };
  });
  const [only, ...others] = steps;
  const reached = steps.filter(({ amount, target }) => amount >= target).length;
  const amount = only !== undefined && others.length === 0 ? only.amount : Math.min(reached, progress.target);
  return { ...progress, steps, amount };
}
