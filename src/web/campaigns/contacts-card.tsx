import { Button, Group, NativeSelect, Stack, Text, TextInput, Title } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CONTACT_STATES } from '../../domain/contact.ts';
import { type CampaignInfo, type ContactWish, contactFile, findContacts, numberHistory, OUTCOMES } from '../api/campaigns.ts';
import { currentLanguage } from '../i18n.ts';
import { Icon } from '../icons.tsx';
import { Exports } from '../reports/exports.tsx';
import { Fault } from '../shared/fault.tsx';
import { Waiting } from '../shell/waiting.tsx';
import classes from './campaigns.module.css';
import { ContactTable } from './contact-table.tsx';

const REFRESH_MS = 5000;
/** Who has read so far down looks for somebody, and does not watch. */
const MOST_FRESH_PAGES = 3;
const ALL: ContactWish = { number: '', state: '', outcome: '' };
const STATES = ['', ...CONTACT_STATES] as const;
const ENDINGS = ['', ...OUTCOMES] as const;

/** Who is in the campaign, found by number, state or outcome, each with everything that was tried. */
export function ContactsCard({ campaign: { id, zone } }: { readonly campaign: CampaignInfo }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [wish, setWish] = useState(ALL);
  const pages = useInfiniteQuery({
    queryKey: ['campaigns', id, 'contacts', wish],
    queryFn: ({ pageParam }) => findContacts(id, wish, pageParam),
    initialPageParam: 0,
    getNextPageParam: ({ next }) => next,
    refetchInterval: ({ state: { data } }) => ((data?.pages.length ?? 0) > MOST_FRESH_PAGES ? false : REFRESH_MS),
  });
  const elsewhere = useQuery({
    queryKey: ['number-history', wish.number],
    queryFn: () => numberHistory(wish.number),
    enabled: wish.number !== '' && pages.isSuccess,
  });
  const items = pages.data?.pages.flatMap((page) => page.items) ?? [];
  const others = (elsewhere.data ?? []).filter(({ campaign }) => campaign?.id !== id);
  return (
    <section className={classes['card']} aria-labelledby="contacts-title">
      <Stack gap="sm">
        <Title order={2} id="contacts-title">
          {t('campaigns.contacts.title')}
        </Title>
        <form
          role="search"
          onSubmit={(event) => {
            event.preventDefault();
            setWish({ ...wish, number: typed.trim() });
          }}
        >
          <Group align="flex-end" gap="sm">
            <TextInput
              label={t('campaigns.contacts.number')}
              type="search"
              inputMode="tel"
              autoComplete="off"
              value={typed}
              onChange={({ currentTarget: { value } }) => {
                setTyped(value);
                if (value === '') setWish({ ...wish, number: '' });
              }}
            />
            <NativeSelect
              label={t('campaigns.contacts.state')}
              value={wish.state}
              onChange={({ currentTarget: { value } }) => setWish({ ...wish, state: STATES.find((one) => one === value) ?? '' })}
              data={STATES.map((one) => ({
                value: one,
                label: one === '' ? t('campaigns.filter.all') : t(`campaigns.contactStates.${one}`),
              }))}
            />
            <NativeSelect
              label={t('campaigns.contacts.outcome')}
              value={wish.outcome}
              onChange={({ currentTarget: { value } }) => setWish({ ...wish, outcome: ENDINGS.find((one) => one === value) ?? '' })}
              data={ENDINGS.map((one) => ({ value: one, label: one === '' ? t('campaigns.filter.all') : t(`campaigns.outcomes.${one}`) }))}
            />
            <Button type="submit" variant="default" leftSection={<Icon name="search" size={18} />}>
              {t('campaigns.contacts.search')}
            </Button>
            <Exports csv={contactFile(id, 'csv', currentLanguage())} xlsx={contactFile(id, 'xlsx', currentLanguage())} />
          </Group>
        </form>
        <Fault error={pages.error ?? elsewhere.error} />
        {pages.isPending ? <Waiting /> : null}
        {pages.isSuccess && items.length === 0 ? <Text c="dimmed">{t('campaigns.contacts.none')}</Text> : null}
        {items.length === 0 ? null : <ContactTable items={items} zone={zone} label={t('campaigns.contacts.title')} />}
        {pages.hasNextPage ? (
          <Button variant="default" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {t('campaigns.contacts.more')}
          </Button>
        ) : null}
        {others.length === 0 ? null : (
          <>
            <Title order={3}>{t('campaigns.contacts.elsewhere')}</Title>
            <ContactTable items={others} zone={zone} label={t('campaigns.contacts.elsewhere')} />
          </>
        )}
      </Stack>
    </section>
  );
}
