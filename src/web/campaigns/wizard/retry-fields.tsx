import { Checkbox, NativeSelect, NumberInput, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LONGEST_RING_MS, SHORTEST_RING_MS } from '../../../domain/campaign.ts';
import { RETRIED_OUTCOMES, type RetryRule, USUAL_RETRIES } from '../../../domain/retry-table.ts';
import classes from '../campaigns.module.css';
import type { FieldsProps } from './fields.ts';
import { MachineFields } from './machine-fields.tsx';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const WEEK_MINUTES = 10_080;
const MOST_TIMES = 20;
const FALLBACK: RetryRule = { afterMs: 2 * HOUR, times: null, counted: true };

/** How often and when again, how long it rings, and what counts as reached. */
export function RetryFields({ plan, options, onChange }: FieldsProps) {
  const { t } = useTranslation();
  const label = t('campaigns.plan.retries');
  return (
    <section className={classes['card']} aria-labelledby="retry-title">
      <Stack gap="sm">
        <Title order={2} id="retry-title">
          {label}
        </Title>
        <SimpleGrid cols={{ base: 1, xs: 2, sm: 4 }}>
          <NumberInput
            label={t('campaigns.plan.maxAttempts')}
            min={1}
            max={MOST_TIMES}
            allowDecimal={false}
            clampBehavior="strict"
            value={plan.maxAttempts}
            onChange={(value) => typeof value === 'number' && onChange({ maxAttempts: value })}
          />
          <NumberInput
            label={t('campaigns.plan.ring')}
            min={SHORTEST_RING_MS / SECOND}
            max={LONGEST_RING_MS / SECOND}
            allowDecimal={false}
            value={plan.ringMs / SECOND}
            onChange={(value) => typeof value === 'number' && onChange({ ringMs: value * SECOND })}
          />
          <NumberInput
            label={t('campaigns.plan.deliveredPercent')}
            min={1}
            max={100}
            allowDecimal={false}
            clampBehavior="strict"
            value={plan.deliveredPercent}
            onChange={(value) => typeof value === 'number' && onChange({ deliveredPercent: value })}
          />
          <NativeSelect
            label={t('campaigns.plan.ringingOnPause')}
            value={plan.ringingOnPause}
            onChange={({ currentTarget: { value } }) => onChange({ ringingOnPause: value === 'hang-up' ? 'hang-up' : 'let-ring' })}
            data={(['let-ring', 'hang-up'] as const).map((value) => ({ value, label: t(`campaigns.plan.ringing.${value}`) }))}
          />
        </SimpleGrid>
        <MachineFields plan={plan} options={options} onChange={onChange} />
        <Text size="sm" c="dimmed">
          {t('campaigns.plan.cap', { calls: options.cap.calls, hours: Math.round(options.cap.withinMs / HOUR) })}
        </Text>
        <Table.ScrollContainer minWidth={560} scrollAreaProps={{ viewportProps: { tabIndex: 0, 'aria-label': label } }}>
          <Table aria-labelledby="retry-title">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('campaigns.plan.again')}</Table.Th>
                <Table.Th>{t('campaigns.plan.after')}</Table.Th>
                <Table.Th>{t('campaigns.plan.times')}</Table.Th>
                <Table.Th>{t('campaigns.plan.counted')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {RETRIED_OUTCOMES.map((outcome) => (
                <Rule
                  key={outcome}
                  name={t(`campaigns.outcomes.${outcome}`)}
                  rule={plan.retries[outcome]}
                  usual={USUAL_RETRIES[outcome] ?? FALLBACK}
                  onChange={(rule) => onChange({ retries: { ...plan.retries, [outcome]: rule } })}
                />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </Stack>
    </section>
  );
}

interface RuleProps {
  readonly name: string;
  readonly rule: RetryRule | null;
  readonly usual: RetryRule;
  readonly onChange: (rule: RetryRule | null) => void;
}

function Rule({ name, rule, usual, onChange }: RuleProps) {
  const { t } = useTranslation();
  return (
    <Table.Tr>
      <Table.Td>
        <Checkbox label={name} checked={rule !== null} onChange={({ currentTarget: { checked } }) => onChange(checked ? usual : null)} />
      </Table.Td>
      {rule === null ? (
        <Table.Td colSpan={3}>
          <Text size="sm" c="dimmed">
            {t('campaigns.plan.never')}
          </Text>
        </Table.Td>
      ) : (
        <>
          <Table.Td>
            <NumberInput
              w={110}
              aria-label={`${t('campaigns.plan.after')}: ${name}`}
              min={1}
              max={WEEK_MINUTES}
              allowDecimal={false}
              clampBehavior="strict"
              value={rule.afterMs / MINUTE}
              onChange={(value) => typeof value === 'number' && onChange({ ...rule, afterMs: value * MINUTE })}
            />
          </Table.Td>
          <Table.Td>
            <NumberInput
              w={160}
              aria-label={`${t('campaigns.plan.times')}: ${name}`}
              placeholder={t('campaigns.plan.asLeft')}
              min={1}
              max={MOST_TIMES}
              allowDecimal={false}
              clampBehavior="strict"
              value={rule.times ?? ''}
              onChange={(value) => onChange({ ...rule, times: typeof value === 'number' ? value : null })}
            />
          </Table.Td>
          <Table.Td>
            <Checkbox
              aria-label={`${t('campaigns.plan.counted')}: ${name}`}
              checked={rule.counted}
              onChange={({ currentTarget: { checked } }) => onChange({ ...rule, counted: checked })}
            />
          </Table.Td>
        </>
      )}
    </Table.Tr>
  );
}
