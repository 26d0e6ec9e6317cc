import { Button, Group, NumberInput, Stack, Table, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type DryRun, dryRunCampaign } from '../../api/campaign-plans.ts';
import { momentText } from '../../shared/dates.ts';
import { Fault } from '../../shared/fault.tsx';
import { useDeed } from '../../shared/use-deed.ts';
import { clockText } from '../../shared/use-seconds.ts';
import classes from '../campaigns.module.css';
import { countText } from '../words.ts';

const MOST_ROWS = 2000;
const USUAL_ROWS = 100;

/** What would become of the first people, and how long all would take; nobody is called. */
export function DryRunCard({ id, zone }: { readonly id: string; readonly zone: string }) {
  const { t } = useTranslation();
  const trying = useDeed();
  const [rows, setRows] = useState<number | string>(USUAL_ROWS);
  const [found, setFound] = useState<DryRun | null>(null);
  const run = async (): Promise<void> => {
    await trying.run(async () => setFound(await dryRunCampaign(id, Number(rows))));
  };
  return (
    <section className={classes['card']} aria-labelledby="dry-title">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        <Stack gap="sm">
          <Title order={2} id="dry-title">
            {t('campaigns.dry.title')}
          </Title>
          <Text>{t('campaigns.dry.text')}</Text>
          <Group align="flex-end" gap="sm">
            <NumberInput
              w={160}
              label={t('campaigns.dry.rows')}
              min={1}
              max={MOST_ROWS}
              allowDecimal={false}
              clampBehavior="strict"
              value={rows}
              onChange={setRows}
            />
            <Button type="submit" variant="default" disabled={rows === ''} loading={trying.busy}>
              {t('campaigns.dry.run')}
            </Button>
          </Group>
          <Fault error={trying.error} />
          {found === null ? null : <Found run={found} zone={zone} />}
        </Stack>
      </form>
    </section>
  );
}

function Found({ run, zone }: { readonly run: DryRun; readonly zone: string }) {
  const { t } = useTranslation();
  const { looked, callable, waiting, suppressed, contacts, callingSeconds, opensAt, finishAt, rows } = run;
  const when = (at: number | null): string => (at === null ? t('campaigns.dry.never') : momentText(at, zone));
  const lines = [
    ['looked', t('campaigns.dry.looked'), countText(looked)],
    ['callable', t('campaigns.dry.callable'), countText(callable)],
    ['waiting', t('campaigns.dry.waiting'), countText(waiting)],
    ...suppressed.map(([reason, count]) => [reason, t(`campaigns.outcomes.${reason}`), countText(count)] as const),
    ['contacts', t('campaigns.dry.contacts'), countText(contacts)],
    ['time', t('campaigns.dry.time'), clockText(callingSeconds)],
    ['opens', t('campaigns.dry.opens'), when(opensAt)],
    ['finish', t('campaigns.dry.finish'), when(finishAt)],
  ] as const;
  const label = t('campaigns.dry.first');
  return (
    <>
      <dl className={classes['figures']} data-dry-run>
        {lines.map(([key, name, value]) => (
          <div key={key} data-dry={key}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Table.ScrollContainer minWidth={360} maxHeight={320} scrollAreaProps={{ viewportProps: { tabIndex: 0, 'aria-label': label } }}>
        <Table aria-label={label} stickyHeader>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('campaigns.wizard.row')}</Table.Th>
              <Table.Th>{t('campaigns.contacts.number')}</Table.Th>
              <Table.Th>{t('campaigns.dry.verdict')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(({ row, number, verdict, until }, place) => (
              <Table.Tr key={`${place} ${row}`} data-verdict={verdict}>
                <Table.Td>{row}</Table.Td>
                <Table.Td>{number}</Table.Td>
                <Table.Td>
                  {verdict === 'call' || verdict === 'wait' ? t(`campaigns.dry.verdicts.${verdict}`) : t(`campaigns.outcomes.${verdict}`)}
                  {until === null ? '' : ` · ${momentText(until, zone)}`}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </>
  );
}
