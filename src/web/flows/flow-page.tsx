import { Alert, Container } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '../api/error-text.ts';
import { loadDraft, loadPublished } from '../api/workshop.ts';
import { NotFound } from '../shell/not-found.tsx';
import { useTitle } from '../shell/use-title.ts';
import { Waiting } from '../shell/waiting.tsx';
import { draftKey, FLOWS, publishedKey } from './queries.ts';
import { Workbench } from './workbench.tsx';

/** One flow: read from the engine first, then worked on here. */
export function FlowPage({ flow }: { readonly flow: string }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  /** Raised when everything is read anew, so that the bench begins with it. */
  const [generation, setGeneration] = useState(0);
  const draft = useQuery({ queryKey: draftKey(flow), queryFn: () => loadDraft(flow), staleTime: 0 });
  const published = useQuery({ queryKey: publishedKey(flow), queryFn: () => loadPublished(flow), staleTime: 0 });
  useTitle(flow);
  async function reload(): Promise<void> {
    await queries.invalidateQueries({ queryKey: FLOWS });
    setGeneration((before) => before + 1);
  }
  const error = draft.error ?? published.error;
  if (error !== null)
    return (
      <Container size="xl" py="md">
        <Alert color="red">{errorText(t, error)}</Alert>
      </Container>
    );
  if (draft.data === undefined || published.data === undefined) return <Waiting />;
  if (draft.data === null && published.data === null) return <NotFound />;
  return <Workbench key={generation} flow={flow} draft={draft.data} published={published.data} onReload={reload} />;
}
