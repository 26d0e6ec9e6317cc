import { NumberInput, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { loadStaffing, type Staffing, type StaffingWish } from '../api/reports.ts';
import { currentLanguage } from '../i18n.ts';
import { Fault } from '../shared/fault.tsx';
import { figureText } from './figures.ts';
import classes from './reports.module.css';

const USUAL = { calls: 100, minutes: 30, handle: 180, within: 20, level: 80, patience: '' } as const;
type Field = keyof typeof USUAL;
const MOST: Readonly<Record<Field, number>> = { calls: 100_000, minutes: 1440, handle: 7200, within: 3600, level: 100, patience: 7200 };
const LEAST: Readonly<Record<Field, number>> = { calls: 0, minutes: 1, handle: 1, within: 0, level: 0, patience: 1 };

/** How many agents it takes, by the formulas that everybody uses; with what they leave out. */
export function StaffingCalculator() {
  const { t } = useTranslation();
  const [given, setGiven] = useState<Readonly<Record<Field, number | string>>>(USUAL);
  const wish = wishOf(given);
  const found = useQuery({
    queryKey: ['staffing', wish],
    queryFn: () => loadStaffing(wish as StaffingWish),
    enabled: wish !== null,
    placeholderData: keepPreviousData,
  });
  return (
    <section className={classes['card']} aria-labelledby="staffing-title">
      <Stack gap="md">
        <Title order={2} id="staffing-title">
          {t('reports.staffing.title')}
        </Title>
        <SimpleGrid cols={{ base: 2, sm: 3, lg: 6 }} spacing="sm">
          {(Object.keys(USUAL) as Field[]).map((field) => (
            <NumberInput
              key={field}
              label={t(`reports.staffing.${field}`)}
              min={LEAST[field]}
              max={MOST[field]}
              allowDecimal={false}
              clampBehavior="strict"
              value={given[field]}
              onChange={(value) => setGiven({ ...given, [field]: value })}
            />
          ))}
        </SimpleGrid>
        {wish === null ? <Text c="var(--mantine-color-error)">{t('reports.staffing.incomplete')}</Text> : null}
        <Fault error={found.error} />
        {found.data === undefined || wish === null ? null : <Answer staffing={found.data} patient={wish.patience === null} />}
        <Text size="sm" c="dimmed">
          {t('reports.staffing.explained')}
        </Text>
      </Stack>
    </section>
  );
}

/** null: something is missing. */
function wishOf(given: Readonly<Record<Field, number | string>>): StaffingWish | null {
  const number = (field: Field): number => (given[field] === '' ? Number.NaN : Number(given[field]));
  const { calls, minutes, handle, within, level } = {
    calls: number('calls'),
    minutes: number('minutes'),
    handle: number('handle'),
    within: number('within'),
    level: number('level') / 100,
  };
  const patience = given.patience === '' ? null : number('patience');
  return [calls, minutes, handle, within, level, patience ?? 0].some(Number.isNaN)
    ? null
    : { calls, minutes, handle, within, level, patience };
}

function Answer({ staffing: { erlang, needed, rows }, patient }: { readonly staffing: Staffing; readonly patient: boolean }) {
  const { t } = useTranslation();
  const load = new Intl.NumberFormat(currentLanguage(), { maximumFractionDigits: 2 }).format(erlang);
  const cell = (kind: 'share' | 'duration', value: number | undefined) => (
    <Table.Td className={classes['number'] ?? ''}>
      {value === undefined ? t('reports.staffing.unstable') : figureText(kind, value)}
    </Table.Td>
  );
  return (
    <>
      <Text role="status" fw={650}>
        {needed === null ? t('reports.staffing.never', { load }) : t('reports.staffing.needed', { count: needed, load })}
      </Text>
      <Table.ScrollContainer minWidth={520} scrollAreaProps={{ viewportProps: { tabIndex: 0, 'aria-label': t('reports.staffing.title') } }}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('reports.staffing.agents')}</Table.Th>
              <Table.Th className={classes['number'] ?? ''}>{t('reports.staffing.serviceLevel')}</Table.Th>
              <Table.Th className={classes['number'] ?? ''}>{t('reports.staffing.wait')}</Table.Th>
              <Table.Th className={classes['number'] ?? ''}>{t('reports.staffing.occupancy')}</Table.Th>
              {patient ? null : (
                <>
                  <Table.Th className={classes['number'] ?? ''}>{t('reports.staffing.abandoned')}</Table.Th>
                  <Table.Th className={classes['number'] ?? ''}>{t('reports.staffing.waitA')}</Table.Th>
                </>
              )}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(({ agents, c, a }) => (
              <Table.Tr key={agents} className={agents === needed ? (classes['needed'] ?? '') : ''} data-agents={agents}>
                <Table.Td>{agents === needed ? t('reports.staffing.thisMany', { count: agents }) : agents}</Table.Td>
                {cell('share', c?.serviceLevel)}
                {cell('duration', c?.averageWaitMs)}
                {cell('share', c?.occupancy)}
                {a === null ? null : (
                  <>
                    {cell('share', a.abandoned)}
                    {cell('duration', a.averageWaitMs)}
                  </>
                )}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </>
  );
}
