import type { User } from '@laurel/contract/users/schema';
import type { Write } from '../store/commit.ts';
import type { Ingest } from './incoming.ts';
import { newUser } from './profile.ts';
import { userCreated } from './user-writes.ts';

/** How a user comes to be: in one commit with the first of their events that is accepted, so that no refused one makes any. */
export interface Making {
  /** What still has to be written. */
  writes(): readonly Write[];
  /** Says that it was, or that it would have been in a dry run. */
  done(): void;
}

/** Of users who are there nothing has to be made. */
export const MADE: Making = { writes: () => [], done() {} };

/** Somebody else made the user of an external id meanwhile. */
export class AlreadyMade extends Error {}

/**
 * Runs what would make the user of an unknown external id, if the plan has room for one more.
 * @throws ProblemError where it has none; AlreadyMade where a call that was quicker has made the user
 */
export async function withNewcomer<T>(
  { call, rooms: { players } }: Ingest,
  externalId: string,
  run: (user: User, making: Making) => Promise<T>,
): Promise<T> {
  if (players.take(1) === 0) throw players.refusal();
  let isMade = false;
  try {
    const user = newUser({ externalId }, call.platform.newId('user'), call.now);
    const writes = await userCreated(call, user);
    return await run(user, {
      writes: () => (isMade ? [] : writes),
      done() {
        isMade = true;
      },
    });
  } finally {
    if (!isMade) players.giveBack(1);
  }
}
