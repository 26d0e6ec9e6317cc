import { Button, Group, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listDealers } from '../api/dealers.ts';
import { type Appointment, book, cancelAppointment, listBooked, listServices, listSlots } from '../api/desk-appointments.ts';
import { currentLanguage } from '../i18n.ts';
import { Icon } from '../icons.tsx';
import classes from './agent.module.css';
import { momentText, timeText } from './dates.ts';
import { Fault } from './fault.tsx';
import { useDeed } from './use-deed.ts';

/** Booking at a dealer, and what is booked there on a day. */
export function AppointmentsPanel({ name: known }: { readonly name: string | null }) {
  const { t } = useTranslation();
  const dealers = useQuery({ queryKey: ['dealers'], queryFn: listDealers, staleTime: 300_000 });
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
      {dealer === null ? null : (
        <>
          <BookForm key={`${dealer} ${known}`} dealer={dealer} name={known ?? ''} />
          <Booked key={dealer} dealer={dealer} />
        </>
      )}
    </div>
  );
}

function BookForm({ dealer, name: known }: { readonly dealer: string; readonly name: string }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const services = useQuery({ queryKey: ['services'], queryFn: listServices, staleTime: 300_000 });
  const [service, setService] = useState<string | null>(null);
  const [slot, setSlot] = useState<string | null>(null);
  const [name, setName] = useState(known);
  const [phone, setPhone] = useState('');
  const [made, setMade] = useState<Appointment | null>(null);
  const booking = useDeed();
  const slots = useQuery({
    queryKey: ['slots', dealer, service],
    queryFn: () => listSlots(dealer, service ?? ''),
    enabled: service !== null,
    staleTime: 0,
  });
  const language = currentLanguage();
  const send = async (): Promise<void> => {
    if (service === null || slot === null) return;
    const order = { dealer, service, startsAt: Number(slot), name: name.trim(), phone: phone.trim() === '' ? null : phone.trim() };
    if (await booking.run(async () => setMade(await book(order)))) setSlot(null);
    await queries.invalidateQueries({ queryKey: ['slots', dealer] });
    await queries.invalidateQueries({ queryKey: ['booked', dealer] });
  };
  return (
    <Stack gap="xs">
      <Select
        label={t('agent.appointments.service')}
        data={(services.data ?? []).map(({ code, label }) => ({ value: code, label: label[language] }))}
        value={service}
        onChange={setService}
      />
      <Select
        label={t('agent.appointments.slot')}
        disabled={service === null}
        data={(slots.data ?? []).map(({ startsAt }) => ({ value: String(startsAt), label: momentText(startsAt, language) }))}
        value={slot}
        onChange={setSlot}
        nothingFoundMessage={t('agent.appointments.noSlot')}
      />
      <Group gap="xs" grow>
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
          {t('agent.appointments.made', { code: made.code, date: momentText(made.startsAt, language) })}
        </Text>
      )}
      <Fault error={services.error ?? slots.error ?? booking.error} />
    </Stack>
  );
}

function Booked({ dealer }: { readonly dealer: string }) {
  const { t } = useTranslation();
  const [day, setDay] = useState(today);
  const booked = useQuery({ queryKey: ['booked', dealer, day], queryFn: () => listBooked(dealer, day), enabled: day !== '' });
  const cancelling = useDeed();
  const language = currentLanguage();
  return (
    <div>
      <Title order={3} mt="xs">
        {t('agent.appointments.booked')}
      </Title>
      <TextInput type="date" aria-label={t('agent.appointments.day')} value={day} onChange={(event) => setDay(event.currentTarget.value)} />
      {booked.data?.length === 0 ? (
        <Text size="sm" c="dimmed" mt="xs">
          {t('agent.appointments.none')}
        </Text>
      ) : null}
      <ul className={classes['list']}>
        {(booked.data ?? []).map(({ id, code, startsAt, name }) => (
          <li key={id} className={classes['row']}>
            <Text size="sm">
              {timeText(startsAt, language)} · {name === '' ? code : `${name} · ${code}`}
            </Text>
            <Button
              size="compact-sm"
              variant="default"
              disabled={cancelling.busy}
              aria-label={t('agent.appointments.cancelOne', { code })}
              onClick={() => void cancelling.run(() => cancelAppointment(id)).then(() => booked.refetch())}
            >
              {t('agent.appointments.cancel')}
            </Button>
          </li>
        ))}
      </ul>
      <Fault error={booked.error ?? cancelling.error} />
    </div>
  );
}

/** `2026-03-02`, by this browser's calendar. */
function today(): string {
  return new Intl.DateTimeFormat('sv-SE').format(Date.now());
}
