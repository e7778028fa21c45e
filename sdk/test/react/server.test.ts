import { laurelQueries, useMissions } from '@laurel/sdk/react';
import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query';
import { createElement, type ReactNode } from 'react';
import { renderToString } from 'react-dom/server';
import { expect, test } from 'vitest';
import { listOf, openBackend } from './backend.ts';
import { page } from './page.ts';
import { missionOf } from './things.ts';

function Names(): ReactNode {
  const { data, status } = useMissions();
  return createElement('p', null, data?.map(({ name }) => name).join() ?? status);
}

test('there is no page here', () => {
  expect(typeof window).toBe('undefined');
});

test('asks for nothing on a server and listens to nothing, unless it is told to', async () => {
  const backend = await openBackend(() => listOf(missionOf('a', 1)));
  const props = { laurel: backend.client(), player: 'ann', live: backend.live() };
  expect(renderToString(page(new QueryClient(), props, createElement(Names)))).toContain('pending');
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect([backend.asked, backend.subscriptions()]).toEqual([[], 0]);
});

test('renders what was prefetched, also from what a server sent as JSON', async () => {
  const backend = await openBackend(() => listOf(missionOf('a', 1)));
  const laurel = backend.client();
  const queryClient = new QueryClient();
  await queryClient.prefetchQuery(laurelQueries(laurel, 'ann').missions.list());
  await queryClient.prefetchInfiniteQuery(laurelQueries(laurel, 'ann').rewards.list());
  const state = JSON.parse(JSON.stringify(dehydrate(queryClient)));
  expect(state.queries).toHaveLength(2);
  const hydrated = createElement(HydrationBoundary, { state }, createElement(Names));
  const html = renderToString(page(new QueryClient(), { laurel, player: 'ann' }, hydrated));
  expect(html).toBe('<p>Mission a</p>');
  const other = renderToString(page(new QueryClient(), { laurel, player: 'bob' }, hydrated));
  expect(other).toBe('<p>pending</p>');
  expect(backend.asked).toHaveLength(2);
});
