import { Button, Group, SegmentedControl, Table, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FloorAgent, FloorQueue } from '../../domain/floor-view.ts';
import { logOutAgent } from '../api/floor.ts';
import { currentLanguage } from '../i18n.ts';
import { Icon, type IconName } from '../icons.tsx';
import { Fault } from '../shared/fault.tsx';
import { StateBadge } from '../shared/state-badge.tsx';
import { duration, share, Timer } from '../shared/times.tsx';
import { type Doing, useDeed } from '../shared/use-deed.ts';
import { AGENT_ORDERS, type AgentOrder, sortAgents } from './board.ts';
import { EarButtons } from './ear-buttons.tsx';
import { EditAgent } from './edit-agent.tsx';
import classes from './supervisor.module.css';

interface AgentsTableProps {
  readonly agents: readonly FloorAgent[];
  readonly queues: readonly FloorQueue[];
  readonly skills: readonly string[];
  readonly skewMs: number;
}

/** Agents, what they do and since when, and what a supervisor can do about it. */
export function AgentsTable({ agents, queues, skills, skewMs }: AgentsTableProps) {
  const { t } = useTranslation();
  const doing = useDeed();
  const [order, setOrder] = useState<AgentOrder>('state');
  const [edited, setEdited] = useState<FloorAgent | null>(null);
  return (
    <section className={classes['card']} aria-labelledby="agents-title">
      <Group justify="space-between" gap="xs">
        <Title order={2} id="agents-title">
          {t('floor.agents', { count: agents.length })}
        </Title>
        <SegmentedControl
          size="xs"
          aria-label={t('floor.sort')}
          value={order}
          onChange={(value) => setOrder(AGENT_ORDERS.find((one) => one === value) ?? 'state')}
          data={AGENT_ORDERS.map((value) => ({ value, label: t(`floor.order.${value}`) }))}
        />
      </Group>
      <Fault error={doing.error} />
      <Table.ScrollContainer minWidth={820} scrollAreaProps={{ viewportProps: { tabIndex: 0, 'aria-label': t('floor.agentsTable') } }}>
        <Table verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('floor.name')}</Table.Th>
              <Table.Th>{t('floor.state')}</Table.Th>
              <Table.Th>{t('floor.inState')}</Table.Th>
              <Table.Th>{t('floor.queuesSkills')}</Table.Th>
              <Table.Th>{t('floor.todayColumn')}</Table.Th>
              <Table.Th>{t('floor.deeds')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {sortAgents(agents, order, currentLanguage()).map((agent) => (
              <Row key={agent.id} agent={agent} queues={queues} skewMs={skewMs} doing={doing} onEdit={() => setEdited(agent)} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {agents.length === 0 ? (
        <Text c="dimmed" size="sm">
          {t('floor.noAgents')}
        </Text>
      ) : null}
      {edited === null ? null : <EditAgent agent={edited} queues={queues} skills={skills} onClose={() => setEdited(null)} />}
    </section>
  );
}

interface RowProps {
  readonly agent: FloorAgent;
  readonly queues: readonly FloorQueue[];
  readonly skewMs: number;
  readonly doing: Doing;
  readonly onEdit: () => void;
}

function Row({ agent, queues, skewMs, doing, onEdit }: RowProps) {
  const { t } = useTranslation();
  const language = currentLanguage();
  const { displayName: name, state, today } = agent;
  const labels = agent.queues.map((id) => queues.find((queue) => queue.id === id)?.label[language] ?? id);
  const skills = Object.entries(agent.skills).map(([skill, level]) => `${skill} ${level}`);
  return (
    <Table.Tr data-agent={agent.name}>
      <Table.Td>
        <Text size="sm" fw={600}>
          {name}
        </Text>
        {agent.number === null ? null : (
          <Text size="xs" className={classes['number'] ?? ''}>
            {agent.number === '' ? t('agent.withheld') : agent.number}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <StateBadge state={state} size="md" />
      </Table.Td>
      <Table.Td>{state.kind === 'offline' ? '–' : <Timer since={agent.since + skewMs} label={t('floor.inState')} />}</Table.Td>
      <Table.Td>
        <Text size="sm">{labels.length === 0 ? '–' : labels.join(', ')}</Text>
        <Text size="xs" c="dimmed">
          {skills.join(', ')}
        </Text>
      </Table.Td>
      <Table.Td>
        <Text size="sm">{t('floor.dayLine', { answered: today.answered, aht: duration(today.averageHandleMs) })}</Text>
        <Text size="xs" c="dimmed">
          {t('floor.dayMore', { occupancy: share(today.occupancy, language), missed: today.notAnswered })}
        </Text>
      </Table.Td>
      <Table.Td>
        <Group gap={4} wrap="nowrap">
          <EarButtons agent={agent} doing={doing} />
          <IconButton icon="user" label={t('floor.editOne', { name })} onClick={onEdit} disabled={false} />
          <IconButton
            icon="logOut"
            label={t('floor.logOutOne', { name })}
            disabled={doing.busy || state.kind === 'offline'}
            onClick={() => void doing.run(() => logOutAgent(agent.id))}
          />
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}

interface IconButtonProps {
  readonly icon: IconName;
  readonly label: string;
  readonly disabled: boolean;
  readonly onClick: () => void;
}

function IconButton({ icon, label, disabled, onClick }: IconButtonProps) {
  return (
    <Button size="compact-sm" px={6} variant="default" aria-label={label} title={label} disabled={disabled} onClick={onClick}>
      <Icon name={icon} size={18} />
    </Button>
  );
}
