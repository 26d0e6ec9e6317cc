import { Container, Group, SegmentedControl, Select, Stack, Tabs, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Days, INTERVALS, type Interval, loadReport, type Report, type ReportWish, reportFile, type Subject } from '../api/reports.ts';
import { currentLanguage } from '../i18n.ts';
import { dayIn, usualZone } from '../shared/dates.ts';
import { Fault } from '../shared/fault.tsx';
import { useTitle } from '../shell/use-title.ts';
import { Waiting } from '../shell/waiting.tsx';
import { Dispositions } from './dispositions.tsx';
import { Exports } from './exports.tsx';
import { ReportView } from './report-view.tsx';
import { StaffingCalculator } from './staffing.tsx';

const ALL = '';
const USUAL_LEVEL = 'default';

/** Figures of queues, agents and dispositions, each with its formula; exports; how many agents are needed. */
export function ReportsPage() {
  const { t } = useTranslation();
  useTitle(t('pages.reports'));
  const [days, setDays] = useState<Days>(() => {
    const today = dayIn(Date.now(), usualZone());
    return { from: today, to: today };
  });
  const [interval, setInterval] = useState<Interval>('hour');
  const range = (
    <Group align="flex-end" gap="sm">
      <DayField label={t('reports.from')} value={days.from} onChange={(from) => setDays({ from, to: from > days.to ? from : days.to })} />
      <DayField label={t('reports.to')} value={days.to} onChange={(to) => setDays({ from: to < days.from ? to : days.from, to })} />
    </Group>
  );
  const by = (
    <SegmentedControl
      aria-label={t('reports.interval')}
      value={interval}
      onChange={(value) => setInterval(INTERVALS.find((one) => one === value) ?? 'hour')}
      data={INTERVALS.map((value) => ({ value, label: t(`reports.intervals.${value}`) }))}
    />
  );
  return (
    <Container size="xl" px={{ base: 'sm', sm: 'lg' }} py={{ base: 'sm', sm: 'lg' }}>
      <Stack gap="md">
        <Title order={1}>{t('pages.reports')}</Title>
        <Tabs defaultValue="queues" keepMounted={false}>
          <Tabs.List mb="md">
            {(['queues', 'agents', 'dispositions', 'staffing'] as const).map((value) => (
              <Tabs.Tab key={value} value={value}>
                {t(`reports.tabs.${value}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {(['queues', 'agents'] as const).map((of) => (
            <Tabs.Panel key={of} value={of}>
              <Stack gap="md">
                <Group align="flex-end" gap="sm">
                  {range}
                  {by}
                </Group>
                <Counted of={of} days={days} interval={interval} />
              </Stack>
            </Tabs.Panel>
          ))}
          <Tabs.Panel value="dispositions">
            <Stack gap="md">
              {range}
              <Dispositions days={days} />
            </Stack>
          </Tabs.Panel>
          <Tabs.Panel value="staffing">
            <StaffingCalculator />
          </Tabs.Panel>
        </Tabs>
      </Stack>
    </Container>
  );
}

function DayField({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (day: string) => void;
}) {
  return (
    <TextInput type="date" label={label} value={value} onChange={({ currentTarget: { value: day } }) => day !== '' && onChange(day)} />
  );
}

interface CountedProps {
  readonly of: Subject;
  readonly days: Days;
  readonly interval: Interval;
}

function Counted({ of, days, interval }: CountedProps) {
  const [only, setOnly] = useState(ALL);
  const [level, setLevel] = useState(USUAL_LEVEL);
  const wish: ReportWish = { of, ...days, interval, only: only === ALL ? null : only, level: level === USUAL_LEVEL ? null : level };
  // What happens meanwhile is asked for anew; what is over stays.
  const found = useQuery({ queryKey: ['report', wish], queryFn: () => loadReport(wish), staleTime: 0 });
  const language = currentLanguage();
  return (
    <>
      <Group align="flex-end" gap="sm">
        <Which of={of} days={days} value={only} onChange={setOnly} />
        {of === 'queues' ? <Level report={found.data} value={level} onChange={setLevel} /> : null}
        <Exports csv={reportFile(wish, 'csv', language)} xlsx={reportFile(wish, 'xlsx', language)} />
      </Group>
      <Fault error={found.error} />
      {found.isPending ? <Waiting /> : null}
      {found.data === undefined ? null : <ReportView report={found.data} interval={interval} />}
    </>
  );
}

interface ChoiceProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** One queue or agent of those that did something on these days. */
function Which({ of, days, value, onChange }: ChoiceProps & { readonly of: Subject; readonly days: Days }) {
  const { t } = useTranslation();
  const all: ReportWish = { of, ...days, interval: 'day', only: null, level: null };
  const known = useQuery({ queryKey: ['report', all], queryFn: () => loadReport(all), staleTime: 60_000 });
  const names = [...(known.data?.names ?? [])].map(([key, label]) => ({ value: key, label: label[currentLanguage()] }));
  return (
    <Select
      label={t(`reports.which.${of}`)}
      searchable
      allowDeselect={false}
      data={[{ value: ALL, label: t('reports.all') }, ...names]}
      value={value}
      onChange={(chosen) => onChange(chosen ?? ALL)}
    />
  );
}

/** The formula that the service level is shown under: other systems have others, and people compare. */
function Level({ report, value, onChange }: ChoiceProps & { readonly report: Report | undefined }) {
  const { t } = useTranslation();
  const levels = (report?.levels ?? []).map(({ id, formula }) => ({
    value: id,
    label: id === USUAL_LEVEL ? t('reports.usualLevel', { formula }) : `${formula} (${id})`,
  }));
  return (
    <Select
      w={300}
      label={t('reports.level')}
      allowDeselect={false}
      data={levels}
      value={value}
      onChange={(id) => onChange(id ?? USUAL_LEVEL)}
    />
  );
}
