import './dom.ts';
import { type EventReceipt, type EventTrack, isProblem, type PlayerMission } from '@laurel/sdk';
import { laurelQueries, useClaim, useMission, useMissions, useTrack, useWallets } from '@laurel/sdk/react';
import { act, renderHook, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { problem, type Reply } from '../server.ts';
import { type Asked, listOf, openBackend } from './backend.ts';
import { newCache, page } from './page.ts';
import { eventCounted, missionOf, progressOf, receiptOf, step, walletChanged, walletOf } from './things.ts';

/** A backend whose answers to events wait for the test; what it has is what the test says. */
async function game(missions: readonly PlayerMission[]) {
  const has = { missions, gems: 1, isDown: false };
  const waiting: { readonly event: EventTrack; answer(reply: Reply): void }[] = [];
  const backend = await openBackend(({ line, json }: Asked) => {
    if (line === 'POST /events') {
      const { promise, resolve } = Promise.withResolvers<Reply>();
      const event = JSON.parse(JSON.stringify(json));
      waiting.push({ event, answer: resolve });
      return promise;
    }
    if (has.isDown) return 'hangUp';
    if (line.startsWith('GET /missions?')) return listOf(...has.missions);
    if (line.startsWith('GET /missions/')) return { json: has.missions[0] };
    return listOf(walletOf('gems', has.gems));
  });
  const props = { laurel: backend.client(), player: 'ann', live: backend.live() };
  const queryClient = newCache();
  const { result, unmount } = renderHook(
    () => ({
      missions: useMissions(),
      mission: useMission('runs'),
      wallets: useWallets(),
      track: useTrack(),
      other: useTrack(),
    }),
    { wrapper: ({ children }) => page(queryClient, props, children) },
  );
  await waitFor(() => expect(backend.listeners()).toBe(1));
  await waitFor(() => expect(result.current.wallets.isSuccess && result.current.mission.isSuccess).toBe(true));
  await waitFor(() => expect(result.current.missions.isSuccess).toBe(true));
  backend.asked.length = 0;
  const settled = () => waitFor(() => expect(queryClient.isFetching() + queryClient.isMutating()).toBe(0));
  /** What is shown of the first mission: in the list, and by itself. */
  const shown = () => [
    result.current.missions.data?.[0]?.progress?.amount,
    result.current.mission.data?.progress?.amount,
  ];
  const answered = async (nth: number, reply: Reply) => {
    await waitFor(() => expect(waiting.length).toBeGreaterThan(nth));
    waiting[nth]?.answer(reply);
  };
  return { backend, has, waiting, queryClient, result, unmount, settled, shown, answered };
}

const said = (receipt: EventReceipt): Reply => ({ status: 201, json: receipt });
const lesson: EventTrack = { activity: 'lesson' };

test('moves what is known to move at once, and goes by the receipt then', async () => {
  const { backend, result, settled, shown, answered, has, queryClient } = await game([missionOf('runs', 1)]);
  const { dataUpdatedAt } = result.current.missions;
  act(() => result.current.track.mutate(lesson));
  await waitFor(() => expect(shown()).toEqual([2, 2]));
  // It is as old as what the server said, so that it is not taken for news.
  expect(result.current.missions.dataUpdatedAt).toBe(dataUpdatedAt);
  has.gems = 4;
  const ledger = [
    {
      id: 'ent_1',
      transaction: 'txn_1',
      currency: 'gems',
      amount: 2,
      balance: 3,
      counterparty: 'issuance',
      reason: { kind: 'grant', grant: 'g' },
      correctedBy: null,
      occurredAt: '2026-11-27T10:00:00.000Z',
      postedAt: '2026-11-27T10:00:00.000Z',
    },
  ];
  const amounts: (number | undefined)[] = [];
  const stop = queryClient.getQueryCache().subscribe(() => {
    amounts.push(
      queryClient.getQueryData(laurelQueries(backend.client(), 'ann').wallets.list().queryKey)?.[0]?.available,
    );
  });
  const receipt = receiptOf('lesson', { progress: [progressOf('runs', [4])] });
  await answered(0, { status: 201, json: { ...receipt, effects: { ...receipt.effects, ledger } } });
  await settled();
  stop();
  expect(shown()).toEqual([4, 4]);
  // First what the entry says, then what the wallet holds by now.
  expect([...new Set(amounts)]).toEqual([1, 3, 4]);
  expect(backend.asked).toEqual(['POST /events', 'GET /wallets?limit=200']);
});

test('takes it back where the event is refused, and reads what is', async () => {
  const { backend, result, settled, shown, answered } = await game([missionOf('runs', 1)]);
  act(() => result.current.track.mutate(lesson));
  await waitFor(() => expect(shown()).toEqual([2, 2]));
  await answered(0, problem(403, 'forbidden'));
  await waitFor(() => expect(shown()).toEqual([1, 1]));
  await settled();
  expect(isProblem(result.current.track.error, 'forbidden')).toBe(true);
  expect(backend.asked.toSorted()).toEqual(['GET /missions/runs', 'GET /missions?limit=200', 'POST /events']);
});

test('takes it back where the receipt says that nothing moved', async () => {
  const { result, settled, shown, answered } = await game([missionOf('runs', 1)]);
  act(() => result.current.track.mutate(lesson));
  await waitFor(() => expect(shown()).toEqual([2, 2]));
  await answered(0, said(receiptOf('lesson')));
  await settled();
  expect(shown()).toEqual([1, 1]);
});

test('sends events one after the other, and keeps what is not answered yet on top of what is', async () => {
  const { backend, result, settled, shown, answered, waiting, has } = await game([missionOf('runs', 0)]);
  for (const { mutate } of [result.current.track, result.current.other, result.current.other])
    act(() => mutate(lesson));
  await waitFor(() => expect(shown()).toEqual([3, 3]));
  expect(waiting).toHaveLength(1);
  await answered(0, said(receiptOf('lesson', { progress: [progressOf('runs', [2])] })));
  await waitFor(() => expect(shown()).toEqual([4, 4]));
  await answered(1, 'hangUp');
  await waitFor(() => expect(shown()).toEqual([3, 3]));
  // Whether the second was counted is read when nothing waits any more.
  has.missions = [missionOf('runs', 4)];
  expect(backend.asked).not.toContain('GET /missions/runs');
  await answered(2, said(receiptOf('lesson', { progress: [progressOf('runs', [3])] })));
  await waitFor(() => expect(shown()).toEqual([4, 4]));
  await settled();
  expect(new Set(waiting.map(({ event }) => event.id)).size).toBe(3);
});

test('live updates do not hide what is not answered yet, and are read when it is', async () => {
  const { backend, result, shown, answered, has, settled, queryClient } = await game([missionOf('runs', 0)]);
  act(() => result.current.track.mutate(lesson));
  act(() => result.current.other.mutate(lesson));
  await waitFor(() => expect(shown()).toEqual([2, 2]));
  has.missions = [missionOf('runs', 1)];
  backend.tell(eventCounted('lesson'), walletChanged('gems'));
  await answered(0, said(receiptOf('lesson', { progress: [progressOf('runs', [1])] })));
  await waitFor(() => expect(backend.asked).toContain('GET /wallets?limit=200'));
  await waitFor(() => expect(queryClient.isFetching()).toBe(0));
  expect(shown()).toEqual([2, 2]);
  expect(backend.asked).not.toContain('GET /missions/runs');
  has.missions = [missionOf('runs', 3)];
  await answered(1, said(receiptOf('lesson', { progress: [progressOf('runs', [2])] })));
  await waitFor(() => expect(shown()).toEqual([3, 3]));
  await settled();
});

test('what the server said since is not taken back, and what is out of date stays so', async () => {
  const { result, shown, answered, queryClient, settled, has, backend } = await game([missionOf('runs', 1)]);
  const { missions } = laurelQueries(backend.client(), 'ann');
  act(() => result.current.track.mutate(lesson));
  await waitFor(() => expect(shown()).toEqual([2, 2]));
  has.missions = [missionOf('runs', 4)];
  await act(() => queryClient.refetchQueries({ queryKey: missions.get('runs').queryKey }));
  await waitFor(() => expect(shown()).toEqual([2, 4]));
  has.isDown = true;
  await queryClient.invalidateQueries({ queryKey: missions.list().queryKey, refetchType: 'none' });
  await answered(0, problem(403, 'forbidden'));
  await waitFor(() => expect(shown()).toEqual([1, 4]));
  await settled();
  expect(shown()).toEqual([1, 4]);
  has.isDown = false;
  act(() => result.current.track.mutate(lesson));
  await waitFor(() => expect(shown()).toEqual([2, 5]));
  expect(queryClient.getQueryState(missions.list().queryKey)?.isInvalidated).toBe(true);
  await answered(1, said(receiptOf('lesson', { progress: [progressOf('runs', [3])] })));
  await settled();
});

test('without a connection, all that fails is taken back', async () => {
  const { result, shown, answered, settled, has } = await game([missionOf('runs', 0)]);
  has.isDown = true;
  act(() => result.current.track.mutate(lesson));
  act(() => result.current.other.mutate(lesson));
  await waitFor(() => expect(shown()).toEqual([2, 2]));
  await answered(0, 'hangUp');
  await waitFor(() => expect(shown()).toEqual([1, 1]));
  expect(result.current.track.error?.name).toBe('ConnectionError');
  await answered(1, 'hangUp');
  await waitFor(() => expect(shown()).toEqual([0, 0]));
  await settled();
});

test('what waits of one player is nothing to another', async () => {
  const { result, shown, queryClient, backend, answered, waiting } = await game([missionOf('runs', 0)]);
  const bobs = backend.client('bob');
  const bob = renderHook(() => ({ mission: useMission('runs'), track: useTrack() }), {
    wrapper: ({ children }) => page(queryClient, { laurel: bobs, player: 'bob' }, children),
  });
  const amount = () => bob.result.current.mission.data?.progress?.amount;
  await waitFor(() => expect(amount()).toBe(0));
  act(() => result.current.track.mutate(lesson));
  await waitFor(() => expect(shown()).toEqual([1, 1]));
  act(() => bob.result.current.track.mutate(lesson));
  await waitFor(() => expect(amount()).toBe(1));
  await waitFor(() => expect(waiting).toHaveLength(2));
  await answered(1, said(receiptOf('lesson', { progress: [progressOf('runs', [3])] })));
  await waitFor(() => expect(amount()).toBe(3));
  expect(shown()).toEqual([1, 1]);
  expect(backend.asked.filter((line) => line === 'POST /events')).toHaveLength(2);
});

test.each<[string, readonly PlayerMission[], EventTrack]>([
  ['another activity', [missionOf('runs', 1)], { activity: 'book' }],
  ['a trial', [missionOf('runs', 1)], { activity: 'lesson', dryRun: true }],
  ['what happened at another time', [missionOf('runs', 1)], { activity: 'lesson', occurredAt: '2026-11-01T00:00:00Z' }],
  ['a locked mission', [missionOf('runs', 1, { locked: true })], lesson],
  ['a team', [missionOf('runs', 1, { for: 'team' })], lesson],
  ['an expression', [missionOf('runs', 1, { steps: [step('lesson', 'expression')] })], lesson],
  ['a completed mission', [missionOf('runs', 5)], lesson],
])('moves nothing for %s', async (_, missions, event) => {
  const { result, shown, answered, waiting, settled } = await game(missions);
  const before = shown();
  act(() => result.current.track.mutate(event));
  await waitFor(() => expect(waiting).toHaveLength(1));
  expect(shown()).toEqual(before);
  // The receipt of a trial moves nothing either.
  const progress = event.dryRun ? [progressOf('runs', [3])] : [];
  await answered(0, said(receiptOf(event.activity, { progress })));
  await settled();
  expect(shown()).toEqual(before);
});

test('a sequence moves its first open step alone, by the value of the event, and never beyond its target', async () => {
  const steps = [step('lesson', 'value'), step('lesson', 'value')];
  const mission = missionOf('runs', 0, { steps, combine: { kind: 'sequence' }, progress: progressOf('runs', [3, 0]) });
  const { result, shown, answered } = await game([mission]);
  const amounts = () => result.current.mission.data?.progress?.steps.map(({ amount }) => amount);
  act(() => result.current.track.mutate({ activity: 'lesson', value: 7 }));
  await waitFor(() => expect(amounts()).toEqual([5, 0]));
  expect(shown()).toEqual([1, 1]);
  act(() => result.current.other.mutate({ activity: 'lesson', value: 2 }));
  await waitFor(() => expect(amounts()).toEqual([5, 2]));
  await answered(0, problem(429, 'rate_limited'));
  await waitFor(() => expect(amounts()?.[0]).toBe(3));
});

test('a read that was under way does not undo it, and what is unmounted is settled all the same', async () => {
  const { result, shown, answered, queryClient, unmount, backend } = await game([missionOf('runs', 1)]);
  const { queryKey } = laurelQueries(backend.client(), 'ann').missions.get('runs');
  act(() => void queryClient.refetchQueries({ queryKey }));
  act(() => result.current.track.mutate(lesson));
  await waitFor(() => expect(shown()).toEqual([2, 2]));
  await waitFor(() => expect(queryClient.isFetching()).toBe(0));
  expect(shown()).toEqual([2, 2]);
  unmount();
  await answered(0, said(receiptOf('lesson', { progress: [progressOf('runs', [3])] })));
  await waitFor(() => expect(queryClient.getQueryData(queryKey)?.progress?.amount).toBe(3));
  expect(queryClient.getQueryState(queryKey)?.isInvalidated).toBe(true);
});

test('a claim has what it touches read again', async () => {
  const reward = {
    id: 'clm_1',
    source: { kind: 'rule', rule: 'r' },
    state: 'claimed',
    grantedAt: '2026-11-27T10:00:00.000Z',
    expiresAt: null,
    claimedAt: '2026-11-27T10:00:00.000Z',
    kind: 'currency',
    currency: 'gems',
    amount: 1,
  };
  const backend = await openBackend(({ line }) => (line.startsWith('POST') ? { json: reward } : listOf()));
  const queryClient = newCache();
  const laurel = backend.client();
  const { result } = renderHook(() => ({ wallets: useWallets(), missions: useMissions(), claim: useClaim() }), {
    wrapper: ({ children }) => page(queryClient, { laurel, player: 'ann' }, children),
  });
  await waitFor(() => expect(result.current.wallets.isSuccess && result.current.missions.isSuccess).toBe(true));
  backend.asked.length = 0;
  await act(() => result.current.claim.mutateAsync('clm_1'));
  await waitFor(() => expect(queryClient.isFetching()).toBe(0));
  expect(backend.asked).toEqual(['POST /rewards/clm_1/claim', 'GET /wallets?limit=200']);
});
