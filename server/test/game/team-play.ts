import type { Laurel } from '@laurel/sdk/server';
import { runRounds } from '../../src/schedule/cell.ts';
import { turnHandlers } from '../../src/schedule/handlers.ts';
import type { Game } from './world.ts';

type MissionCreate = Parameters<Laurel['missions']['create']>[0];

/** A mission that a team completes with so many events of `lesson`, for 50 xp for each member. */
export function teamMission(id: string, target: number, more: Partial<MissionCreate> = {}): MissionCreate {
  return {
    id,
    name: { en: id },
    for: 'team',
    schedule: { kind: 'recurring', every: 'week', zone: 'UTC' },
    steps: [{ activity: 'lesson', target }],
    rewards: [{ kind: 'currency', currency: 'xp', amount: 50 }],
    ...more,
  };
}

/** Lets all that follows from what was committed happen: what is counted from the stream, and what is due by then. */
export async function settle({ platform }: Game): Promise<void> {
  const { streams, platform: inside } = platform.inside;
  await streams.settled();
  await runRounds(inside, turnHandlers, { now: () => inside.clock.now(), hasTime: () => true });
  await streams.settled();
}

/** A team with members, who are in it from now on. */
export async function teamOf(laurel: Laurel, team: string, members: readonly string[]): Promise<void> {
  await laurel.users.createBatch({ users: members.map((id) => ({ id })) });
  await laurel.teams.create({ id: team, name: team, capacity: 1000 });
  for (const userId of members) await laurel.teams.addMember(team, { userId });
}
