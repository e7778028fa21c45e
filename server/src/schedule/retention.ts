import { OWN_PURPOSES, type PrivacySettings, type RetentionDays } from '@laurel/contract/privacy/schema';
import type { User } from '@laurel/contract/users/schema';
import { closePastOf } from '../api/closed-past.ts';
import { userUpdated } from '../api/user-writes.ts';
import { daysBefore } from '../privacy/retention.ts';
import { commit } from '../store/commit.ts';
import { removeBatches, removeDeliveries, removeRequests } from '../store/retention.ts';
import { getUser } from '../store/users.ts';
import { allWebhookStates } from '../store/webhooks.ts';
import type { Turn } from './turn.ts';

/** Removes what is of nobody alone and kept no longer; answers with how much of each kind. */
export async function removeKinds(
  { platform, scope, now }: Turn,
  keepDays: RetentionDays,
): Promise<Record<string, number>> {
  const { table } = platform;
  const done = { news: 0, requests: 0 };
  if (keepDays.news !== null) {
    const before = daysBefore(now, keepDays.news);
    for (let more = true; more; ) {
      const some = await removeBatches(table, scope, before);
      done.news += some.removed;
      more = some.more;
    }
    for (const id of (await allWebhookStates(table, scope)).keys()) {
      for (let more = true, after: string | undefined; more; ) {
        const some = await removeDeliveries(table, scope, id, before, after);
        done.news += some.removed;
        ({ more, last: after } = some);
      }
    }
  }
  if (keepDays.requests !== null) {
    const before = daysBefore(now, keepDays.requests);
    for (let more = true, after: string | undefined; more; ) {
      const some = await removeRequests(table, scope, before, after);
      done.requests += some.removed;
      ({ more, last: after } = some);
    }
  }
  return done;
}

/**
 * What a user has decided, without what was decided before a time: a yes lapses, and so does what they said about
 * purposes that are no more. A no stays, since nobody may take its end for a yes.
 */
function lasting({ consents }: User, { purposes }: PrivacySettings, before: string): User['consents'] {
  const known = new Set<string>([...OWN_PURPOSES, ...purposes.map(({ id }) => id)]);
  const lasts = ([purpose, { granted, decidedAt }]: readonly [string, User['consents'][string]]) =>
    decidedAt >= before || (!granted && known.has(purpose));
  return Object.fromEntries(Object.entries(consents).filter(lasts));
}

/** Lets what a user has agreed to lapse; answers with how much. */
async function lapse(turn: Turn, privacy: PrivacySettings, user: User, before: string): Promise<number> {
  const consents = lasting(user, privacy, before);
  const lapsed = Object.keys(user.consents).length - Object.keys(consents).length;
  if (lapsed === 0) return 0;
  // It is not they who change: it makes nobody less inactive.
  const writes = await userUpdated(turn, { ...user, consents, version: user.version + 1 });
  const { kind } = await commit(turn.platform.table, writes);
  // Where somebody was quicker, tomorrow is early enough.
  return kind === 'committed' ? lapsed : 0;
}

/** Takes from some users what is kept no longer; answers with how much of each kind. Of restricted ones nothing is lost. */
export async function lapseForUsers(
  turn: Turn,
  privacy: PrivacySettings,
  ids: readonly string[],
): Promise<Record<string, number>> {
  const { platform, scope, item, now } = turn;
  const { events, consents } = privacy.keepDays;
  const done = { events: 0, consents: 0 };
  if (events === null && consents === null) return done;
  for (const id of ids) {
    const user = await getUser(platform.table, scope, id);
    if (user === undefined || user.status === 'restricted') continue;
    if (consents !== null) done.consents += await lapse(turn, privacy, user, daysBefore(now, consents));
    // By the turn's own time: whatever was due in players' histories before it has been run.
    if (events !== null) done.events += await closePastOf(turn, id, daysBefore(item.at, events));
  }
  return done;
}
