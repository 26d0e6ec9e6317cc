import { Alert, Anchor, Container, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { campaignFigures } from '../api/campaigns.ts';
import { errorText } from '../api/error-text.ts';
import { useTitle } from '../shell/use-title.ts';
import { Waiting } from '../shell/waiting.tsx';
import { CampaignStateBadge } from './campaign-state.tsx';
import classes from './campaigns.module.css';
import { ChoicesCard } from './choices-card.tsx';
import { ContactsCard } from './contacts-card.tsx';
import { Controls } from './controls.tsx';
import { CourseCard } from './course-card.tsx';
import { EmergencyButton, EmergencyNotice } from './emergency-card.tsx';
import { FigureCard } from './figure-card.tsx';
import { OutcomesCard } from './outcomes-card.tsx';
import { RateCard } from './rate-card.tsx';
import { WhyCard } from './why-card.tsx';

/** While calls are made, and while they are not. */
const QUICK_MS = 2000;
const SLOW_MS = 10_000;

/** One campaign as it goes: figures, what holds it back, what became of whom, and everything that can be done with it. */
export function LivePage({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const found = useQuery({
    queryKey: ['campaigns', id, 'figures'],
    queryFn: () => campaignFigures(id),
    refetchInterval: ({ state: { data } }) =>
      data !== undefined && (data.campaign.state === 'running' || data.calls > 0) ? QUICK_MS : SLOW_MS,
  });
  const { data: figures } = found;
  const title = figures?.campaign.name ?? t('pages.campaigns');
  useTitle(title);
  return (
    <Container size="xl" px={{ base: 'sm', sm: 'lg' }} py={{ base: 'sm', sm: 'lg' }}>
      <Stack gap="md">
        <Group justify="space-between">
          <Anchor component={Link} to="/campaigns">
            {t('campaigns.back')}
          </Anchor>
          <EmergencyButton />
        </Group>
        <EmergencyNotice />
        <Group gap="sm">
          <Title order={1}>{title}</Title>
          {figures === undefined ? null : <CampaignStateBadge state={figures.campaign.state} />}
        </Group>
        {found.error === null ? null : <Alert color="red">{errorText(t, found.error)}</Alert>}
        {found.isPending ? <Waiting /> : null}
        {figures === undefined ? null : (
          <>
            <Text size="sm" c="dimmed">
              {t('campaigns.about', { flow: figures.campaign.flow, hours: figures.campaign.hours, zone: figures.campaign.zone })}
            </Text>
            <Controls campaign={figures.campaign} />
            <FigureCard figures={figures} />
            <div className={classes['halves']}>
              <WhyCard campaign={figures.campaign} />
              <RateCard key={figures.campaign.version} campaign={figures.campaign} />
            </div>
            <div className={classes['halves']}>
              <OutcomesCard figures={figures} />
              <ChoicesCard choices={figures.choices} answered={figures.answered} />
            </div>
            <CourseCard campaign={figures.campaign} />
            <ContactsCard campaign={figures.campaign} />
          </>
        )}
      </Stack>
    </Container>
  );
}
