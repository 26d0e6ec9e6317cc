import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SurveyGroup } from '../api/surveys.ts';
import { currentLanguage } from '../i18n.ts';
import { mainFigure, percent, shown } from './numbers.ts';

/** Dealers, agents or campaigns, each with its figure, how many answered, and the response rate. */
export function GroupsTable({ groups, what }: { readonly groups: readonly SurveyGroup[]; readonly what: string }) {
  const { t } = useTranslation();
  const language = currentLanguage();
  if (groups.length === 0) return <Text c="dimmed">{t('surveys.noAnswers')}</Text>;
  const nps = groups.some(({ figures }) => figures.kind === 'nps');
  return (
    <Table.ScrollContainer minWidth={320}>
      <Table withRowBorders>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{what}</Table.Th>
            <Table.Th ta="right">{nps ? t('surveys.score') : t('surveys.share')}</Table.Th>
            <Table.Th ta="right">{t('surveys.answersHead')}</Table.Th>
            <Table.Th ta="right">{t('surveys.responseRate')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {groups.map(({ key, name, figures, responseRate }) => (
            <Table.Tr key={key}>
              <Table.Td>{key === '' ? t('surveys.untagged') : (name ?? key)}</Table.Td>
              <Table.Td ta="right" fw={600}>
                {nps ? shown(mainFigure(figures), language, 'signed') : percent(mainFigure(figures), language)}
                {figures.kind === 'nps' && figures.margin !== null && (
                  <Text span size="xs" c="dimmed">
                    {' '}
                    ± {shown(figures.margin, language)}
                  </Text>
                )}
              </Table.Td>
              <Table.Td ta="right">{shown(figures.answers, language)}</Table.Td>
              <Table.Td ta="right">{percent(responseRate, language)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
