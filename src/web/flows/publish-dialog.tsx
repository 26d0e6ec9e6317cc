import { Button, Group, Loader, Modal, Stack, Text, ThemeIcon } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '../api/error-text.ts';
import { type DraftText, loadReadiness, publishDraft, type Readiness } from '../api/workshop.ts';
import { Icon } from '../icons.tsx';
import { useSubmit } from '../login/use-submit.ts';
import { FormError } from '../shared/form-error.tsx';
import { useLogin } from '../shell/use-login.ts';
import { readinessKey } from './queries.ts';
import { BadScenarios, useVerdict } from './scenarios/bad-scenarios.tsx';
import { ProblemList } from './text/problem-list.tsx';
import type { Work } from './use-work.ts';

/** Roles that may publish; the engine asks again. */
const PUBLISHERS = ['admin', 'supervisor'];

export interface PublishDialogProps {
  /** What is to be published; null: the dialog is closed. */
  readonly draft: DraftText | null;
  readonly work: Work;
  readonly onClose: () => void;
  readonly onPublished: () => Promise<void>;
  readonly onOpen: (line: number) => void;
  /** Leads to a line of the scenarios. */
  readonly onOpenScenario: (line: number) => void;
  readonly onRebase: (revision: number) => Promise<void>;
}

/** Says what is missing before a draft can be published, and publishes it when nothing is. */
export function PublishDialog({ draft, work, onClose, onPublished, onOpen, onOpenScenario, onRebase }: PublishDialogProps) {
  const leave =
    (open: (line: number) => void) =>
    (line: number): void => {
      onClose();
      open(line);
    };
  const { t } = useTranslation();
  return (
    <Modal
      opened={draft !== null}
      onClose={onClose}
      title={t('flows.publish.title', { flow: work.flow })}
      size="lg"
      closeButtonProps={{ 'aria-label': t('flows.close') }}
    >
      {draft === null ? null : (
        <Missing
          draft={draft}
          work={work}
          onClose={onClose}
          onPublished={onPublished}
          onRebase={onRebase}
          onOpen={leave(onOpen)}
          onOpenScenario={leave(onOpenScenario)}
        />
      )}
    </Modal>
  );
}

function Missing({
  draft,
  work: { flow },
  onPublished,
  onOpen,
  onOpenScenario,
  onRebase,
  onClose,
}: PublishDialogProps & { readonly draft: DraftText }) {
  const { t } = useTranslation();
  const login = useLogin();
  const mayPublish = login.data?.kind === 'in' && PUBLISHERS.includes(login.data.me.role);
  const readiness = useQuery({
    queryKey: readinessKey(flow, draft.version),
    queryFn: () => loadReadiness(flow),
    staleTime: 0,
  });
  const { busy, error, onSubmit } = useSubmit(async () => {
    await publishDraft(flow, draft.version);
    onClose();
    await onPublished();
  });
  if (readiness.data === undefined)
    return (
      <Group role="status">
        {readiness.error === null ? <Loader type="dots" /> : null}
        <Text>{readiness.error === null ? t('flows.publish.looking') : errorText(t, readiness.error)}</Text>
      </Group>
    );
  return (
    <form onSubmit={onSubmit}>
      <Stack data-ready={readiness.data.ready}>
        <CheckPoint readiness={readiness.data} file={`${flow}.yaml`} onOpen={onOpen} />
        <ScenarioPoint readiness={readiness.data} file={`${flow}.test.yaml`} onOpen={onOpenScenario} />
        <UntoldPoint readiness={readiness.data} flow={flow} />
        <BasePoint readiness={readiness.data} onRebase={onRebase} />
        {mayPublish ? null : <Point good={false} text={t('flows.publish.role')} />}
        <FormError text={error === null ? null : errorText(t, error)} />
        <Text size="sm" c="dimmed">
          {t('flows.publish.calls')}
        </Text>
        <Button type="submit" loading={busy} disabled={!readiness.data.ready || !mayPublish}>
          {t('flows.work.publish')}
        </Button>
      </Stack>
    </form>
  );
}

function Point({ good, text, children }: { readonly good: boolean; readonly text: string; readonly children?: ReactNode }) {
  return (
    <Group wrap="nowrap" align="flex-start" gap="sm">
      <ThemeIcon variant="light" color={good ? 'green' : 'red'} size="sm" radius="xl">
        <Icon name={good ? 'check' : 'warning'} size={14} />
      </ThemeIcon>
      <div style={{ minWidth: 0, flex: 1 }}>
        <Text size="sm" fw={600}>
          {text}
        </Text>
        {children}
      </div>
    </Group>
  );
}

type Part = { readonly readiness: Readiness };

/** `onOpen` leads to a line of `file`. */
type Placed = Part & { readonly file: string; readonly onOpen: (line: number) => void };

function CheckPoint({ readiness: { problems }, file, onOpen }: Placed) {
  const { t } = useTranslation();
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return <Point good text={t('flows.publish.checkGood')} />;
  return (
    <Point good={false} text={t('flows.publish.checkBad', { count: errors.length })}>
      <ProblemList problems={errors} file={file} onOpen={onOpen} />
    </Point>
  );
}

function ScenarioPoint({ readiness: { scenarios }, file, onOpen }: Placed) {
  const { t } = useTranslation();
  const verdict = useVerdict();
  if (scenarios === null) return <Point good={false} text={t('flows.publish.scenariosNotRun')} />;
  if (scenarios.ok) return <Point good text={verdict(scenarios)} />;
  return (
    <Point good={false} text={verdict(scenarios)}>
      <BadScenarios report={scenarios} file={file} onOpen={onOpen} />
    </Point>
  );
}

/** The engine says by `ready` whether this only warns. */
function UntoldPoint({ readiness: { scenarios, ready }, flow }: Part & { readonly flow: string }) {
  const { t } = useTranslation();
  if (scenarios === null || !scenarios.untold) return null;
  return (
    <Point good={false} text={t('flows.publish.untold', { flow })}>
      <Text size="sm">{ready ? t('flows.publish.untoldWarn') : t('flows.publish.untoldText')}</Text>
    </Point>
  );
}

function BasePoint({ readiness: { overtakenBy }, onRebase }: Part & { readonly onRebase: (revision: number) => Promise<void> }) {
  const { t } = useTranslation();
  if (overtakenBy === null) return null;
  return (
    <Point good={false} text={t('flows.publish.overtaken', { revision: overtakenBy })}>
      <Text size="sm">{t('flows.publish.overtakenText')}</Text>
      <Button size="xs" mt={4} variant="default" onClick={() => void onRebase(overtakenBy)}>
        {t('flows.publish.rebase', { revision: overtakenBy })}
      </Button>
    </Point>
  );
}
