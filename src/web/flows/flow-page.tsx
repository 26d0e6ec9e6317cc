import { Alert, Container } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '../api/error-text.ts';
import { openFlow } from '../api/workshop.ts';
import { NotFound } from '../shell/not-found.tsx';
import { useTitle } from '../shell/use-title.ts';
import { Waiting } from '../shell/waiting.tsx';
import { FLOWS, openedKey } from './queries.ts';
import { Workbench } from './workbench.tsx';

/** One flow: read from the engine first, then worked on here. */
export function FlowPage({ flow }: { readonly flow: string }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  /** Raised when everything is read anew, so that the bench begins with it. */
  const [generation, setGeneration] = useState(0);
  const opened = useQuery({ queryKey: openedKey(flow), queryFn: () => openFlow(flow), staleTime: 0 });
  useTitle(flow);
  async function reload(): Promise<void> {
    await queries.invalidateQueries({ queryKey: FLOWS });
    setGeneration((before) => before + 1);
  }
  if (opened.error !== null)
    return (
      <Container size="xl" py="md">
        <Alert color="red">{errorText(t, opened.error)}</Alert>
      </Container>
    );
  if (opened.data === undefined) return <Waiting />;
  const { draft, published } = opened.data;
  if (draft === null && published === null) return <NotFound />;
  return <Workbench key={generation} flow={flow} opened={opened.data} onReload={reload} />;
}
