import { Alert, Container, Group, NativeSelect, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '../api/error-text.ts';
import { listSurveys, type SurveyInfo, surveyReport } from '../api/surveys.ts';
import { currentLanguage } from '../i18n.ts';
import { Icon } from '../icons.tsx';
import { useTitle } from '../shell/use-title.ts';
import { Waiting } from '../shell/waiting.tsx';
import { Comments } from './comments.tsx';
import { InviteForm } from './invite-form.tsx';
import { ReportView } from './report-view.tsx';

const DAY_MS = 86_400_000;
const PERIODS = ['7', '30', '90'] as const;

/** What people answered: figures with their formulas, the trend, dealers and agents, comments; and a link to hand out. */
export function SurveysPage() {
  const { t } = useTranslation();
  useTitle(t('pages.surveys'));
  const surveys = useQuery({ queryKey: ['surveys'], queryFn: listSurveys });
  const [chosen, setChosen] = useState<string | null>(null);
  const [days, setDays] = useState<string>('30');
  const survey = surveys.data?.find(({ id }) => id === chosen) ?? surveys.data?.[0];
  return (
    <Container size="xl" px={{ base: 'sm', sm: 'lg' }} py={{ base: 'sm', sm: 'lg' }}>
      <Stack gap="lg">
        <Group justify="space-between" align="flex-end" gap="md">
          <Title order={1}>{t('pages.surveys')}</Title>
          {survey !== undefined && (
            <Group align="flex-end" gap="sm">
              <NativeSelect
                label={t('surveys.survey')}
                value={survey.id}
                onChange={(event) => setChosen(event.currentTarget.value)}
                data={(surveys.data ?? []).map(({ id, title }) => ({ value: id, label: title[currentLanguage()] }))}
              />
              <SegmentedControl
                aria-label={t('surveys.period')}
                value={days}
                onChange={setDays}
                data={PERIODS.map((value) => ({ value, label: t('surveys.lastDays', { count: Number(value) }) }))}
              />
            </Group>
          )}
        </Group>
        {surveys.isPending && <Waiting />}
        {surveys.error !== null && <Fault error={surveys.error} />}
        {surveys.data?.length === 0 && <Text c="dimmed">{t('surveys.none')}</Text>}
        {survey !== undefined && <OneSurvey key={`${survey.id} ${days}`} survey={survey} days={Number(days)} />}
      </Stack>
    </Container>
  );
}

function OneSurvey({ survey, days }: { readonly survey: SurveyInfo; readonly days: number }) {
  // The end is fixed when survey and period are chosen: figures and comments speak of the same time.
  const [to] = useState(() => Date.now() + 1);
  const period = useMemo(() => ({ from: to - days * DAY_MS, to }), [days, to]);
  const report = useQuery({ queryKey: ['survey-report', survey.id, period], queryFn: () => surveyReport(survey.id, period) });
  return (
    <>
      {report.isPending && <Waiting />}
      {report.error !== null && <Fault error={report.error} />}
      {report.data !== undefined && <ReportView report={report.data} />}
      <Comments survey={survey} period={period} />
      <InviteForm survey={survey} />
    </>
  );
}

function Fault({ error }: { readonly error: unknown }) {
  const { t } = useTranslation();
  return (
    <Alert color="red" icon={<Icon name="warning" />}>
      {errorText(t, error)}
    </Alert>
  );
}
