import { Alert, Button, Group, List, Stack, Text, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { checkCampaign } from '../../api/campaign-plans.ts';
import { type CampaignInfo, moveCampaign } from '../../api/campaigns.ts';
import { Icon } from '../../icons.tsx';
import { Fault } from '../../shared/fault.tsx';
import { useDeed } from '../../shared/use-deed.ts';
import { Waiting } from '../../shell/waiting.tsx';
import classes from '../campaigns.module.css';
import { DryRunCard } from './dry-run-card.tsx';

const STARTABLE: ReadonlySet<string> = new Set(['draft', 'stopped', 'done']);

interface CheckStepProps {
  readonly campaign: CampaignInfo;
  readonly onBack: () => void;
}

/** What keeps it from being started, with place and remedy; what would become of the first people; the start. */
export function CheckStep({ campaign: { id, state, version, zone }, onBack }: CheckStepProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const starting = useDeed();
  const check = useQuery({ queryKey: ['campaigns', id, 'check', version], queryFn: () => checkCampaign(id), staleTime: 0 });
  const problems = check.data;
  const start = async (): Promise<void> => {
    if (await starting.run(() => moveCampaign(id, 'start'))) await navigate(`/campaigns/${id}`);
    await queries.invalidateQueries({ queryKey: ['campaigns'] });
  };
  return (
    <>
      <section className={classes['card']} aria-labelledby="check-title">
        <Stack gap="sm">
          <Title order={2} id="check-title">
            {t('campaigns.check.title')}
          </Title>
          <Fault error={check.error} />
          {problems === undefined && check.error === null ? <Waiting /> : null}
          {problems?.length === 0 ? (
            <Alert color="green" icon={<Icon name="check" />} role="status">
              {t('campaigns.check.good')}
            </Alert>
          ) : null}
          {problems === undefined || problems.length === 0 ? null : (
            <List spacing="xs" icon={<Icon name="warning" />}>
              {problems.map(({ code, place, about, message }) => (
                <List.Item key={`${code} ${place} ${about}`} data-problem={code ?? ''}>
                  {code === null ? <span lang="en">{message}</span> : t(`campaigns.problems.${code}`, { about })}
                </List.Item>
              ))}
            </List>
          )}
          <Group>
            <Button variant="default" onClick={onBack}>
              {t('campaigns.check.back')}
            </Button>
            {STARTABLE.has(state) ? (
              <Button
                leftSection={<Icon name="play" size={18} />}
                disabled={problems === undefined || problems.length > 0}
                loading={starting.busy}
                onClick={() => void start()}
              >
                {t('campaigns.check.start')}
              </Button>
            ) : (
              <Text size="sm">{t('campaigns.check.inForce')}</Text>
            )}
          </Group>
          <Fault error={starting.error} />
        </Stack>
      </section>
      <DryRunCard id={id} zone={zone} />
    </>
  );
}
