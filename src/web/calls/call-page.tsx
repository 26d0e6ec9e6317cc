import { Alert, Anchor, Container, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { askCall, askJournal, askRecording, type RecordingInfo } from '../api/calls.ts';
import { errorText } from '../api/error-text.ts';
import { StepView } from '../feed/step-view.tsx';
import { toSteps } from '../feed/steps.ts';
import { whenText } from '../shared/dates.ts';
import { duration } from '../shared/times.tsx';
import { useTitle } from '../shell/use-title.ts';
import { Waiting } from '../shell/waiting.tsx';
import classes from './calls.module.css';
import { markersOf } from './markers.ts';
import { Player } from './player.tsx';

/** How soon a recording that is not put together yet is asked for again. */
const AGAIN_MS = 3000;

/** One call: its recording, and its journal from the first to the last line. */
export function CallPage({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const call = useQuery({ queryKey: ['calls', id], queryFn: () => askCall(id) });
  const journal = useQuery({ queryKey: ['calls', id, 'journal'], queryFn: () => askJournal(id) });
  const recording = useQuery({
    queryKey: ['calls', id, 'recording'],
    queryFn: () => askRecording(id),
    refetchInterval: ({ state: { data } }) => (data?.state === 'open' ? AGAIN_MS : false),
  });
  useTitle(t('calls.one'));
  const fault = call.error ?? journal.error ?? recording.error;
  const { data: about } = call;
  const { data: entries = [] } = journal;
  return (
    <Container size="xl" px={{ base: 'sm', sm: 'lg' }} py={{ base: 'sm', sm: 'lg' }}>
      <Stack gap="md">
        <Anchor component={Link} to="/calls">
          {t('calls.back')}
        </Anchor>
        <Title order={1}>{t('calls.one')}</Title>
        {fault === null ? null : <Alert color="red">{errorText(t, fault)}</Alert>}
        {about === undefined ? (
          fault === null ? (
            <Waiting />
          ) : null
        ) : (
          <Group gap="lg">
            <Text>{about.number === '' ? t('agent.withheld') : about.number}</Text>
            <Text>{whenText(about.startedAt)}</Text>
            <Text>{duration(about.durationMs)}</Text>
            <Text c="dimmed">{about.flow}</Text>
          </Group>
        )}
        <Recorded id={id} recording={recording.data} entries={entries} />
        <section className={classes['card']} aria-labelledby="journal-title">
          <Title order={2} id="journal-title" mb="sm">
            {t('calls.journal')}
          </Title>
          <ol className={classes['steps']}>
            {toSteps(entries).map((step) => (
              <StepView key={step.seq} step={step} startedAt={about?.startedAt ?? step.at} mainFlow={about?.flow ?? ''} current={false} />
            ))}
          </ol>
        </section>
      </Stack>
    </Container>
  );
}

interface RecordedProps {
  readonly id: string;
  /** undefined: not known yet. */
  readonly recording: RecordingInfo | null | undefined;
  readonly entries: Parameters<typeof markersOf>[0];
}

function Recorded({ id, recording, entries }: RecordedProps) {
  const { t } = useTranslation();
  if (recording === undefined) return null;
  if (recording?.state === 'kept')
    return <Player call={id} recording={recording} markers={markersOf(entries, recording.startedAt, recording.durationMs)} />;
  const why = recording === null ? 'none' : recording.state === 'open' ? 'open' : 'empty';
  return (
    <Alert color="gray" data-recording={why}>
      {t(`calls.no.${why}`)}
    </Alert>
  );
}
