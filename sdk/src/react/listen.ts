import type { AppStreams } from '../generated/streams.ts';
import type { Happening } from '../generated/types.ts';
import { knownMissions } from './cache.ts';
import { isMovedBy } from './moves.ts';
import { rereadBehind } from './optimistic.ts';
import { type Cached, type Place, reread } from './reread.ts';
import { touchedBy } from './touches.ts';

/** One event tells several things at once: so long they are collected, in milliseconds. */
const COLLECT_MS = 30;
/** A stream that is open only after so long, in milliseconds, may have missed what was read meanwhile. */
const LATE_MS = 2_000;

/** Reads again what happenings touch, until the signal ends it. Throws what the stream does. */
export async function listen(
  cached: Cached,
  live: AppStreams,
  signal: AbortSignal,
  onHappening: (happening: Happening) => void,
): Promise<void> {
  const { queryClient, root } = cached;
  const began = Date.now();
  const before = new Set(
    queryClient
      .getQueryCache()
      .findAll({ queryKey: root })
      .filter(({ state }) => state.data !== undefined),
  );
  let isOpen = false;
  let touched: Place[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const movedBy = (activity: string): string[] =>
    knownMissions(cached).flatMap((mission) => (isMovedBy(mission, activity) ? mission.id : []));
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const places = touched;
    touched = [];
    rereadBehind(cached, places);
  };
  // Also what is not shown any more is out of date.
  signal.addEventListener('abort', flush);
  const onEventId = (): void => {
    if (isOpen) return;
    isOpen = true;
    const isLate = Date.now() - began > LATE_MS;
    // What was there before anybody listened may be older than the stream.
    reread(cached, [], (query) => isLate || before.has(query));
  };
  for await (const happening of live.live.subscribe({ signal, onEventId })) {
    if (signal.aborted) return;
    touched.push(...touchedBy(happening, movedBy));
    timer ??= setTimeout(flush, COLLECT_MS);
    onHappening(happening);
  }
}
