import { Table, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type CampaignFigures, OUTCOMES } from '../api/campaigns.ts';
import { currentLanguage } from '../i18n.ts';
import { share } from '../shared/times.tsx';
import classes from './campaigns.module.css';
import { countText } from './words.ts';

const UNDER_WAY = ['pending', 'leased', 'dialing', 'waiting-retry'] as const;

/** Everybody is in one line, and the lines sum to the list. */
export function OutcomesCard({ figures: { counts, contacts } }: { readonly figures: CampaignFigures }) {
  const { t } = useTranslation();
  const language = currentLanguage();
  const count = (fits: (one: CampaignFigures['counts'][number]) => boolean): number =>
    counts.filter(fits).reduce((total, one) => total + one.count, 0);
  const lines = [
    ...OUTCOMES.map((outcome) => ({
      key: outcome,
      name: t(`campaigns.outcomes.${outcome}`),
      count: count((one) => one.outcome === outcome),
    })),
    ...UNDER_WAY.map((state) => ({
      key: state,
      name: t(`campaigns.contactStates.${state}`),
      count: count((one) => one.outcome === null && one.state === state),
    })),
  ].filter((line) => line.count > 0);
  return (
    <section className={classes['card']} aria-labelledby="outcomes-title">
      <Title order={2} id="outcomes-title" mb="xs">
        {t('campaigns.outcomesTitle')}
      </Title>
      <Table aria-labelledby="outcomes-title">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('campaigns.outcome')}</Table.Th>
            <Table.Th className={classes['number'] ?? ''}>{t('campaigns.people')}</Table.Th>
            <Table.Th className={classes['number'] ?? ''}>{t('campaigns.share')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lines.map((line) => (
            <Table.Tr key={line.key} data-outcome={line.key} data-count={line.count}>
              <Table.Td>{line.name}</Table.Td>
              <Table.Td className={classes['number'] ?? ''}>{countText(line.count)}</Table.Td>
              <Table.Td className={classes['number'] ?? ''}>{share(line.count / contacts, language)}</Table.Td>
            </Table.Tr>
          ))}
          <Table.Tr className={classes['total'] ?? ''} data-outcome="all" data-count={contacts}>
            <Table.Td>{t('campaigns.everybody')}</Table.Td>
            <Table.Td className={classes['number'] ?? ''}>{countText(contacts)}</Table.Td>
            <Table.Td className={classes['number'] ?? ''}>{share(contacts === 0 ? null : 1, language)}</Table.Td>
          </Table.Tr>
        </Table.Tbody>
      </Table>
    </section>
  );
}
