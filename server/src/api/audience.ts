import type { CatalogItem } from '@laurel/contract/types';
import { type Condition, inSegment, type PlayerState, playerFactsOf, verdictOf } from '../domain/index.ts';
import { conditionsIn } from '../expressions/index.ts';
import type { CallContext } from './call.ts';
import type { Reader } from './reader.ts';

/** Conditions by the definition that states them: a rulebook is kept, and so are its conditions. */
const compiled = new WeakMap<CatalogItem, Condition>();

/** Whether a catalogue item is for a player, as they are. */
export function isForPlayer(
  call: Pick<CallContext, 'now'>,
  item: CatalogItem,
  { rulebook, zone, userFacts }: Reader,
  state: PlayerState,
): boolean {
  const { audience } = item;
  if (audience === undefined) return true;
  if ('segment' in audience) {
    const segment = rulebook.ruleset.segments.get(audience.segment);
    return segment !== undefined && inSegment(segment, userFacts);
  }
  const holds = compiled.get(item) ?? conditionsIn(rulebook.userAttributes)(audience.expression, undefined);
  compiled.set(item, holds);
  const event = {
    id: item.id,
    activity: item.id,
    userId: userFacts.id,
    occurredAt: call.now,
    value: 1,
    attributes: {},
    userZone: zone,
    user: userFacts,
    stamps: {},
  };
  const { counted } = rulebook.ruleset;
  const facts = { event, user: userFacts, player: playerFactsOf(state, counted), counted, now: call.now };
  return verdictOf({ holds }, facts).holds;
}
