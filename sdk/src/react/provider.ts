import { useQueryClient } from '@tanstack/react-query';
import { createContext, createElement, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { UsageError } from '../core/errors.ts';
import type { AppClient } from '../generated/clients.ts';
import type { AppStreams } from '../generated/streams.ts';
import type { Happening } from '../generated/types.ts';
import { listen } from './listen.ts';
import { type LaurelQueries, laurelQueries } from './queries.ts';

/** What the hooks below a provider work with. */
export interface LaurelProviderProps {
  /** The player's client. Make it outside of components, or keep it: another one is another player's, or a new token. */
  readonly laurel: AppClient;
  /**
   * Whose client it is, by any id that stays the same: keys of queries begin with it, so that no player is shown what
   * another one was. Name the tenant in it where there are several.
   */
  readonly player: string;
  /** `new LaurelLive()` of `@laurel/sdk/live`: what happens to the player is then shown as it happens. */
  readonly live?: AppStreams | undefined;
  /** Told when live updates ended for good, such as by a token without the scope; unhandled where it is missing. */
  readonly onLiveError?: ((error: unknown) => void) | undefined;
  readonly children?: ReactNode;
}

type Listener = (happening: Happening) => void;

interface Context {
  readonly laurel: AppClient;
  readonly queries: LaurelQueries;
  readonly listeners: Set<Listener>;
}

const LaurelContext = /* @__PURE__ */ createContext<Context | undefined>(undefined);

/** The value of now, for what is called later. */
function useLatest<Value>(value: Value): { readonly current: Value } {
  const ref = useRef(value);
  useEffect(() => {
    ref.current = value;
  });
  return ref;
}

/**
 * Gives a player's client to the hooks below it, which keep their data in the `QueryClient` of the
 * `QueryClientProvider` around it.
 *
 * @example
 * <QueryClientProvider client={queryClient}>
 *   <LaurelProvider laurel={laurel} player={user.id} live={live}>
 *     <Missions />
 *   </LaurelProvider>
 * </QueryClientProvider>
 */
export function LaurelProvider({ laurel, player, live, onLiveError, children }: LaurelProviderProps): ReactNode {
  const queryClient = useQueryClient();
  const [listeners] = useState(() => new Set<Listener>());
  const value = useMemo(
    () => ({ laurel, queries: laurelQueries(laurel, player), listeners }),
    [laurel, player, listeners],
  );
  const latestOnError = useLatest(onLiveError);
  useEffect(() => {
    if (live === undefined) return undefined;
    const end = new AbortController();
    const tell: Listener = (happening) => {
      // What a listener throws is nobody's but its own.
      for (const listener of listeners) queueMicrotask(() => listener(happening));
    };
    listen({ queryClient, root: ['laurel', player] }, live, end.signal, tell).catch((error: unknown) => {
      if (end.signal.aborted) return;
      if (latestOnError.current === undefined) throw error;
      latestOnError.current(error);
    });
    return () => end.abort();
  }, [queryClient, player, live, listeners, latestOnError]);
  return createElement(LaurelContext.Provider, { value }, children);
}

/** @throws UsageError outside of a provider */
export function useLaurelContext(): Context {
  const context = useContext(LaurelContext);
  if (context === undefined) throw new UsageError('Hooks of Laurel need a <LaurelProvider> above them.');
  return context;
}

/**
 * The player's client, for calls that no hook makes.
 *
 * @example
 * const laurel = useLaurel();
 * const onHide = () => laurel.me.update({ visibility: 'hidden' }, { ifMatch: me });
 */
export function useLaurel(): AppClient {
  return useLaurelContext().laurel;
}

/**
 * Whatever the player can read, as options for hooks of TanStack Query.
 *
 * @example
 * const { data: missions } = useSuspenseQuery(useLaurelQueries().missions.list()); // never undefined
 */
export function useLaurelQueries(): LaurelQueries {
  return useLaurelContext().queries;
}

/**
 * Calls a function with what happens to the player, as it happens, for as long as the component is mounted. It needs
 * `live` on the provider.
 *
 * @example
 * useHappenings((happening) => {
 *   if (happening.type === 'mission.completed') celebrate(happening.data.mission);
 * });
 */
export function useHappenings(onHappening: (happening: Happening) => void): void {
  const { listeners } = useLaurelContext();
  const latest = useLatest(onHappening);
  useEffect(() => {
    const listener: Listener = (happening) => latest.current(happening);
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }, [listeners, latest]);
}
