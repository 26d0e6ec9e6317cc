import { Badge, Button, Group, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AppointmentInfo, Service } from '../api/appointments.ts';
import type { Dealer } from '../api/dealers.ts';
import { currentLanguage } from '../i18n.ts';
import { whenText } from '../shared/dates.ts';

const COLOURS: Readonly<Record<string, string>> = { booked: 'green', held: 'yellow', cancelled: 'red' };

export interface AppointmentTableProps {
  readonly items: readonly AppointmentInfo[];
  readonly zone: string;
  readonly dealers: readonly Dealer[];
  readonly services: readonly Service[];
  readonly onMove: (appointment: AppointmentInfo) => void;
  readonly onCancel: (appointment: AppointmentInfo) => void;
}

/** One line for each appointment; only booked ones can be changed. */
export function AppointmentTable({ items, ...rest }: AppointmentTableProps) {
  const { t } = useTranslation();
  return (
    <Table.ScrollContainer minWidth={320} type="native">
      <Table verticalSpacing="sm" aria-label={t('pages.appointments')} bg="var(--santral-surface)" withTableBorder>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('appointments.time')}</Table.Th>
            <Table.Th visibleFrom="sm">{t('appointments.what')}</Table.Th>
            <Table.Th visibleFrom="sm">{t('appointments.who')}</Table.Th>
            <Table.Th>{t('appointments.state')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((one) => (
            <Row key={one.id} one={one} {...rest} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Row({ one, zone, dealers, services, onMove, onCancel }: Omit<AppointmentTableProps, 'items'> & { readonly one: AppointmentInfo }) {
  const { t } = useTranslation();
  const when = whenText(one.startsAt, zone);
  const what = services.find(({ code }) => code === one.service)?.label[currentLanguage()] ?? one.service;
  const where = dealers.find(({ code }) => code === one.dealer)?.name ?? one.dealer;
  const who = [one.name, one.phone ?? ''].filter((part) => part !== '').join(' · ');
  return (
    <Table.Tr data-code={one.code} data-state={one.state}>
      <Table.Td>
        <Text size="sm" fw={600}>
          {when}
        </Text>
        <Text size="sm" c="dimmed">
          {t('appointments.codeIs', { code: one.code })}
        </Text>
        <Text size="sm" hiddenFrom="sm">
          {[what, where, who].filter((part) => part !== '').join(' · ')}
        </Text>
      </Table.Td>
      <Table.Td visibleFrom="sm">
        <Text size="sm">{what}</Text>
        <Text size="sm" c="dimmed">
          {where}
        </Text>
      </Table.Td>
      <Table.Td visibleFrom="sm">
        <Text size="sm">{who === '' ? t('appointments.nobody') : who}</Text>
      </Table.Td>
      <Table.Td>
        <Badge variant="light" radius="sm" tt="none" color={COLOURS[one.state] ?? 'gray'}>
          {t(`appointments.states.${one.state === 'booked' && one.confirmed ? 'confirmed' : (one.state as 'booked')}`)}
        </Badge>
        {one.state === 'booked' && (
          <Group gap="xs" mt={6}>
            <Button size="xs" variant="default" onClick={() => onMove(one)} aria-label={t('appointments.moveOf', { when })}>
              {t('appointments.move')}
            </Button>
            <Button size="xs" variant="default" onClick={() => onCancel(one)} aria-label={t('appointments.cancelOf', { when })}>
              {t('appointments.cancel')}
            </Button>
          </Group>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
