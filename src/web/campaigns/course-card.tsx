import { Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type CampaignInfo, campaignCourse } from '../api/campaigns.ts';
import { Chart } from '../reports/chart.tsx';
import { Fault } from '../shared/fault.tsx';
import classes from './campaigns.module.css';
import { courseReport } from './course-report.ts';

const REFRESH_MS = 10_000;

/** Calls over time: made, answered, heard. */
export function CourseCard({ campaign: { id, zone } }: { readonly campaign: CampaignInfo }) {
  const { t } = useTranslation();
  const { data: course, error } = useQuery({
    queryKey: ['campaigns', id, 'course'],
    queryFn: () => campaignCourse(id),
    refetchInterval: REFRESH_MS,
  });
  const names = {
    title: t('campaigns.course.title'),
    made: t('campaigns.course.made'),
    answered: t('campaigns.course.answered'),
    delivered: t('campaigns.course.delivered'),
  };
  const report = course === undefined || course.steps.length === 0 ? null : courseReport(course, zone, names);
  return (
    <section className={classes['card']} aria-labelledby="course-title">
      <Title order={2} id="course-title" mb="sm">
        {t('campaigns.course.title')}
      </Title>
      <Fault error={error} />
      {course !== undefined && report === null ? <Text c="dimmed">{t('campaigns.course.none')}</Text> : null}
      {report === null ? null : <Chart report={report} column={report.column} />}
    </section>
  );
}
