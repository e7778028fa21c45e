import './dom.ts';
import { isProblem, UsageError } from '@laurel/sdk';
import { laurelQueries, useLaurelQueries, useLeaderboard, useMissions, useWallet, useWallets } from '@laurel/sdk/react';
import { focusManager, useSuspenseQuery } from '@tanstack/react-query';
import { act, render, renderHook, screen, waitFor } from '@testing-library/react';
import { createElement, type ReactNode, StrictMode, Suspense } from 'react';
import { expect, onTestFinished, test } from 'vitest';
import { problem } from '../server.ts';
import { listOf, openBackend } from './backend.ts';
import { newCache, page } from './page.ts';
import { missionOf, walletOf } from './things.ts';

function Gems(): ReactNode {
  return createElement('p', null, useWallet('gems').status);
}

function Sum(): ReactNode {
  return createElement(
    'b',
    null,
    useWallets().data?.reduce((sum, { available }) => sum + available, 0),
  );
}

function FirstCurrency({ onShown }: { readonly onShown: (name: string | undefined) => void }): ReactNode {
  const name = useWallets().data?.[0]?.currency;
  onShown(name);
  return createElement('p', null, name);
}

function Names(): ReactNode {
  const { data } = useSuspenseQuery(useLaurelQueries().missions.list());
  return createElement('p', null, data.map(({ name }) => name).join());
}

test('reads with the client, under a key that begins with the player, and gives the whole list', async () => {
  const backend = await openBackend(({ line }) =>
    line.includes('cursor') ? listOf(missionOf('b', 2)) : { json: { items: [missionOf('a', 1)], nextCursor: 'next' } },
  );
  const queryClient = newCache();
  const wrapper = ({ children }: { children: ReactNode }) =>
    page(queryClient, { laurel: backend.client(), player: 'ann' }, children);
  const { result } = renderHook(() => useMissions({ select: (all) => all.map(({ id }) => id) }), { wrapper });
  expect(result.current).toMatchObject({ data: undefined, isPending: true });
  await waitFor(() => expect(result.current.data).toEqual(['a', 'b']));
  expect(backend.asked).toEqual(['GET /missions?limit=200', 'GET /missions?limit=200&cursor=next']);
  expect(queryClient.getQueryCache().getAll()[0]?.queryKey).toEqual(['laurel', 'ann', 'missions', 'list']);
  const { queryKey } = laurelQueries(backend.client(), 'ann').missions.list();
  expect(queryClient.getQueryData(queryKey)?.[1]?.progress?.amount).toBe(2);
});

test('tells the error of the client, which is not tried again by the query', async () => {
  const backend = await openBackend(() => problem(404, 'not_found'));
  const { result } = renderHook(() => useWallet('gems'), {
    wrapper: ({ children }) => page(newCache(), { laurel: backend.client(), player: 'ann' }, children),
  });
  await waitFor(() => expect(result.current.isError).toBe(true));
  expect(isProblem(result.current.error, 'not_found')).toBe(true);
  expect(backend.asked).toEqual(['GET /wallets/gems']);
});

test('breaks a call off when nobody waits for it any more, and reads in StrictMode as well', async () => {
  const backend = await openBackend(({ line }) =>
    line.includes('gems') ? 'never' : listOf(walletOf('gems', 3), walletOf('coins', 4)),
  );
  const props = { laurel: backend.client(), player: 'ann' };
  const queryClient = newCache();
  const tree = (...children: ReactNode[]) => createElement(StrictMode, null, page(queryClient, props, ...children));
  const { rerender } = render(tree(createElement(Gems, { key: 'g' }), createElement(Sum, { key: 's' })));
  await waitFor(() => expect(screen.getByText('7')).toBeTruthy());
  await waitFor(() => expect(backend.asked.filter((line) => line === 'GET /wallets/gems').length).toBeGreaterThan(0));
  const broken = backend.broken.length;
  rerender(tree(createElement(Sum, { key: 's' })));
  await waitFor(() => expect(backend.broken.length).toBeGreaterThan(broken));
  expect(backend.broken.at(-1)).toBe('GET /wallets/gems');
  expect(queryClient.isFetching()).toBe(0);
});

test('shows nobody what another player has, and goes on with another client of the same player', async () => {
  const backend = await openBackend(({ token }) => listOf(walletOf(token, 1)));
  const seen: (string | undefined)[] = [];
  const queryClient = newCache();
  const as = (player: string, token: string) =>
    page(
      queryClient,
      { laurel: backend.client(token), player },
      createElement(FirstCurrency, { onShown: (name) => seen.push(name) }),
    );
  const { rerender } = render(as('ann', 'ann'));
  await screen.findByText('ann');
  seen.length = 0;
  rerender(as('bob', 'bob'));
  await screen.findByText('bob');
  expect(new Set(seen)).toEqual(new Set([undefined, 'bob']));
  rerender(as('bob', 'bob-fresh'));
  expect(screen.getByText('bob')).toBeTruthy();
  await act(() => queryClient.refetchQueries({ queryKey: laurelQueries(backend.client(), 'bob').key }));
  expect(await screen.findByText('bob-fresh')).toBeTruthy();
});

test('reads again when the page is looked at again', async () => {
  let gems = 1;
  const backend = await openBackend(() => ({ json: walletOf('gems', gems++) }));
  onTestFinished(() => focusManager.setFocused(undefined));
  const laurel = backend.client();
  const queryClient = newCache();
  const { result } = renderHook(() => useWallet('gems').data?.available, {
    wrapper: ({ children }) => page(queryClient, { laurel, player: 'ann' }, children),
  });
  await waitFor(() => expect(result.current).toBe(1));
  act(() => focusManager.setFocused(false));
  act(() => focusManager.setFocused(true));
  await waitFor(() => expect(result.current).toBe(2));
});

test('reads a leaderboard page by page until its end', async () => {
  const lineAt = (rank: number) => ({ rank, score: 100 - rank, player: { displayName: `P${rank}` }, isMe: false });
  const backend = await openBackend(({ line }) => {
    const at = Number(new URL(`http://x${line.slice(4)}`).searchParams.get('cursor') ?? 0);
    return { json: { items: [lineAt(at + 1), lineAt(at + 2)], nextCursor: at < 4 ? String(at + 2) : null } };
  });
  const laurel = backend.client();
  const queryClient = newCache();
  const { result } = renderHook(() => useLeaderboard('weekly', { limit: 2, period: '2026-W48' }), {
    wrapper: ({ children }) => page(queryClient, { laurel, player: 'ann' }, children),
  });
  const ranks = () => result.current.data?.map(({ rank }) => rank);
  await waitFor(() => expect(ranks()).toEqual([1, 2]));
  await act(() => result.current.fetchNextPage());
  await waitFor(() => expect(ranks()).toEqual([1, 2, 3, 4]));
  expect(result.current.hasNextPage).toBe(true);
  await act(() => result.current.fetchNextPage());
  await waitFor(() => expect(ranks()).toEqual([1, 2, 3, 4, 5, 6]));
  expect(result.current.hasNextPage).toBe(false);
  const path = 'GET /leaderboards/weekly/entries?limit=2&period=2026-W48';
  expect(backend.asked).toEqual([path, `${path}&cursor=2`, `${path}&cursor=4`]);
});

test('suspends where it is asked to, and has data then', async () => {
  const backend = await openBackend(() => listOf(missionOf('a', 1)));
  const waiting = createElement('i', null, 'Waiting');
  const names = createElement(Suspense, { fallback: waiting }, createElement(Names));
  await act(async () => {
    render(page(newCache(), { laurel: backend.client(), player: 'ann' }, names));
  });
  expect(screen.getByText('Waiting')).toBeTruthy();
  expect(await screen.findByText('Mission a')).toBeTruthy();
});

test('says what is missing where there is no provider', () => {
  expect(() => renderHook(() => useLaurelQueries())).toThrow(UsageError);
});
