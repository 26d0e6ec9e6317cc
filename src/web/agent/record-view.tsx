import { Badge, Group, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CustomerRecord } from '../../domain/desk-view.ts';
import { currentLanguage } from '../i18n.ts';
import { Icon } from '../icons.tsx';
import { dayText } from '../shared/dates.ts';
import classes from './agent.module.css';

/** The customer, whole: only after the verification, only during the call. */
export function RecordView({ customer }: { readonly customer: CustomerRecord }) {
  const { t } = useTranslation();
  const language = currentLanguage();
  const { customerNumber, city, segment, dealer, lastContactAt, openAppointmentAt, fields } = customer;
  const lines: readonly (readonly [string, string | null])[] = [
    [t('agent.record.number'), customerNumber],
    [t('agent.record.city'), city],
    [t('agent.record.segment'), segment?.[language] ?? null],
    [t('agent.record.dealer'), dealer],
    [t('agent.record.lastContact'), lastContactAt === null ? null : dayText(lastContactAt)],
    [t('agent.record.appointment'), openAppointmentAt === null ? null : dayText(openAppointmentAt)],
    ...fields.map(({ label, value }) => [label[language], value] as const),
  ];
  return (
    <section className={classes['card']} aria-labelledby="record-title" data-pop="verified">
      <Group justify="space-between" gap="xs">
        <Title order={2} id="record-title">
          {customer.name}
        </Title>
        <Badge color="green" variant="light" tt="none" leftSection={<Icon name="check" size={14} />}>
          {t('agent.record.verified')}
        </Badge>
      </Group>
      <dl className={classes['facts']}>
        {lines
          .filter(([, value]) => value !== null)
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </section>
  );
}
