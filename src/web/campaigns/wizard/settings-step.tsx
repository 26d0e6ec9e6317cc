import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CampaignPlan } from '../../../domain/campaign.ts';
import { type CampaignOptions, changeCampaign, planOf } from '../../api/campaign-plans.ts';
import type { CampaignInfo } from '../../api/campaigns.ts';
import { listLists } from '../../api/lists.ts';
import { Fault } from '../../shared/fault.tsx';
import { useDeed } from '../../shared/use-deed.ts';
import { MessageFields } from './message-fields.tsx';
import { RetryFields } from './retry-fields.tsx';
import { SpeedFields } from './speed-fields.tsx';
import { WhenFields } from './when-fields.tsx';

interface SettingsStepProps {
  readonly campaign: CampaignInfo;
  readonly options: CampaignOptions;
  readonly onSaved: () => void;
}

export function SettingsStep({ campaign, options, onSaved }: SettingsStepProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const saving = useDeed();
  const [plan, setPlan] = useState(() => planOf(campaign));
  const lists = useQuery({ queryKey: ['lists'], queryFn: listLists, staleTime: 0 });
  const change = (part: Partial<CampaignPlan>): void => setPlan({ ...plan, ...part });
  const isWhole = plan.name.trim() !== '' && plan.hours.trim() !== '' && plan.zone.trim() !== '';
  const save = async (): Promise<void> => {
    const saved = await saving.run(() => changeCampaign(campaign.id, campaign.version, { ...plan, name: plan.name.trim() }));
    await queries.invalidateQueries({ queryKey: ['campaigns'] });
    if (saved) onSaved();
  };
  const fields = { plan, options, onChange: change };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Stack gap="md">
        <MessageFields {...fields} lists={lists.data ?? []} />
        <WhenFields {...fields} />
        <SpeedFields {...fields} />
        <RetryFields {...fields} />
        <Fault error={saving.error} />
        <Group>
          <Button type="submit" disabled={!isWhole} loading={saving.busy}>
            {t('campaigns.wizard.save')}
          </Button>
          <Text size="sm" c="dimmed">
            {t('campaigns.wizard.saveHint')}
          </Text>
        </Group>
      </Stack>
    </form>
  );
}
