import { Alert, Anchor, Button, Container, Group, NativeSelect, Progress, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { CAMPAIGN_STATES } from '../../domain/campaign.ts';
import { fold } from '../../domain/fold.ts';
import { type ListedCampaign, listCampaigns } from '../api/campaigns.ts';
import { errorText } from '../api/error-text.ts';
import { currentLanguage } from '../i18n.ts';
import { Icon } from '../icons.tsx';
import { whenText } from '../shared/dates.ts';
import { share } from '../shared/times.tsx';
import { useTitle } from '../shell/use-title.ts';
import { Waiting } from '../shell/waiting.tsx';
import { CampaignStateBadge } from './campaign-state.tsx';
import classes from './campaigns.module.css';
import { EmergencyButton, EmergencyNotice } from './emergency-card.tsx';
import { RegistryCard } from './registry-card.tsx';
import { countText } from './words.ts';

/** What others do shows by itself after so long. */
const REFRESH_MS = 5000;

/** Every campaign, how far it is and whom it reached; the emergency stop. */
export function CampaignList() {
  const { t } = useTranslation();
  useTitle(t('pages.campaigns'));
  const [name, setName] = useState('');
  const [state, setState] = useState('');
  const found = useQuery({ queryKey: ['campaigns'], queryFn: listCampaigns, refetchInterval: REFRESH_MS });
  const shown = (found.data ?? []).filter((one) => (state === '' || one.state === state) && fold(one.name).includes(fold(name.trim())));
  return (
    <Container size="xl" px={{ base: 'sm', sm: 'lg' }} py={{ base: 'sm', sm: 'lg' }}>
      <Stack gap="md">
        <Group justify="space-between">
          <Title order={1}>{t('pages.campaigns')}</Title>
          <Group gap="sm">
            <Button component={Link} to="/campaigns/new" leftSection={<Icon name="plus" size={18} />}>
              {t('campaigns.new')}
            </Button>
            <EmergencyButton />
          </Group>
        </Group>
        <EmergencyNotice />
        <Group align="flex-end" gap="sm">
          <TextInput
            label={t('campaigns.filter.name')}
            type="search"
            value={name}
            onChange={({ currentTarget: { value } }) => setName(value)}
          />
          <NativeSelect
            label={t('campaigns.filter.state')}
            value={state}
            onChange={({ currentTarget: { value } }) => setState(value)}
            data={[
              { value: '', label: t('campaigns.filter.all') },
              ...CAMPAIGN_STATES.map((one) => ({ value: one, label: t(`campaigns.states.${one}`) })),
            ]}
          />
        </Group>
        {found.error === null ? null : <Alert color="red">{errorText(t, found.error)}</Alert>}
        {found.isPending ? <Waiting /> : null}
        {found.data !== undefined && shown.length === 0 ? (
          <Text c="dimmed">{found.data.length === 0 ? t('campaigns.none') : t('campaigns.noneSuch')}</Text>
        ) : null}
        {shown.length === 0 ? null : <CampaignTable items={shown} />}
        <RegistryCard />
      </Stack>
    </Container>
  );
}

function CampaignTable({ items }: { readonly items: readonly ListedCampaign[] }) {
  const { t } = useTranslation();
  return (
    <Table.ScrollContainer minWidth={320} type="native">
      <Table verticalSpacing="sm" aria-label={t('pages.campaigns')} bg="var(--santral-surface)" withTableBorder>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('campaigns.name')}</Table.Th>
            <Table.Th>{t('campaigns.state')}</Table.Th>
            <Table.Th visibleFrom="sm">{t('campaigns.progress')}</Table.Th>
            <Table.Th className={classes['number'] ?? ''}>{t('campaigns.reached')}</Table.Th>
            <Table.Th visibleFrom="sm">{t('campaigns.begun')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((one) => (
            <Line key={one.id} one={one} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Line({ one: { id, name, state, flow, startedAt, createdAt, standing } }: { readonly one: ListedCampaign }) {
  const { t } = useTranslation();
  const { contacts, waiting, calling, delivered } = standing;
  const through = contacts - waiting - calling;
  const part = contacts === 0 ? 0 : through / contacts;
  return (
    <Table.Tr data-campaign={id}>
      <Table.Td>
        <Anchor component={Link} to={`/campaigns/${id}`} fw={600}>
          {name}
        </Anchor>
        <Text size="xs" c="dimmed">
          {flow}
        </Text>
      </Table.Td>
      <Table.Td>
        <CampaignStateBadge state={state} />
      </Table.Td>
      <Table.Td visibleFrom="sm" miw={180}>
        <Progress value={part * 100} aria-label={t('campaigns.progressOf', { name })} />
        <Text size="xs">
          {t('campaigns.through', { done: countText(through), all: countText(contacts), share: share(part, currentLanguage()) })}
        </Text>
      </Table.Td>
      <Table.Td className={classes['number'] ?? ''}>{countText(delivered)}</Table.Td>
      <Table.Td visibleFrom="sm">{startedAt === null ? t('campaigns.made', { when: whenText(createdAt) }) : whenText(startedAt)}</Table.Td>
    </Table.Tr>
  );
}
