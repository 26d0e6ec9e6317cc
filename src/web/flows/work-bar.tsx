import { Anchor, Button, Group, Text, Title } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { errorText } from '../api/error-text.ts';
import type { DraftText, Words } from '../api/workshop.ts';
import { Confirm } from '../shared/confirm.tsx';
import { whenText } from '../shared/dates.ts';
import { FormError } from '../shared/form-error.tsx';
import { ConflictNotice } from './conflict-notice.tsx';
import { PublishDialog } from './publish-dialog.tsx';
import type { useInspection } from './use-inspection.ts';
import type { Work } from './use-work.ts';
import { wordsIn } from './words.ts';

export interface WorkBarProps {
  readonly work: Work;
  readonly title: Words;
  readonly inspection: ReturnType<typeof useInspection>;
  readonly onPublished: () => Promise<void>;
  readonly onOpen: (line: number) => void;
  /** Leads to a line of the scenarios. */
  readonly onOpenScenario: (line: number) => void;
}

/** What the flow is, how it stands, and what can be done with it. */
export function WorkBar({ work, title, inspection, onPublished, onOpen, onOpenScenario }: WorkBarProps) {
  const { t } = useTranslation();
  const [publishing, setPublishing] = useState<DraftText | null>(null);
  const [discarding, setDiscarding] = useState(false);
  const { flow, draft, unsaved, saving, theirs } = work;
  const error = work.error ?? inspection.error;

  async function prepare(): Promise<void> {
    const saved = unsaved || draft === null ? await work.save() : draft;
    setPublishing(saved);
  }

  return (
    <>
      <Group justify="space-between" align="flex-end" gap="sm">
        <div>
          <Anchor component={Link} to="/flows" size="sm">
            {t('pages.flows')}
          </Anchor>
          <Title order={1}>{wordsIn(title, flow)}</Title>
          <Text size="sm" c="dimmed" role="status" data-state={unsaved ? 'unsaved' : draft === null ? 'published' : 'draft'}>
            {flow} · {stateText(t, work)}
          </Text>
        </div>
        <Group gap="xs">
          {draft === null && !unsaved ? null : (
            <Button variant="default" onClick={() => setDiscarding(true)}>
              {t('flows.work.discard')}
            </Button>
          )}
          <Button variant="light" onClick={() => void work.save()} loading={saving} disabled={!unsaved}>
            {t('flows.work.save')}
          </Button>
          <Button onClick={() => void prepare()} disabled={draft === null && !unsaved}>
            {t('flows.work.publish')}
          </Button>
        </Group>
      </Group>
      {theirs === null ? <FormError text={error === null ? null : errorText(t, error)} /> : <ConflictNotice work={work} theirs={theirs} />}
      <PublishDialog
        draft={publishing}
        work={work}
        onClose={() => setPublishing(null)}
        onPublished={onPublished}
        onOpen={onOpen}
        onOpenScenario={onOpenScenario}
        onRebase={async (revision) => setPublishing(await work.save(revision))}
      />
      <Confirm
        opened={discarding}
        title={t('flows.work.discard')}
        text={t('flows.work.discardText')}
        action={t('flows.work.discard')}
        onClose={() => setDiscarding(false)}
        onConfirm={() => work.discard()}
      />
    </>
  );
}

function stateText(t: TFunction, { draft, unsaved, published }: Work): string {
  if (unsaved) return t('flows.work.unsaved');
  if (draft !== null) return t('flows.work.draft', { by: draft.author, at: whenText(draft.updatedAt) });
  return published === null ? '' : t('flows.work.inForce', { revision: published.current.revision });
}
