import './dom.ts';
import type { Happening } from '@laurel/sdk';
import {
  type LaurelProviderProps,
  laurelQueries,
  useHappenings,
  useMission,
  useMissions,
  useWallet,
} from '@laurel/sdk/react';
import type { QueryClient } from '@tanstack/react-query';
import { act, render, waitFor } from '@testing-library/react';
import { createElement, type ReactNode, StrictMode } from 'react';
import { expect, onTestFinished, test } from 'vitest';
import { problem } from '../server.ts';
import { type Backend, listOf, openBackend } from './backend.ts';
import { newCache, page } from './page.ts';
import { eventCounted, missionOf, missionProgressed, step, walletChanged, walletOf } from './things.ts';

function Game(): ReactNode {
  useMissions();
  useMission('runs');
  useMission('reads');
  useWallet('gems');
  useWallet('coins');
  useWallet('last');
  return null;
}

function Gems(): ReactNode {
  return createElement('p', null, useWallet('gems').data?.available);
}

function Last(): ReactNode {
  useWallet('last');
  return null;
}

function Heard({ onHappening }: { readonly onHappening: (happening: Happening) => void }): ReactNode {
  useHappenings(onHappening);
  return null;
}

const reads = missionOf('reads', 1, { steps: [step('book')] });

function game(): Promise<Backend> {
  return openBackend(({ line }) => {
    if (line.startsWith('GET /missions?')) return listOf(missionOf('runs', 1), reads);
    if (line.startsWith('GET /missions/')) return { json: line.includes('reads') ? reads : missionOf('runs', 1) };
    return { json: walletOf(line.replace('GET /wallets/', ''), 1) };
  });
}

const LAST = 'GET /wallets/last';

/** Waits until all that was told is dealt with, and read: what is told now is dealt with after it. */
async function quiet(backend: Backend, queryClient: QueryClient): Promise<void> {
  const asks = () => backend.asked.filter((line) => line === LAST).length;
  const before = asks();
  backend.tell(walletChanged('last'));
  await waitFor(() => expect(asks()).toBeGreaterThan(before));
  await waitFor(() => expect(queryClient.isFetching()).toBe(0));
  const others = backend.asked.filter((line) => line !== LAST);
  backend.asked.splice(0, backend.asked.length, ...others);
}

/** The game, mounted and loaded, with nothing asked for since. */
async function mounted(backend: Backend, more: Partial<LaurelProviderProps> = {}, ...children: ReactNode[]) {
  const queryClient = newCache();
  const props = { laurel: backend.client(), player: 'ann', live: backend.live(), ...more };
  const tree = (now: LaurelProviderProps) =>
    createElement(StrictMode, null, page(queryClient, now, createElement(Game, { key: 'game' }), ...children));
  const { rerender, unmount } = render(tree(props));
  await waitFor(() => expect(backend.listeners()).toBe(1));
  await quiet(backend, queryClient);
  backend.asked.length = 0;
  return {
    queryClient,
    props,
    unmount,
    show: (now: Partial<LaurelProviderProps>) => rerender(tree({ ...props, ...now })),
  };
}

test('a happening makes just those queries read again that it touches', async () => {
  const backend = await game();
  const { queryClient } = await mounted(backend);
  const after = async (...happenings: Happening[]) => {
    backend.tell(...happenings);
    await quiet(backend, queryClient);
    return backend.asked.splice(0).toSorted();
  };
  expect(await after(walletChanged('gems'))).toEqual(['GET /wallets/gems']);
  expect(await after(missionProgressed('reads'))).toEqual(['GET /missions/reads', 'GET /missions?limit=200']);
  expect(await after(eventCounted('book'))).toEqual(['GET /missions/reads', 'GET /missions?limit=200']);
  expect(await after(walletChanged('gems'), walletChanged('gems'), walletChanged('coins'))).toEqual([
    'GET /wallets/coins',
    'GET /wallets/gems',
  ]);
});

test('reads once more what was asked for first before the happening, and not answered until after it', async () => {
  let amount = 1;
  const gate = Promise.withResolvers<void>();
  const backend = await openBackend(async ({ line }) => {
    const json = walletOf('gems', amount);
    if (line !== LAST) await gate.promise;
    return { json };
  });
  const queryClient = newCache();
  const { queryKey } = laurelQueries(backend.client(), 'ann').wallets.get('gems');
  render(
    page(
      queryClient,
      { laurel: backend.client(), player: 'ann', live: backend.live() },
      createElement(Gems),
      createElement(Last),
    ),
  );
  await waitFor(() => expect([backend.asked.length, backend.listeners()]).toEqual([2, 1]));
  await waitFor(() => expect(queryClient.isFetching()).toBe(1));
  amount = 2;
  backend.tell(walletChanged('gems'), walletChanged('last'));
  await waitFor(() => expect(backend.asked.filter((line) => line === LAST)).toHaveLength(2));
  gate.resolve();
  await waitFor(() => expect(queryClient.getQueryData(queryKey)?.available).toBe(2));
});

test('reads again what was there before anybody listened, once the stream is open', async () => {
  const backend = await openBackend(() => ({ json: walletOf('gems', 7) }));
  const queryClient = newCache();
  queryClient.setDefaultOptions({ queries: { staleTime: Number.POSITIVE_INFINITY } });
  const { queryKey } = laurelQueries(backend.client(), 'ann').wallets.get('gems');
  queryClient.setQueryData(queryKey, walletOf('gems', 1));
  render(page(queryClient, { laurel: backend.client(), player: 'ann', live: backend.live() }, createElement(Gems)));
  await waitFor(() => expect(queryClient.getQueryData(queryKey)?.available).toBe(7));
});

test('listens once however often it is mounted, to whom it is told, and no longer than it is mounted', async () => {
  const backend = await game();
  const { queryClient, show, unmount } = await mounted(backend);
  const before = backend.subscriptions();
  show({});
  await quiet(backend, queryClient);
  expect([backend.listeners(), backend.subscriptions()]).toEqual([1, before]);
  show({ player: 'bob', laurel: backend.client('bob'), live: backend.live('bob') });
  await waitFor(() => expect([backend.listeners(), backend.subscriptions()]).toEqual([1, before + 1]));
  backend.tell(walletChanged('gems'));
  unmount();
  await waitFor(() => expect([backend.listeners(), queryClient.isFetching()]).toEqual([0, 0]));
  const reads = () =>
    queryClient
      .getQueryCache()
      .getAll()
      .map(({ state }) => [state.dataUpdateCount, state.fetchStatus]);
  const done = reads();
  backend.tell(walletChanged('gems'));
  // Somebody who listens now hears and reads no sooner than they would have.
  const other = await mounted(backend, { player: 'cy', laurel: backend.client('cy'), live: backend.live('cy') });
  await quiet(backend, other.queryClient);
  expect(reads()).toEqual(done);
});

test('what happened just before the end is known to be out of date', async () => {
  const backend = await game();
  const heard = Promise.withResolvers<void>();
  const onHappening = ({ type, data }: Happening) => {
    if (type !== 'wallet.changed' || data.currency !== 'gems') return;
    unmount();
    heard.resolve();
  };
  const { queryClient, unmount } = await mounted(backend, {}, createElement(Heard, { key: 'heard', onHappening }));
  const { wallets } = laurelQueries(backend.client(), 'ann');
  backend.tell(walletChanged('gems'));
  await act(() => heard.promise);
  expect(queryClient.getQueryState(wallets.get('gems').queryKey)?.isInvalidated).toBe(true);
  expect(queryClient.getQueryState(wallets.get('coins').queryKey)?.isInvalidated).toBe(false);
});

test('tells components what happens, whatever one of them throws', async () => {
  const thrown: unknown[] = [];
  const keep = (error: unknown) => thrown.push(error);
  const others = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException').on('uncaughtException', keep);
  onTestFinished(() => {
    process.removeListener('uncaughtException', keep);
    for (const other of others) process.on('uncaughtException', other);
  });
  const heard: string[] = [];
  const backend = await game();
  const onHappening = ({ type, data }: Happening) => {
    if (type === 'wallet.changed' && data.currency !== 'gems') return;
    heard.push(type);
    throw new Error('no');
  };
  await mounted(backend, {}, createElement(Heard, { key: 'heard', onHappening }));
  backend.tell(walletChanged('gems'));
  await waitFor(() => expect(heard).toEqual(['wallet.changed']));
  backend.tell(missionProgressed('reads'));
  await waitFor(() => expect(heard).toEqual(['wallet.changed', 'mission.progressed']));
  expect(thrown).toHaveLength(2);
});

test('tells when live updates are over for good', async () => {
  const backend = await openBackend(
    () => ({ json: walletOf('gems', 1) }),
    () => problem(403, 'forbidden'),
  );
  const errors: unknown[] = [];
  const props = { laurel: backend.client(), player: 'ann', live: backend.live() };
  render(page(newCache(), { ...props, onLiveError: (error) => errors.push(error) }, createElement(Gems)));
  await waitFor(() => expect(errors).toMatchObject([{ code: 'forbidden' }]));
});
