import { Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SurveyFigures, SurveyReport } from '../api/surveys.ts';
import { currentLanguage } from '../i18n.ts';
import { Distribution } from './distribution.tsx';
import { GroupsTable } from './groups-table.tsx';
import { percent, shown } from './numbers.ts';
import classes from './surveys.module.css';
import { Trend } from './trend.tsx';

/** Everything a report tells, every figure with its formula below it. */
export function ReportView({ report }: { readonly report: SurveyReport }) {
  const { t } = useTranslation();
  const language = currentLanguage();
  const [main, ...others] = report.questions;
  return (
    <Stack gap="lg">
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="md">
        {main !== undefined && <MainFigures figures={main.figures} />}
        <Figure
          label={t('surveys.responseRate')}
          value={percent(report.responseRate, language)}
          more={t('surveys.ofInvited', { answered: shown(report.answered, language), invited: shown(report.invited, language) })}
          formula={t('surveys.formula.responseRate')}
        />
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
        {report.questions.map(({ question, figures }) => (
          <Panel key={question} title={report.survey.questions.find(({ id }) => id === question)?.text[language] ?? question}>
            <Distribution figures={figures} question={report.survey.questions.find(({ id }) => id === question)} />
          </Panel>
        ))}
      </SimpleGrid>
      <Panel title={t('surveys.trend')}>
        <Trend days={report.days} />
      </Panel>
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
        <Panel title={t('surveys.byDealer')}>
          <GroupsTable groups={report.dealers} what={t('surveys.dealer')} />
        </Panel>
        <Panel title={t('surveys.byAgent')}>
          <GroupsTable groups={report.agents} what={t('surveys.agent')} />
        </Panel>
        {report.campaigns.some(({ key }) => key !== '') && (
          <Panel title={t('surveys.byCampaign')}>
            <GroupsTable groups={report.campaigns} what={t('surveys.campaign')} />
          </Panel>
        )}
      </SimpleGrid>
      {others.length === 0 && main === undefined && <Text c="dimmed">{t('surveys.noFigures')}</Text>}
    </Stack>
  );
}

function MainFigures({ figures }: { readonly figures: SurveyFigures }) {
  const { t } = useTranslation();
  const language = currentLanguage();
  switch (figures.kind) {
    case 'nps':
      return (
        <>
          <Figure
            label={t('surveys.score')}
            value={shown(figures.score, language, 'signed')}
            more={t('surveys.answers', { count: figures.answers })}
            formula={t('surveys.formula.score')}
          />
          <Figure
            label={t('surveys.margin')}
            value={figures.margin === null ? shown(null, language) : `± ${shown(figures.margin, language)}`}
            more={t('surveys.marginHint')}
            formula={t('surveys.formula.margin')}
          />
        </>
      );
    case 'scale':
      return (
        <>
          <Figure
            label={t('surveys.share')}
            value={percent(figures.share, language)}
            more={t('surveys.answers', { count: figures.answers })}
            formula={t('surveys.formula.share')}
          />
          <Figure
            label={t('surveys.mean')}
            value={shown(figures.mean, language)}
            more={t('surveys.ofPoints', { points: figures.points })}
            formula={t('surveys.formula.mean')}
          />
        </>
      );
    case 'choice':
      return null;
  }
}

interface FigureProps {
  readonly label: string;
  readonly value: string;
  readonly more: string;
  readonly formula: string;
}

function Figure({ label, value, more, formula }: FigureProps) {
  return (
    <Paper withBorder p="md" radius="md" data-figure={label}>
      <Text size="sm" fw={600}>
        {label}
      </Text>
      <Text className={classes['figure'] ?? ''}>{value}</Text>
      <Text size="sm">{more}</Text>
      <Text size="xs" className={classes['formula'] ?? ''}>
        {formula}
      </Text>
    </Paper>
  );
}

export function Panel({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Paper component="section" withBorder p="md" radius="md" miw={0}>
      <Title order={2} size="h4" mb="sm">
        {title}
      </Title>
      {children}
    </Paper>
  );
}
