import { Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ChoiceCount } from '../api/campaigns.ts';
import { currentLanguage } from '../i18n.ts';
import { share } from '../shared/times.tsx';
import classes from './campaigns.module.css';
import { countText } from './words.ts';

interface ChoicesProps {
  readonly choices: readonly ChoiceCount[];
  /** Calls that were answered. */
  readonly answered: number;
}

/** Which keys were pressed, at which node of the flow, in how many calls. */
export function ChoicesCard({ choices, answered }: ChoicesProps) {
  const { t } = useTranslation();
  const language = currentLanguage();
  return (
    <section className={classes['card']} aria-labelledby="choices-title">
      <Title order={2} id="choices-title" mb="xs">
        {t('campaigns.choices.title')}
      </Title>
      {choices.length === 0 ? (
        <Text c="dimmed">{t('campaigns.choices.none')}</Text>
      ) : (
        <Table aria-labelledby="choices-title">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('campaigns.choices.key')}</Table.Th>
              <Table.Th className={classes['number'] ?? ''}>{t('campaigns.choices.calls')}</Table.Th>
              <Table.Th className={classes['number'] ?? ''}>{t('campaigns.share')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {choices.map(({ flow, node, keys, label, count }) => {
              const named = label?.[language] ?? label?.[language === 'tr' ? 'en' : 'tr'];
              return (
                <Table.Tr key={`${flow} ${node} ${keys}`} data-choice={keys} data-count={count}>
                  <Table.Td>
                    <kbd>{keys}</kbd> {typeof named === 'string' ? named : ''}
                    <Text size="xs" c="dimmed">
                      {flow} › {node}
                    </Text>
                  </Table.Td>
                  <Table.Td className={classes['number'] ?? ''}>{countText(count)}</Table.Td>
                  <Table.Td className={classes['number'] ?? ''}>{share(answered === 0 ? null : count / answered, language)}</Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      )}
      {choices.length === 0 ? null : (
        <Text size="xs" c="dimmed" mt="xs">
          {t('campaigns.choices.note')}
        </Text>
      )}
    </section>
  );
}
