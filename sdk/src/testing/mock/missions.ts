import type { Effects, Event, PlayerMission, Progress } from '../../generated/types.ts';
import { type Asked, NOT_FOUND, type Reply } from './reply.ts';
import { grant, post } from './rewards.ts';
import type { World } from './world.ts';

/** How many steps complete a mission. */
function needed({ combine, steps }: PlayerMission): number {
  return combine.kind === 'any' ? combine.count : steps.length;
}

/** A progress that starts. The mock knows no calendar: its period is `all`, unless what is given says another. */
function started(mission: PlayerMission, at: string): Progress {
  const steps = mission.steps.map(({ target }) => ({ amount: 0, target: target ?? 1, completedAt: null }));
  const target = steps.length === 1 ? (steps[0]?.target ?? 1) : needed(mission);
  const place = { id: `${mission.id}:all`, mission: mission.id, missionVersion: 1, period: 'all' };
  const times = { startedAt: at, completedAt: null, cancelledAt: null };
  return { ...place, state: 'active', amount: 0, target, steps, ...times };
}

function startsByItself({ assignment, locked }: PlayerMission): boolean {
  return !locked && (assignment === 'automatic' || assignment === 'event');
}

/** A progress after an event; the same where the event does not count for it. */
function moved(mission: PlayerMission, progress: Progress, { activity, value, occurredAt }: Event): Progress {
  let open = true;
  let hasMoved = false;
  const steps = progress.steps.map((step, index) => {
    const wanted = mission.steps[index];
    const isOpen = open;
    if (mission.combine.kind === 'sequence' && step.completedAt === null) open = false;
    if (!isOpen || step.completedAt !== null || wanted?.activity !== activity) return step;
    const amount = Math.min(step.target, step.amount + (wanted.adds === 'value' ? value : 1));
    if (amount === step.amount) return step;
    hasMoved = true;
    return { ...step, amount, completedAt: amount >= step.target ? occurredAt : null };
  });
  if (!hasMoved) return progress;
  const done = steps.filter(({ completedAt }) => completedAt !== null).length;
  const isDone = done >= needed(mission);
  return {
    ...progress,
    steps,
    amount: steps.length === 1 ? (steps[0]?.amount ?? 0) : done,
    state: isDone ? 'completed' : 'active',
    completedAt: isDone ? occurredAt : null,
  };
}

function tellOf(world: World, type: 'mission.progressed' | 'mission.completed', progress: Progress, at: string): void {
  const { id: progressId, mission, period, amount, target } = progress;
  const head = { id: world.newId('hap'), workspace: 'main', userId: world.me.id, occurredAt: at };
  const data = { progressId, mission, period };
  world.tell(
    type === 'mission.completed' ? { ...head, type, data } : { ...head, type, data: { ...data, amount, target } },
  );
}

function complete(world: World, mission: PlayerMission, progress: Progress, event: Event, effects: Effects): void {
  const { occurredAt } = event;
  const source = { kind: 'mission' as const, mission: mission.id, period: progress.period };
  effects.missionsCompleted.push({ mission: mission.id, period: progress.period });
  tellOf(world, 'mission.completed', progress, occurredAt);
  for (const promised of mission.rewards) {
    const reward = grant(world, promised, source, occurredAt);
    if (reward === undefined) continue;
    effects.rewards.push(reward);
    if (reward.claim !== null) continue;
    if (reward.kind === 'badge') effects.badges.push({ badge: reward.badge, tier: 1 });
    if (reward.kind === 'currency')
      effects.ledger.push(post(world, reward.currency, reward.amount, { ...source, event: event.id }, occurredAt));
  }
}

/** Moves the missions that an event counts for, and adds to its effects. */
export function moveMissions(world: World, event: Event, effects: Effects): void {
  for (const mission of world.lists.of('app.missions.list')) {
    const current = mission.progress ?? (startsByItself(mission) ? started(mission, event.occurredAt) : null);
    if (current === null || current.state !== 'active') continue;
    const progress = moved(mission, current, event);
    if (progress === current) continue;
    mission.progress = progress;
    effects.progress.push(progress);
    tellOf(world, 'mission.progressed', progress, event.occurredAt);
    if (progress.state === 'completed') complete(world, mission, progress, event, effects);
  }
}

function missionOf(world: World, id: string | undefined): PlayerMission | undefined {
  return world.lists.of('app.missions.list').find((mission) => mission.id === id);
}

/** Joins a mission; joining twice is joining once. */
export function join(world: World, { params }: Asked): Reply {
  const mission = missionOf(world, params.id);
  if (mission === undefined) return NOT_FOUND;
  if (mission.locked) return { problem: 'unprocessable', detail: 'Its prerequisites are missing.' };
  const { progress } = mission;
  if (progress === null || progress.state === 'cancelled') mission.progress = started(mission, world.now());
  return { body: mission.progress };
}

/** Leaves a mission. */
export function leave(world: World, { params }: Asked): Reply {
  const mission = missionOf(world, params.id);
  const progress = mission?.progress ?? undefined;
  if (mission === undefined || progress === undefined) return NOT_FOUND;
  if (progress.state === 'active') mission.progress = { ...progress, state: 'cancelled', cancelledAt: world.now() };
  return { body: mission.progress };
}

/** What the missions have of progress: the list of it, where none was given. */
export function progressOf(world: World): Progress[] {
  if (world.lists.isGiven('app.progress.list') && world.lists.of('app.progress.list').length > 0)
    return world.lists.of('app.progress.list');
  return world.lists.of('app.missions.list').flatMap(({ progress }) => progress ?? []);
}
