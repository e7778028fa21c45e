import { notifyManager, type Query, type QueryClient } from '@tanstack/react-query';
import type { EventReceipt, EventTrack } from '../generated/types.ts';
import { bookEntries, changeProgress, knownMissions } from './cache.ts';
import { type Added, guess, moved } from './moves.ts';
import { type Cached, reread } from './reread.ts';
import { touchedByEvent } from './touches.ts';

/** What was shown before the server had answered. */
export interface Shown {
  /** By progress. */
  readonly added: ReadonlyMap<string, Added>;
  /** How old the data were that it was added to, by query: newer ones are the server's own again. */
  readonly ages: ReadonlyMap<string, number>;
  /** The queries whose reads were broken off for it. */
  readonly cut: ReadonlySet<string>;
}

const NOTHING: Shown = {
  added: /* @__PURE__ */ new Map(),
  ages: /* @__PURE__ */ new Map(),
  cut: /* @__PURE__ */ new Set(),
};

/** What is shown and not answered yet, of each cache. */
const open = /* @__PURE__ */ new WeakMap<QueryClient, Set<Shown>>();

function openIn(queryClient: QueryClient): Set<Shown> {
  const known = open.get(queryClient) ?? new Set();
  open.set(queryClient, known);
  return known;
}

const isOfProgress = ({ queryKey: [, , resource] }: Query): boolean =>
  resource === 'missions' || resource === 'progress';

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
  const cut = new Set([...reads].map(({ queryHash }) => queryHash));
  // What it goes back to is set only when it has ended.
  await queryClient.cancelQueries({ predicate: (query) => reads.has(query) });
  const added = guessed();
  const ages = new Map(queries.map(({ queryHash, state }) => [queryHash, state.dataUpdatedAt]));
  const shown = { added, ages, cut };
  openIn(queryClient).add(shown);
  notifyManager.batch(() =>
    changeProgress(cached, (progress) => {
      const more = added.get(progress.id);
      return more === undefined ? progress : moved(progress, more, 1);
    }),
  );
  return shown;
}

/** Takes back what was shown, and shows what the receipt says, if there is one. */
function settle(cached: Cached, shown: Shown | undefined, receipt?: EventReceipt): void {
  const others = openIn(cached.queryClient);
  if (shown !== undefined) others.delete(shown);
  const truth = new Map(receipt?.effects.progress.map((progress) => [progress.id, progress]));
  notifyManager.batch(() => {
    changeProgress(cached, (progress, { queryHash, state }) => {
      const { id } = progress;
      const said = truth.get(id);
      if (said !== undefined) {
        // What others added is not answered yet, so it is still shown.
        return [...others].reduce((sum, { added }) => moved(sum, added.get(id) ?? [], 1), said);
      }
      const added = shown?.added.get(id);
      return added === undefined || shown?.ages.get(queryHash) !== state.dataUpdatedAt
        ? progress
        : moved(progress, added, -1);
    });
    bookEntries(cached, receipt?.effects.ledger ?? []);
  });
}

/** Lets a receipt have its effects. */
export function accept(cached: Cached, shown: Shown, receipt: EventReceipt): void {
  const known = new Set(knownMissions(cached).map(({ progress }) => progress?.id));
  settle(cached, shown, receipt);
  const places = touchedByEvent(receipt, (id) => known.has(id));
  // What was asked for before the answer may be older than the answer.
  reread(cached, places, (query) => isOfProgress(query) && (isRead(query) || shown.cut.has(query.queryHash)));
}

/** Takes back what was shown, and reads what is: without an answer, the event may have been counted. */
export function takeBack(cached: Cached, shown: Shown | undefined): void {
  settle(cached, shown);
  if (shown !== undefined && shown.added.size > 0) reread(cached, [['missions'], ['progress']]);
}
