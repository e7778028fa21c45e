import { notifyManager, type Query, type QueryClient } from '@tanstack/react-query';
import type { EventReceipt, EventTrack } from '../generated/types.ts';
import { bookEntries, changeProgress, knownMissions } from './cache.ts';
import { type Added, guess, moved } from './moves.ts';
import { type Cached, type Place, reread } from './reread.ts';
import { touchedByEvent } from './touches.ts';

/** What was shown before the server had answered. */
export interface Shown {
  /** By progress. */
  readonly added: ReadonlyMap<string, Added>;
  /** How old the data were that it was added to, by query: newer ones are the server's own again. */
  readonly ages: ReadonlyMap<string, number>;
  /** Whether reads were broken off for it. */
  readonly isCut: boolean;
}

const NOTHING: Shown = { added: /* @__PURE__ */ new Map(), ages: /* @__PURE__ */ new Map(), isCut: false };

/** What is shown of a player and not answered yet, and whether any of it has to be read when all is answered. */
interface Open {
  readonly all: Set<Shown>;
  isInDoubt: boolean;
}

const open = /* @__PURE__ */ new WeakMap<QueryClient, Map<string, Open>>();

function openOf({ queryClient, root: [, player] }: Cached): Open {
  const players = open.get(queryClient) ?? new Map<string, Open>();
  const known = players.get(player) ?? { all: new Set(), isInDoubt: false };
  open.set(queryClient, players.set(player, known));
  return known;
}

const holdsProgress = (resource: unknown): boolean => resource === 'missions' || resource === 'progress';
const isOfProgress = ({ queryKey: [, , resource] }: Query): boolean => holdsProgress(resource);

const isRead = ({ state }: Query): boolean => state.fetchStatus === 'fetching';

/** Shows what an event is taken to move; a read under way would undo it, so it is broken off. */
export async function show(cached: Cached, event: EventTrack): Promise<Shown> {
  const { queryClient, root } = cached;
  const guessed = () =>
    new Map(
      knownMissions(cached).flatMap((mission) => {
        const added = guess(mission, event);
        return added === undefined || mission.progress === null ? [] : [[mission.progress.id, added] as const];
      }),
    );
  if (guessed().size === 0) return NOTHING;
  const queries = queryClient.getQueryCache().findAll({ queryKey: root, predicate: isOfProgress });
  const reads = new Set(queries.filter((query) => isRead(query) && query.state.data !== undefined));
  // What it goes back to is set only when it has ended.
  await queryClient.cancelQueries({ predicate: (query) => reads.has(query) });
  const added = guessed();
  const ages = new Map(queries.map(({ queryHash, state }) => [queryHash, state.dataUpdatedAt]));
  const shown = { added, ages, isCut: reads.size > 0 };
  openOf(cached).all.add(shown);
  notifyManager.batch(() =>
    changeProgress(cached, (progress) => {
      const more = added.get(progress.id);
      return more === undefined ? progress : moved(progress, more, 1);
    }),
  );
  return shown;
}

/** Takes back what was shown, and shows what the receipt says, if there is one. */
function settle(cached: Cached, shown: Shown, receipt?: EventReceipt): void {
  const { all } = openOf(cached);
  all.delete(shown);
  const truth = new Map(receipt?.effects.progress.map((progress) => [progress.id, progress]));
  notifyManager.batch(() => {
    changeProgress(cached, (progress, { queryHash, state }) => {
      const { id } = progress;
      const said = truth.get(id);
      if (said !== undefined) {
        // What others added is not answered yet, so it is still shown.
        return [...all].reduce((sum, { added }) => moved(sum, added.get(id) ?? [], 1), said);
      }
      const added = shown.added.get(id);
      return added === undefined || shown.ages.get(queryHash) !== state.dataUpdatedAt
        ? progress
        : moved(progress, added, -1);
    });
    bookEntries(cached, receipt?.effects.ledger ?? []);
  });
}

/** Reads again what these places show; what would hide what is shown of an event is read when nothing waits any more. */
export function rereadBehind(cached: Cached, places: readonly Place[]): void {
  const waiting = openOf(cached);
  const later = waiting.all.size > 0 ? places.filter(([resource]) => holdsProgress(resource)) : [];
  waiting.isInDoubt ||= later.length > 0;
  reread(
    cached,
    places.filter((place) => !later.includes(place)),
  );
}

/** Reads what is in doubt as soon as nothing waits any more: before, it would hide what is shown. */
function readDoubts(cached: Cached, isInDoubt: boolean): void {
  const waiting = openOf(cached);
  waiting.isInDoubt ||= isInDoubt;
  if (!waiting.isInDoubt || waiting.all.size > 0) return;
  waiting.isInDoubt = false;
  reread(cached, [['missions'], ['progress']]);
}

/** Lets a receipt have its effects. */
export function accept(cached: Cached, shown: Shown, receipt: EventReceipt): void {
  const known = new Set(knownMissions(cached).map(({ progress }) => progress?.id));
  settle(cached, shown, receipt);
  rereadBehind(
    cached,
    touchedByEvent(receipt, (id) => known.has(id)),
  );
  // What was asked for before the answer may be older than the answer.
  const { queryClient, root: queryKey } = cached;
  const reads = queryClient.getQueryCache().findAll({ queryKey, predicate: (one) => isOfProgress(one) && isRead(one) });
  readDoubts(cached, shown.isCut || reads.length > 0);
}

/** Takes back what was shown, and has it read: without an answer, the event may have been counted. */
export function takeBack(cached: Cached, shown: Shown): void {
  settle(cached, shown);
  readDoubts(cached, shown.added.size > 0);
}
