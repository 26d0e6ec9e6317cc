import { Group, Paper, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { callbackFigures } from '../api/callbacks.ts';
import { currentLanguage } from '../i18n.ts';
import { share } from '../shared/times.tsx';

const REFRESH_MS = 30_000;
const MINUTE = 60_000;

/** How callbacks went today, each figure with its formula. */
export function FigureLine() {
  const { t } = useTranslation();
  const figures = useQuery({
    queryKey: ['callback-figures'],
    queryFn: () => callbackFigures(new Date().setHours(0, 0, 0, 0), Date.now()),
    refetchInterval: REFRESH_MS,
  });
  if (figures.data === undefined) return null;
  const { reached, selfCured, successRate, medianToContactMs, attemptsPerSuccess } = figures.data;
  const language = currentLanguage();
  const number = (value: number): string => new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(value);
  const nothing = t('callbacks.nobody');
  const lines = [
    [t('callbacks.reached'), number(reached), t('callbacks.formulas.reached')],
    [t('callbacks.selfCured'), number(selfCured), t('callbacks.formulas.selfCured')],
    [t('callbacks.success'), successRate === null ? nothing : share(successRate, language), t('callbacks.formulas.success')],
    [
      t('callbacks.time'),
      medianToContactMs === null ? nothing : t('callbacks.minutes', { value: number(medianToContactMs / MINUTE) }),
      t('callbacks.formulas.time'),
    ],
    [t('callbacks.perSuccess'), attemptsPerSuccess === null ? nothing : number(attemptsPerSuccess), t('callbacks.formulas.perSuccess')],
  ] as const;
  return (
    <Paper withBorder p="sm" component="section" aria-label={t('callbacks.figures')}>
      <Group gap="xl" align="flex-start">
        {lines.map(([name, value, formula]) => (
          <div key={name}>
            <Text size="xs">{name}</Text>
            <Text fw={600}>{value}</Text>
            <Text size="xs" maw="14rem">
              {formula}
            </Text>
          </div>
        ))}
      </Group>
    </Paper>
  );
}
