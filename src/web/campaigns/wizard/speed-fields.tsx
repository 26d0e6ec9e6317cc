import { Checkbox, NativeSelect, NumberInput, Radio, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CHOSEN_LEAVES } from '../../../domain/contact.ts';
import { currentLanguage } from '../../i18n.ts';
import classes from '../campaigns.module.css';
import { countText } from '../words.ts';
import type { FieldsProps } from './fields.ts';

const MOST = { callsPerSecond: 100, channels: 2000, weight: 100 } as const;
const USUAL_DROP_PERCENT = 3;

/** How fast, beside what else, and for whom. */
export function SpeedFields({ plan, options, onChange }: FieldsProps) {
  const { t } = useTranslation();
  const { pacing } = plan;
  const queue = options.queues[0]?.id ?? '';
  return (
    <section className={classes['card']} aria-labelledby="speed-title">
      <Stack gap="sm">
        <Title order={2} id="speed-title">
          {t('campaigns.plan.speed')}
        </Title>
        <Radio.Group
          id="plan-pacing"
          label={t('campaigns.plan.pacing')}
          value={pacing.kind}
          onChange={(kind) =>
            onChange({ pacing: kind === 'progressive' ? { kind, queue, dropPercent: USUAL_DROP_PERCENT } : { kind: 'agentless' } })
          }
        >
          <Stack gap={6} mt={4}>
            <Radio value="agentless" label={t('campaigns.plan.pacings.agentless')} />
            <Radio value="progressive" label={t('campaigns.plan.pacings.progressive')} />
          </Stack>
        </Radio.Group>
        <SimpleGrid cols={{ base: 1, xs: 2, sm: 3 }}>
          {pacing.kind === 'progressive' ? (
            <>
              <NativeSelect
                label={t('campaigns.plan.queue')}
                value={pacing.queue}
                onChange={({ currentTarget: { value } }) => onChange({ pacing: { ...pacing, queue: value } })}
                data={options.queues.map(({ id, label }) => ({ value: id, label: label[currentLanguage()] }))}
              />
              <NumberInput
                label={t('campaigns.plan.dropPercent')}
                min={0}
                max={100}
                clampBehavior="strict"
                value={pacing.dropPercent}
                onChange={(value) => typeof value === 'number' && onChange({ pacing: { ...pacing, dropPercent: value } })}
              />
            </>
          ) : null}
          {(['callsPerSecond', 'channels', 'weight'] as const).map((field) => (
            <NumberInput
              key={field}
              label={t(`campaigns.rate.${field}`)}
              min={1}
              max={MOST[field]}
              allowDecimal={false}
              clampBehavior="strict"
              value={plan[field]}
              onChange={(value) => typeof value === 'number' && onChange({ [field]: value })}
            />
          ))}
        </SimpleGrid>
        <Text size="sm" c="dimmed">
          {t('campaigns.plan.ofAll', { rate: countText(options.callsPerSecond), channels: countText(options.channels) })}
        </Text>
        <Checkbox
          label={t('campaigns.plan.staysOpen')}
          checked={plan.staysOpen}
          onChange={({ currentTarget: { checked } }) => onChange({ staysOpen: checked })}
        />
        <Checkbox.Group
          label={t('campaigns.plan.leaveOn')}
          value={[...plan.leaveOn]}
          onChange={(chosen) => onChange({ leaveOn: CHOSEN_LEAVES.filter((one) => chosen.includes(one)) })}
        >
          <Stack gap="xs" mt="xs">
            {CHOSEN_LEAVES.map((one) => (
              <Checkbox key={one} value={one} label={t(`campaigns.plan.leaves.${one}`)} />
            ))}
          </Stack>
        </Checkbox.Group>
      </Stack>
    </section>
  );
}
