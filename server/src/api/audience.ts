import type { CatalogItem } from '@laurel/contract/types';
import { type Condition, type PlayerState, verdictOf } from '../domain/index.ts';
import { conditionOf } from '../expressions/index.ts';
import type { CallContext } from './call.ts';
import type { Reader } from './reader.ts';

/** Conditions by the definition that states them: a rulebook is kept, and so are its conditions. */
const compiled = new WeakMap<CatalogItem, Condition>();

/** Whether a catalogue item is for a player, as they are. */
export function isForPlayer(
  call: Pick<CallContext, 'now'>,
  item: CatalogItem,
  { user, rulebook, zone, languages }: Reader,
  state: PlayerState,
): boolean {
  if (item.audience === undefined) return true;
  const holds = compiled.get(item) ?? conditionOf(item.audience, undefined);
  compiled.set(item, holds);
  const event = {
    id: item.id,
    activity: item.id,
    userId: user.id,
    occurredAt: call.now,
    value: 1,
    attributes: {},
    userZone: zone,
    userLanguage: user.language ?? languages.at(-1) ?? '',
    stamps: {},
  };
  const { currencies } = rulebook.ruleset;
  return verdictOf({ holds }, { event, player: state, currencies, now: call.now }).holds;
}
