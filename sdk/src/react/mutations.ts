import { type UseMutationOptions, type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query';
import type { LaurelError } from '../core/errors.ts';
import type { AppClient } from '../generated/clients.ts';
import type { EventReceipt, EventTrack, PlayerRedemption, PlayerReward, Progress } from '../generated/types.ts';
import { accept, type Shown, show, takeBack } from './optimistic.ts';
import { useLaurelContext } from './provider.ts';
import { type Place, placesOf, reread } from './reread.ts';
import { touchedByReward } from './touches.ts';

/** What a hook that calls can be given. Calls are tried again by the client, so that they count once. */
export type CallHookOptions<Data, Given, Result = unknown> = Pick<
  UseMutationOptions<Data, LaurelError, Given, Result>,
  'onSuccess' | 'onError' | 'onSettled' | 'throwOnError' | 'networkMode' | 'meta' | 'gcTime'
>;

/** What `useTrack` can be given. */
export type TrackOptions = CallHookOptions<EventReceipt, EventTrack, Shown>;

/**
 * Tracks events. The progress that is known to move is moved at once, and taken back where the event is refused; then
 * the receipt decides, and what else it tells of is read again. Events are sent in the order in which they are tracked.
 *
 * @example
 * const track = useTrack({ onSuccess: ({ effects }) => celebrate(effects.missionsCompleted) });
 * <button onClick={() => track.mutate({ activity: 'lesson.completed' })}>Done</button>
 */
export function useTrack(options: TrackOptions = {}): UseMutationResult<EventReceipt, LaurelError, EventTrack, Shown> {
  const queryClient = useQueryClient();
  const { laurel, queries } = useLaurelContext();
  const cached = { queryClient, root: queries.key };
  const mutationKey = [...queries.key, 'events', 'track'];
  return useMutation({
    ...options,
    mutationKey,
    scope: { id: JSON.stringify(mutationKey) },
    retry: false,
    mutationFn: (event) => laurel.events.track(event),
    onMutate: (event) => show(cached, event),
    onSuccess: (receipt, event, ...rest) => {
      if (event.dryRun !== true) accept(cached, rest[0], receipt);
      return options.onSuccess?.(receipt, event, ...rest);
    },
    onError: (error, event, ...rest) => {
      if (rest[0] !== undefined) takeBack(cached, rest[0]);
      return options.onError?.(error, event, ...rest);
    },
  });
}

/** A call that changes something by its id; then, however it ended, what it may have touched is read again. */
function useCall<Data>(
  [resource, verb]: readonly [resource: string, verb: string],
  call: (laurel: AppClient, id: string) => Promise<Data>,
  touches: (id: string, data: Data | undefined) => readonly Place[],
  options: CallHookOptions<Data, string>,
): UseMutationResult<Data, LaurelError, string> {
  const queryClient = useQueryClient();
  const { laurel, queries } = useLaurelContext();
  return useMutation({
    ...options,
    mutationKey: [...queries.key, resource, verb],
    retry: false,
    mutationFn: (id: string) => call(laurel, id),
    onSettled: (data, error, id, ...rest) => {
      reread({ queryClient, root: queries.key }, touches(id, data));
      return options.onSettled?.(data, error, id, ...rest);
    },
  });
}

/**
 * Claims a reward by its id.
 *
 * @example
 * const claim = useClaim();
 * <button onClick={() => claim.mutate(reward.id)}>Claim</button>
 */
export function useClaim(
  options: CallHookOptions<PlayerReward, string> = {},
): UseMutationResult<PlayerReward, LaurelError, string> {
  return useCall(
    ['rewards', 'claim'],
    (laurel, id) => laurel.rewards.claim(id),
    (_, reward) => [['rewards'], ...(reward === undefined ? [] : touchedByReward(reward))],
    options,
  );
}

const ofMission = (id: string): readonly Place[] => [...placesOf('missions', id), ['progress']];

/** Joins a mission by its id. */
export function useJoinMission(
  options: CallHookOptions<Progress, string> = {},
): UseMutationResult<Progress, LaurelError, string> {
  return useCall(['missions', 'join'], (laurel, id) => laurel.missions.join(id), ofMission, options);
}

/** Leaves a mission by its id. */
export function useLeaveMission(
  options: CallHookOptions<Progress, string> = {},
): UseMutationResult<Progress, LaurelError, string> {
  return useCall(['missions', 'leave'], (laurel, id) => laurel.missions.leave(id), ofMission, options);
}

/** Redeems a catalogue item by its id. */
export function useRedeem(
  options: CallHookOptions<PlayerRedemption, string> = {},
): UseMutationResult<PlayerRedemption, LaurelError, string> {
  return useCall(
    ['catalog', 'redeem'],
    (laurel, id) => laurel.catalog.redeem(id),
    () => [['catalog'], ['redemptions'], ['wallets'], ['levels']],
    options,
  );
}
