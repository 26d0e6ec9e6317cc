import { Button, Group, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type AppointmentInfo, bookAppointment, freeTimes, listAppointments, listServices } from '../api/appointments.ts';
import { listDealers } from '../api/dealers.ts';
import { CancelDialog } from '../appointments/cancel-dialog.tsx';
import { currentLanguage } from '../i18n.ts';
import { Icon } from '../icons.tsx';
import { dayIn, momentText, timeText, usualZone } from '../shared/dates.ts';
import { Fault } from '../shared/fault.tsx';
import { useDeed } from '../shared/use-deed.ts';
import classes from './agent.module.css';

const LASTING_MS = 300_000;
const MOST_TIMES = 24;

/** Booking at a dealer, and what is booked there on a day; times as the dealer's clocks show them. */
export function AppointmentsPanel({ name: known }: { readonly name: string | null }) {
  const { t } = useTranslation();
  const dealers = useQuery({ queryKey: ['dealers'], queryFn: listDealers, staleTime: LASTING_MS });
  const [dealer, setDealer] = useState<string | null>(null);
  return (
    <div className={classes['panel']}>
      <Select
        label={t('agent.appointments.dealer')}
        searchable
        data={(dealers.data ?? []).map(({ code, name }) => ({ value: code, label: `${name} (${code})` }))}
        value={dealer}
        onChange={setDealer}
        nothingFoundMessage={t('agent.noTarget')}
      />
      <Fault error={dealers.error} />
      {dealer === null ? null : <AtDealer key={`${dealer} ${known}`} dealer={dealer} name={known ?? ''} />}
    </div>
  );
}

/** What is booked at a dealer on a day. The engine says with it which zone the dealers live in. */
function useBooked(dealer: string, day: string) {
  const pages = useInfiniteQuery({
    queryKey: ['appointments', 'desk', dealer, day],
    queryFn: ({ pageParam }) => listAppointments({ dealer, day, state: 'booked' }, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    placeholderData: (before) => before,
  });
  return { pages, zone: pages.data?.pages[0]?.zone ?? null };
}

function AtDealer({ dealer, name }: { readonly dealer: string; readonly name: string }) {
  const [day, setDay] = useState(() => dayIn(Date.now(), usualZone()));
  const { pages, zone } = useBooked(dealer, day);
  return (
    <>
      {zone === null ? null : <BookForm dealer={dealer} name={name} zone={zone} />}
      <Booked pages={pages} zone={zone ?? usualZone()} day={day} onDay={setDay} />
    </>
  );
}

function BookForm({ dealer, name: known, zone }: { readonly dealer: string; readonly name: string; readonly zone: string }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const services = useQuery({ queryKey: ['services'], queryFn: listServices, staleTime: LASTING_MS });
  const [service, setService] = useState<string | null>(null);
  const [slot, setSlot] = useState<string | null>(null);
  const [name, setName] = useState(known);
  const [phone, setPhone] = useState('');
  const [made, setMade] = useState<AppointmentInfo | null>(null);
  const booking = useDeed();
  const slots = useQuery({
    queryKey: ['free-times', dealer, service],
    queryFn: () => freeTimes({ dealer, service: service ?? '' }, { limit: MOST_TIMES }),
    enabled: service !== null,
    staleTime: 0,
  });
  const send = async (): Promise<void> => {
    if (service === null || slot === null) return;
    const order = { dealer, service, startsAt: Number(slot), name: name.trim(), phone: phone.trim() === '' ? null : phone.trim() };
    if (await booking.run(async () => setMade(await bookAppointment(order)))) setSlot(null);
    await Promise.all(['free-times', 'appointments'].map((key) => queries.invalidateQueries({ queryKey: [key] })));
  };
  return (
    <Stack gap="xs">
      <Select
        label={t('agent.appointments.service')}
        data={(services.data ?? []).map(({ code, label }) => ({ value: code, label: label[currentLanguage()] }))}
        value={service}
        onChange={(value) => {
          setService(value);
          setSlot(null);
        }}
      />
      <Select
        label={t('agent.appointments.slot')}
        disabled={service === null}
        data={(slots.data ?? []).map((startsAt) => ({ value: String(startsAt), label: momentText(startsAt, zone) }))}
        value={slot}
        onChange={setSlot}
        nothingFoundMessage={t('agent.appointments.noSlot')}
      />
      <Group gap="xs" grow align="flex-end">
        <TextInput label={t('agent.appointments.name')} value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <TextInput
          label={t('agent.appointments.phone')}
          type="tel"
          value={phone}
          onChange={(event) => setPhone(event.currentTarget.value)}
        />
      </Group>
      <Button leftSection={<Icon name="calendar" />} disabled={slot === null} loading={booking.busy} onClick={() => void send()}>
        {t('agent.appointments.book')}
      </Button>
      {made === null ? null : (
        <Text size="sm" role="status">
          {t('agent.appointments.made', { code: made.code, date: momentText(made.startsAt, zone) })}
        </Text>
      )}
      <Fault error={services.error ?? slots.error ?? booking.error} />
    </Stack>
  );
}

interface BookedProps {
  readonly pages: ReturnType<typeof useBooked>['pages'];
  readonly zone: string;
  readonly day: string;
  readonly onDay: (day: string) => void;
}

function Booked({ pages, zone, day, onDay }: BookedProps) {
  const { t } = useTranslation();
  const [cancelled, setCancelled] = useState<AppointmentInfo | null>(null);
  // Another day's are not this one's.
  const known = pages.isPlaceholderData ? undefined : pages.data;
  const items = known?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div>
      <Title order={3} mt="xs">
        {t('agent.appointments.booked')}
      </Title>
      <TextInput
        type="date"
        aria-label={t('agent.appointments.day')}
        value={day}
        onChange={({ currentTarget: { value } }) => value !== '' && onDay(value)}
      />
      {known !== undefined && items.length === 0 ? (
        <Text size="sm" c="dimmed" mt="xs">
          {t('agent.appointments.none')}
        </Text>
      ) : null}
      <ul className={classes['list']}>
        {items.map((one) => (
          <li key={one.id} className={classes['row']}>
            <Text size="sm">
              {timeText(one.startsAt, zone)} · {one.name === '' ? one.code : `${one.name} · ${one.code}`}
            </Text>
            <Button
              size="compact-sm"
              variant="default"
              aria-label={t('agent.appointments.cancelOne', { code: one.code })}
              onClick={() => setCancelled(one)}
            >
              {t('agent.appointments.cancel')}
            </Button>
          </li>
        ))}
      </ul>
      {pages.hasNextPage ? (
        <Button size="compact-sm" variant="default" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t('appointments.more')}
        </Button>
      ) : null}
      <Fault error={pages.error} />
      {cancelled === null ? null : <CancelDialog appointment={cancelled} zone={zone} onClose={() => setCancelled(null)} />}
    </div>
  );
}
