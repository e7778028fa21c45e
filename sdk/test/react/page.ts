import { LaurelProvider, type LaurelProviderProps } from '@laurel/sdk/react';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup } from '@testing-library/react';
import { createElement, type ReactNode } from 'react';
import { onTestFinished } from 'vitest';

/** A cache that is emptied after the test, with what is mounted. */
export function newCache(): QueryClient {
  const queryClient = new QueryClient();
  onTestFinished(() => {
    cleanup();
    queryClient.clear();
  });
  return queryClient;
}

/** Children below both providers. */
export function page(queryClient: QueryClient, props: LaurelProviderProps, ...children: ReactNode[]): ReactNode {
  return createElement(QueryClientProvider, { client: queryClient }, createElement(LaurelProvider, props, ...children));
}
