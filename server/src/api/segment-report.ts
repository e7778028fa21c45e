import type { Segment, User, Workspace } from '@laurel/contract/types';
import { inSegment, type Share, type Topic, userFactsOf } from '../domain/index.ts';
import { userConditionsIn } from '../expressions/index.ts';
import { readContributions } from '../store/analytics.ts';
import { MOST_SCANNED, scanUsers } from '../store/users.ts';
import type { CallContext } from './call.ts';

/** How many members are read at a time. */
const TOGETHER = 20;
/** How much of members one answer reads, in days, progress and the like; the last of them are read to their end. */
const MOST_READ = 50_000;

/** What some of a segment's members add to counters, and where others are. */
export interface SegmentPart {
  readonly shares: readonly Share[];
  readonly looked: number;
  readonly members: number;
  /** The position to go on after; null where nobody is left. */
  readonly next: string | null;
}

/**
 * What the members of a segment add to some topics, from a position among all users on. It looks at so many users, and
 * reads so much of members, and says where it stopped: no answer costs more, however many there are.
 */
export async function partOfSegment(
  call: CallContext,
  workspace: Workspace,
  { condition }: Segment,
  topics: readonly Topic[],
  after: string | undefined,
): Promise<SegmentPart> {
  const { table } = call.platform;
  const holds = userConditionsIn(workspace.userAttributes)(condition);
  const shares: Share[] = [];
  let waiting: User[] = [];
  let [looked, members, read] = [0, 0, 0];
  const readWaiting = async () => {
    const found = await Promise.all(waiting.map(({ id }) => readContributions(table, call.scope, id, topics)));
    for (const parts of found) {
      read += parts.length;
      for (const part of parts) shares.push(...part);
    }
    members += waiting.length;
    waiting = [];
  };
  let last: string | null = null;
  let next: string | null = null;
  for await (const { value: user, position } of scanUsers(table, call.scope, after)) {
    if (looked === MOST_SCANNED || read >= MOST_READ) {
      next = last;
      break;
    }
    looked += 1;
    last = position;
    if (inSegment({ holds }, userFactsOf(user, workspace))) waiting.push(user);
    if (waiting.length === TOGETHER) await readWaiting();
  }
  await readWaiting();
  return { shares, looked, members, next };
}
