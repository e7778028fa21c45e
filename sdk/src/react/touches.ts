import type { EventReceipt, GrantedReward, Happening, PlayerReward } from '../generated/types.ts';
import { type Place, placesOf } from './reread.ts';

/** The missions that are known and that an event of an activity may move. */
export type MovedBy = (activity: string) => readonly string[];

/** What any event may move without anybody telling: parts of a day, of a step, of a score. */
function ofEvents(activity: string, movedBy: MovedBy): readonly Place[] {
  return [
    ['events'],
    ['streaks'],
    ['leaderboards', 'entries'],
    ['leaderboards', 'rank'],
    ['leagues', 'cohort'],
    ['progress'],
    ['missions', 'list'],
    ...movedBy(activity).map((id): Place => ['missions', 'get', id]),
  ];
}

function ofWallet(currency: string): readonly Place[] {
  return [...placesOf('wallets', currency), ['wallets', 'entries', currency], ['levels']];
}

/** What a reward is kept in. */
function ofReward(kind: string, of: string): readonly Place[] {
  if (kind === 'currency') return ofWallet(of);
  if (kind === 'badge') return placesOf('badges', of);
  if (kind === 'experience') return [['levels']];
  if (kind === 'streakFreeze') return placesOf('streaks', of);
  if (kind === 'item') return [['catalog'], ['redemptions']];
  return [];
}

/** Which queries a happening touches. Those of a type that is not known yet touch none. */
export function touchedBy(happening: Happening, movedBy: MovedBy): readonly Place[] {
  switch (happening.type) {
    case 'event.counted':
      return happening.data.limited ? [['events']] : ofEvents(happening.data.activity, movedBy);
    case 'event.limited':
    case 'event.voided':
      return ofEvents(happening.data.activity, movedBy);
    case 'mission.joined':
    case 'mission.progressed':
    case 'mission.expired':
      return [...placesOf('missions', happening.data.mission), ['progress']];
    case 'mission.completed':
    case 'mission.reverted':
      // It may unlock others, or lock them.
      return [['missions'], ['progress']];
    case 'reward.granted':
    case 'reward.claimed':
    case 'reward.expired':
    case 'reward.reverted':
      return [['rewards'], ...ofReward(happening.data.kind, happening.data.of)];
    case 'badge.awarded':
    case 'badge.revoked':
      return [...placesOf('badges', happening.data.badge), ['badges', 'credential', happening.data.badge]];
    case 'level.reached':
    case 'level.lost':
      return [['levels']];
    case 'streak.extended':
    case 'streak.milestone':
    case 'streak.broken':
    case 'streak.frozen':
    case 'streak.repaired':
      return [...placesOf('streaks', happening.data.streak), ['streaks', 'calendar', happening.data.streak]];
    case 'wallet.changed':
      return ofWallet(happening.data.currency);
    case 'redemption.created':
    case 'redemption.fulfilled':
    case 'redemption.cancelled':
    case 'redemption.expired':
      return [['catalog'], ['redemptions', 'list'], ['redemptions', 'get', happening.data.redemptionId]];
    case 'leaderboard.closed':
      return [
        ['leaderboards', 'list'],
        ['leaderboards', 'get', happening.data.leaderboard],
        ['leaderboards', 'entries', happening.data.leaderboard],
        ['leaderboards', 'rank', happening.data.leaderboard],
      ];
    case 'league.settled':
      return [['leagues']];
    case 'user.updated':
      // Who I am decides what is for me, and how boards show me.
      return [['me'], ['missions'], ['catalog'], ['leaderboards']];
    case 'team.joined':
    case 'team.left':
      return [['teams'], ['missions'], ['progress'], ['leaderboards']];
    default:
      return [];
  }
}

/** Which queries a reward touches that was given, or can be claimed, or was. */
export function touchedByReward(reward: GrantedReward | PlayerReward): readonly Place[] {
  switch (reward.kind) {
    case 'currency':
      return ofReward(reward.kind, reward.currency);
    case 'badge':
      return ofReward(reward.kind, reward.badge);
    case 'experience':
      return ofReward(reward.kind, reward.track);
    case 'streakFreeze':
      return ofReward(reward.kind, reward.streak);
    case 'item':
      return ofReward(reward.kind, reward.item);
  }
}

/**
 * Which queries an event touches by what its receipt says, but for the progress that the receipt tells whole.
 * @param isKnown whether a progress is in the cache, by its id
 */
export function touchedByEvent(
  { event, effects }: EventReceipt,
  isKnown: (progressId: string) => boolean,
): readonly Place[] {
  if (event.limited) return [['events']];
  const places: Place[] = [['events'], ['streaks'], ['leagues', 'cohort']];
  for (const { id, mission } of effects.progress) {
    places.push(['progress', 'log', id]);
    if (!isKnown(id)) places.push(...placesOf('missions', mission), ['progress', 'list']);
  }
  if (effects.missionsCompleted.length > 0) places.push(['missions'], ['progress', 'list']);
  if (effects.rewards.length > 0) places.push(['rewards']);
  if (effects.levels.length > 0) places.push(['levels']);
  places.push(
    ...effects.rewards.flatMap(touchedByReward),
    ...effects.ledger.flatMap(({ currency }) => ofWallet(currency)),
    ...effects.badges.flatMap(({ badge }) => placesOf('badges', badge)),
    ...effects.scores.flatMap(({ leaderboard }): Place[] => [
      ['leaderboards', 'entries', leaderboard],
      ['leaderboards', 'rank', leaderboard],
    ]),
  );
  return places;
}
