import { Button, Group, NumberInput, Stack, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type CampaignInfo, setRate } from '../api/campaigns.ts';
import { Fault } from '../shared/fault.tsx';
import { useDeed } from '../shared/use-deed.ts';
import classes from './campaigns.module.css';

/** As the engine has them. */
const MOST = { callsPerSecond: 100, channels: 2000, weight: 100 } as const;
const FIELDS = ['callsPerSecond', 'channels', 'weight'] as const;
type Field = (typeof FIELDS)[number];

/** Faster or slower, also while it runs. */
export function RateCard({ campaign }: { readonly campaign: CampaignInfo }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const saving = useDeed();
  const [given, setGiven] = useState<Readonly<Record<Field, number | string>>>(campaign);
  const number = (field: Field): number => Number(given[field]);
  const isWhole = FIELDS.every((field) => given[field] !== '' && number(field) >= 1);
  const isChanged = FIELDS.some((field) => number(field) !== campaign[field]);
  const save = async (): Promise<void> => {
    const rate = { callsPerSecond: number('callsPerSecond'), channels: number('channels'), weight: number('weight') };
    await saving.run(() => setRate(campaign.id, rate));
    await queries.invalidateQueries({ queryKey: ['campaigns', campaign.id] });
  };
  return (
    <section className={classes['card']} aria-labelledby="rate-title">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Stack gap="sm">
          <Title order={2} id="rate-title">
            {t('campaigns.rate.title')}
          </Title>
          <Group gap="sm" align="flex-end">
            {FIELDS.map((field) => (
              <NumberInput
                key={field}
                w={138}
                label={t(`campaigns.rate.${field}`)}
                min={1}
                max={MOST[field]}
                allowDecimal={false}
                clampBehavior="strict"
                disabled={campaign.state === 'cancelled'}
                value={given[field]}
                onChange={(value) => setGiven({ ...given, [field]: value })}
              />
            ))}
            <Button type="submit" disabled={!isWhole || !isChanged} loading={saving.busy}>
              {t('campaigns.rate.save')}
            </Button>
          </Group>
          <Text size="sm" c="dimmed">
            {t('campaigns.rate.hint')}
          </Text>
          <Fault error={saving.error} />
        </Stack>
      </form>
    </section>
  );
}
