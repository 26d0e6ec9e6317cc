import { Badge, Container, Group, Select, Stack, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '../i18n.ts';
import { Icon } from '../icons.tsx';
import { useTitle } from '../shell/use-title.ts';
import { Waiting } from '../shell/waiting.tsx';
import { AgentsTable } from './agents-table.tsx';
import { partOf } from './board.ts';
import { useFloor } from './floor-feed.ts';
import { QueueCards } from './queue-cards.tsx';
import { WaitsTable } from './waits-table.tsx';

const ALL = '';

/** The floor, live. */
export function SupervisorPage() {
  const { t } = useTranslation();
  const { floor, live, skewMs } = useFloor();
  const [queue, setQueue] = useState<string | null>(null);
  useTitle(t('pages.supervisor'));
  const language = currentLanguage();
  const part = floor === null ? null : partOf(floor, queue);
  return (
    <Container size="xl" px={{ base: 'sm', sm: 'lg' }} py={{ base: 'sm', sm: 'lg' }}>
      <Group justify="space-between" gap="sm" mb="md">
        <Group gap="sm">
          <Title order={1}>{t('pages.supervisor')}</Title>
          <Badge
            variant="light"
            size="lg"
            tt="none"
            color={live ? 'green' : 'red'}
            leftSection={<Icon name={live ? 'check' : 'offline'} size={16} />}
            role="status"
            data-live={live}
          >
            {live ? t('floor.live') : t('floor.lost')}
          </Badge>
        </Group>
        <Select
          aria-label={t('floor.filter')}
          allowDeselect={false}
          data={[
            { value: ALL, label: t('floor.allQueues') },
            ...(floor?.queues ?? []).map(({ id, label }) => ({ value: id, label: label[language] })),
          ]}
          value={queue ?? ALL}
          onChange={(value) => setQueue(value === null || value === ALL ? null : value)}
        />
      </Group>
      {floor === null || part === null ? (
        <Waiting />
      ) : (
        <Stack gap="md">
          <QueueCards queues={part.queues} skewMs={skewMs} />
          <WaitsTable waits={part.waits} queues={floor.queues} agents={floor.agents} skewMs={skewMs} />
          <AgentsTable agents={part.agents} queues={floor.queues} skills={floor.knownSkills} skewMs={skewMs} />
        </Stack>
      )}
    </Container>
  );
}
