import type { Contract } from '@laurel/contract';
import type { DefinitionBodies } from '@laurel/contract/definitions/kinds';
import type { LevelTrack, PlayerLevel } from '@laurel/contract/level-tracks/schema';
import { walletOf } from '../domain/index.ts';
import { thresholdsOf } from '../domain/level/curve.ts';
import { ladderOf, standingOf } from '../domain/level/level.ts';
import { getSheet } from '../store/players.ts';
import { type Handlers, listingOf, pageOf, reachOf } from './call.ts';
import type { DefinitionType, Managed, Reference } from './definition-type.ts';
import { invalidField } from './problem.ts';
import { rewardReferences } from './promises.ts';
import { readerOf } from './reader.ts';
import { bestText } from './text.ts';

/** What a track names: its currency, and what its levels give. */
function referencesOf({ currency, levels }: LevelTrack): Reference[] {
  const given = levels.flatMap(({ rewards = [] }, index) =>
    rewardReferences(rewards).map((one) => ({ ...one, pointer: `/levels/${index}${one.pointer}` })),
  );
  return [{ pointer: '/currency', kind: 'currencies', id: currency }, ...given];
}

/** The track that a body describes; refuses what its schema cannot tell to be wrong. */
function buildTrack(body: DefinitionBodies['levelTracks'], managed: Managed): LevelTrack {
  const thresholds = thresholdsOf(body.curve);
  if (thresholds === null) throw invalidField('/curve', 'The last level would take more than 2^53 - 1.');
  for (const [index, { level, rewards = [] }] of body.levels.entries()) {
    if (level > thresholds.length)
      throw invalidField(`/levels/${index}/level`, `The track has ${thresholds.length} levels.`);
    if (level === 1 && rewards.length > 0)
      throw invalidField(`/levels/${index}/rewards`, 'Everybody starts at level 1: nobody reaches it.');
  }
  return { ...body, ...managed };
}

/** What is particular to level tracks. */
export const levelTrackType: DefinitionType<'levelTracks'> = {
  kind: 'levelTracks',
  idKind: 'levelTrack',
  build: buildTrack,
  references: referencesOf,
};

function presentLevel(track: LevelTrack, amount: number, languages: readonly string[]): PlayerLevel {
  const ladder = ladderOf(track);
  const { level, threshold, next } = standingOf(ladder, undefined, amount);
  const name = track.levels.find((one) => one.level === level)?.name;
  return {
    track: track.id,
    name: bestText(track.name, languages),
    currency: track.currency,
    level,
    levelName: name === undefined ? null : bestText(name, languages),
    levels: ladder.thresholds.length,
    amount,
    threshold,
    next,
  };
}

export const levels: Handlers<Contract['app']['levels']> = {
  async list(call) {
    const { user, rulebook, languages } = await readerOf(call);
    const sheet = await getSheet(call.platform.table, call.scope, user.id);
    const published = rulebook.definitions.levelTracks.filter(({ status }) => status === 'published');
    const filters = { user: user.id };
    const list = listingOf(published, reachOf(call, filters), (track) => track.id);
    const present = (track: LevelTrack) =>
      presentLevel(track, walletOf(sheet.state, track.currency).balance, languages);
    return { body: pageOf(call, filters, list, present) };
  },
};
