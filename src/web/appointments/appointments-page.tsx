import { Alert, Button, Container, Group, NativeSelect, Stack, Text, TextInput, Title } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type AppointmentInfo, type AppointmentSearch, listAppointments, listServices } from '../api/appointments.ts';
import { listDealers } from '../api/dealers.ts';
import { errorText } from '../api/error-text.ts';
import { Icon } from '../icons.tsx';
import { dayIn, usualZone } from '../shared/dates.ts';
import { useTitle } from '../shell/use-title.ts';
import { Waiting } from '../shell/waiting.tsx';
import { AppointmentTable } from './appointment-table.tsx';
import { CancelDialog } from './cancel-dialog.tsx';
import { MoveDialog } from './move-dialog.tsx';

const CODE = /^\d{6}$/;

/** Appointments by day and dealer, or by code; moved and cancelled by hand, with the reason. */
export function AppointmentsPage() {
  const { t } = useTranslation();
  useTitle(t('pages.appointments'));
  const [day, setDay] = useState(() => dayIn(Date.now(), usualZone()));
  const [dealer, setDealer] = useState('');
  const [code, setCode] = useState('');
  const [acting, setActing] = useState<{ readonly deed: 'move' | 'cancel'; readonly on: AppointmentInfo } | null>(null);
  const dealers = useQuery({ queryKey: ['dealers'], queryFn: listDealers });
  const services = useQuery({ queryKey: ['services'], queryFn: listServices });
  const search: AppointmentSearch = CODE.test(code) ? { code } : { day, dealer };
  const pages = useInfiniteQuery({
    queryKey: ['appointments', search],
    queryFn: ({ pageParam }) => listAppointments(search, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
  const items = pages.data?.pages.flatMap((page) => page.items) ?? [];
  const zone = pages.data?.pages[0]?.zone ?? usualZone();
  const close = () => setActing(null);
  const fault = pages.error ?? dealers.error ?? services.error;
  return (
    <Container size="xl" px={{ base: 'sm', sm: 'lg' }} py={{ base: 'sm', sm: 'lg' }}>
      <Stack gap="lg">
        <Title order={1}>{t('pages.appointments')}</Title>
        <Group align="flex-end" gap="sm">
          <TextInput
            type="date"
            label={t('appointments.day')}
            value={day}
            disabled={code !== ''}
            onChange={({ currentTarget: { value } }) => value !== '' && setDay(value)}
          />
          <NativeSelect
            label={t('appointments.dealer')}
            value={dealer}
            disabled={code !== ''}
            onChange={(event) => setDealer(event.currentTarget.value)}
            data={[
              { value: '', label: t('appointments.allDealers') },
              ...(dealers.data ?? []).map((one) => ({ value: one.code, label: `${one.name} (${one.code})` })),
            ]}
          />
          <TextInput
            label={t('appointments.code')}
            description={t('appointments.codeHint')}
            value={code}
            inputMode="numeric"
            maxLength={6}
            onChange={(event) => setCode(event.currentTarget.value.replaceAll(/\D/g, ''))}
          />
        </Group>
        {fault !== null && (
          <Alert color="red" icon={<Icon name="warning" />}>
            {errorText(t, fault)}
          </Alert>
        )}
        {pages.isPending && <Waiting />}
        {pages.data !== undefined && items.length === 0 && <Text>{t('appointments.none')}</Text>}
        {items.length > 0 && (
          <AppointmentTable
            items={items}
            zone={zone}
            dealers={dealers.data ?? []}
            services={services.data ?? []}
            onMove={(on) => setActing({ deed: 'move', on })}
            onCancel={(on) => setActing({ deed: 'cancel', on })}
          />
        )}
        {pages.hasNextPage && (
          <Button variant="default" onClick={() => void pages.fetchNextPage()} loading={pages.isFetchingNextPage}>
            {t('appointments.more')}
          </Button>
        )}
      </Stack>
      {acting?.deed === 'move' && <MoveDialog appointment={acting.on} zone={zone} onClose={close} />}
      {acting?.deed === 'cancel' && <CancelDialog appointment={acting.on} zone={zone} onClose={close} />}
    </Container>
  );
}
