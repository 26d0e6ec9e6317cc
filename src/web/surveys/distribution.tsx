import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SurveyFigures, SurveyQuestion } from '../api/surveys.ts';
import { currentLanguage } from '../i18n.ts';
import { percent, shown } from './numbers.ts';
import classes from './surveys.module.css';

interface Part {
  readonly name: string;
  readonly count: number;
  readonly tone: 'good' | 'middle' | 'bad' | 'plain';
}

/** How the answers spread: a bar for each group, with its number and share. */
export function Distribution({ figures, question }: { readonly figures: SurveyFigures; readonly question: SurveyQuestion | undefined }) {
  const { t } = useTranslation();
  const language = currentLanguage();
  const parts = partsOf(figures, question, {
    promoters: t('surveys.promoters'),
    passives: t('surveys.passives'),
    detractors: t('surveys.detractors'),
    topTwo: t('surveys.topTwo'),
    rest: t('surveys.rest'),
  });
  if (figures.answers === 0) return <Text c="dimmed">{t('surveys.noAnswers')}</Text>;
  return (
    <ul className={classes['bars']}>
      {parts.map(({ name, count, tone }) => (
        <li key={name}>
          <span>{name}</span>
          <span className={classes['bar']}>
            <span data-tone={tone} style={{ width: `${(100 * count) / figures.answers}%` }} />
          </span>
          <span className={classes['count']}>
            {shown(count, language)} · {percent((100 * count) / figures.answers, language)}
          </span>
        </li>
      ))}
    </ul>
  );
}

function partsOf(
  figures: SurveyFigures,
  question: SurveyQuestion | undefined,
  names: Readonly<Record<'promoters' | 'passives' | 'detractors' | 'topTwo' | 'rest', string>>,
): readonly Part[] {
  switch (figures.kind) {
    case 'nps':
      return [
        { name: names.promoters, count: figures.promoters, tone: 'good' },
        { name: names.passives, count: figures.passives, tone: 'middle' },
        { name: names.detractors, count: figures.detractors, tone: 'bad' },
      ];
    case 'scale': {
      const topTwo = Math.round(((figures.share ?? 0) * figures.answers) / 100);
      return [
        { name: names.topTwo, count: topTwo, tone: 'good' },
        { name: names.rest, count: figures.answers - topTwo, tone: 'middle' },
      ];
    }
    case 'choice':
      return figures.options.map(({ key, count }) => ({
        name: question?.options.find((option) => option.key === key)?.label[currentLanguage()] ?? String(key),
        count,
        tone: 'plain',
      }));
  }
}
