import { Badge, Button, Menu, Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FloorAgent, FloorQueue, FloorWait } from '../../domain/floor-view.ts';
import { moveWait } from '../api/floor.ts';
import { currentLanguage } from '../i18n.ts';
import { Icon } from '../icons.tsx';
import { Fault } from '../shared/fault.tsx';
import { Timer } from '../shared/times.tsx';
import { type Doing, useDeed } from '../shared/use-deed.ts';
import { sortWaits } from './board.ts';
import classes from './supervisor.module.css';

interface WaitsTableProps {
  readonly waits: readonly FloorWait[];
  /** All of them: callers can be moved to any. */
  readonly queues: readonly FloorQueue[];
  readonly agents: readonly FloorAgent[];
  readonly skewMs: number;
}

/** Callers who wait, the longest first. */
export function WaitsTable({ waits, queues, agents, skewMs }: WaitsTableProps) {
  const { t } = useTranslation();
  const moving = useDeed();
  return (
    <section className={classes['card']} aria-labelledby="waits-title">
      <Title order={2} id="waits-title">
        {t('floor.waits', { count: waits.length })}
      </Title>
      <Fault error={moving.error} />
      {waits.length === 0 ? (
        <Text c="dimmed" size="sm">
          {t('floor.noWaits')}
        </Text>
      ) : (
        <Table.ScrollContainer minWidth={560} scrollAreaProps={{ viewportProps: { tabIndex: 0, 'aria-label': t('floor.waitsTable') } }}>
          <Table verticalSpacing="xs">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('floor.wait')}</Table.Th>
                <Table.Th>{t('floor.number')}</Table.Th>
                <Table.Th>{t('floor.queue')}</Table.Th>
                <Table.Th>{t('floor.class')}</Table.Th>
                <Table.Th>{t('floor.offeredTo')}</Table.Th>
                <Table.Th>{t('floor.deeds')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {sortWaits(waits).map((wait) => (
                <Table.Tr key={wait.id} data-wait={wait.id}>
                  <Table.Td>
                    <Timer since={wait.since + skewMs} label={t('floor.wait')} />
                  </Table.Td>
                  <Table.Td className={classes['number'] ?? ''}>{wait.number === '' ? t('agent.withheld') : wait.number}</Table.Td>
                  <Table.Td>
                    {queues.find(({ id }) => id === wait.queue)?.label[currentLanguage()] ?? wait.queue} · {wait.position}
                  </Table.Td>
                  <Table.Td>
                    <Badge variant="light" tt="none" miw="max-content" color={wait.class === 'standard' ? 'gray' : 'amber'}>
                      {wait.class}
                    </Badge>
                  </Table.Td>
                  <Table.Td>{agents.find(({ id }) => id === wait.offeredTo)?.displayName ?? '–'}</Table.Td>
                  <Table.Td>
                    <Move wait={wait} queues={queues} doing={moving} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </section>
  );
}

interface MoveProps {
  readonly wait: FloorWait;
  readonly queues: readonly FloorQueue[];
  readonly doing: Doing;
}

function Move({ wait, queues, doing }: MoveProps) {
  const { t } = useTranslation();
  const number = wait.number === '' ? t('agent.withheld') : wait.number;
  return (
    <Menu position="bottom-end" withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<Icon name="arrow" size={16} />}
          disabled={doing.busy}
          aria-label={t('floor.moveOne', { number })}
        >
          {t('floor.move')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {queues
          .filter(({ id }) => id !== wait.queue)
          .map(({ id, label }) => (
            <Menu.Item key={id} onClick={() => void doing.run(() => moveWait(wait.id, id))}>
              {label[currentLanguage()]}
            </Menu.Item>
          ))}
      </Menu.Dropdown>
    </Menu>
  );
}
