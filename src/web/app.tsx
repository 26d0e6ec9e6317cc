import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from 'react-router/dom';
import { isPassing } from './api/client.ts';
import { router } from './router.tsx';
import { theme, variables } from './theme/theme.ts';

const queries = new QueryClient({
  defaultOptions: {
    // The engine is often on this machine or in the house: a browser that thinks it is offline must ask all the same, or a page stays empty.
    queries: { staleTime: 30_000, networkMode: 'always', retry: (count, error) => isPassing(error) && count < 2 },
    mutations: { networkMode: 'always' },
  },
});

/** Everything: theme, data, pages. */
export function App() {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  );
}
