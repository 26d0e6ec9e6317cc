import { Alert, Anchor, Container, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { campaignOptions } from '../../api/campaign-plans.ts';
import { getCampaign } from '../../api/campaigns.ts';
import { errorText } from '../../api/error-text.ts';
import { useTitle } from '../../shell/use-title.ts';
import { Waiting } from '../../shell/waiting.tsx';
import { CampaignStateBadge } from '../campaign-state.tsx';
import { CheckStep } from './check-step.tsx';
import { SettingsStep } from './settings-step.tsx';
import { Steps } from './steps.tsx';

/** A campaign's settings, then the check before it starts. What was saved is there for whoever comes back. */
export function EditPage({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const step = search.get('step') === 'check' ? 'check' : 'settings';
  const campaign = useQuery({ queryKey: ['campaigns', id, 'plan'], queryFn: () => getCampaign(id), staleTime: 0 });
  const options = useQuery({ queryKey: ['campaign-options'], queryFn: campaignOptions });
  const title = campaign.data?.name ?? t('campaigns.wizard.title');
  useTitle(title);
  const fault = campaign.error ?? options.error;
  return (
    <Container size="xl" px={{ base: 'sm', sm: 'lg' }} py={{ base: 'sm', sm: 'lg' }}>
      <Stack gap="md">
        <Anchor component={Link} to={`/campaigns/${id}`}>
          {t('campaigns.wizard.toCampaign')}
        </Anchor>
        <Title order={1}>{title}</Title>
        {campaign.data === undefined ? null : <CampaignStateBadge state={campaign.data.state} />}
        {campaign.data?.state === 'draft' ? <Steps now={step} /> : null}
        {fault === null ? null : <Alert color="red">{errorText(t, fault)}</Alert>}
        {campaign.data === undefined || options.data === undefined ? (
          fault === null ? (
            <Waiting />
          ) : null
        ) : step === 'check' ? (
          <CheckStep campaign={campaign.data} onBack={() => setSearch({})} />
        ) : (
          <SettingsStep
            key={campaign.data.version}
            campaign={campaign.data}
            options={options.data}
            onSaved={() => setSearch({ step: 'check' })}
          />
        )}
      </Stack>
    </Container>
  );
}
