import { badgesOf, lookup, lostTiers, type PlayerState, type RecordMap, recordsOf } from '../domain/index.ts';
import { saveRevocation } from '../store/badges.ts';
import type { Write } from '../store/commit.ts';
import type { PlayContext } from './call.ts';

/** Lists the credentials as revoked of the tiers that a player does not hold any more, or holds since another time. */
export function saveRevocations(
  { platform, scope }: PlayContext,
  userId: string,
  before: PlayerState,
  after: PlayerState,
  records: RecordMap,
): Write[] {
  const { table, credentials } = platform;
  return recordsOf(records.values(), 'badge')
    .flatMap(({ id }) => lostTiers(lookup(badgesOf(before), id), lookup(badgesOf(after), id)))
    .map((held) => {
      if (credentials === undefined) throw new Error('a badge is taken back where credentials have no names');
      return saveRevocation(table, scope, credentials.nameOf(scope, { userId, ...held }));
    });
}
