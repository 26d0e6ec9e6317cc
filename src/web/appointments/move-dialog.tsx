import { Alert, NativeSelect, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { freeTimes, moveAppointment } from '../api/appointments.ts';
import { errorText } from '../api/error-text.ts';
import { dayIn, timeText } from '../shared/dates.ts';
import type { AppointmentDialogProps } from './cancel-dialog.tsx';
import { DeedDialog } from './deed-dialog.tsx';

/** As many as a day can have. */
const MOST_TIMES = 200;

/** Moves an appointment to another time that is free. */
export function MoveDialog(props: AppointmentDialogProps) {
  const { t } = useTranslation();
  const { appointment, zone } = props;
  const { dealer, service } = appointment;
  const [day, setDay] = useState(() => dayIn(appointment.startsAt, zone));
  const [chosen, setChosen] = useState('');
  // Free times go quickly: they are asked for anew each time.
  const times = useQuery({
    queryKey: ['free-times', dealer, service, day],
    queryFn: () => freeTimes(appointment, { day, limit: MOST_TIMES }),
    staleTime: 0,
  });
  const free = times.data ?? [];
  const startsAt = free.find((one) => String(one) === chosen);
  return (
    <DeedDialog
      {...props}
      title={t('appointments.moveTitle')}
      action={t('appointments.moveNow')}
      notYet={startsAt === undefined}
      onAct={async (reason) => {
        if (startsAt !== undefined) await moveAppointment(appointment.id, startsAt, reason);
      }}
    >
      <TextInput
        type="date"
        label={t('appointments.newDay')}
        value={day}
        onChange={({ currentTarget: { value } }) => value !== '' && setDay(value)}
      />
      {times.error !== null && <Alert color="red">{errorText(t, times.error)}</Alert>}
      {times.data !== undefined && free.length === 0 ? (
        <Text>{t('appointments.noTimes')}</Text>
      ) : (
        <NativeSelect
          label={t('appointments.newTime')}
          value={startsAt === undefined ? '' : chosen}
          onChange={(event) => setChosen(event.currentTarget.value)}
          data={[
            { value: '', label: t('appointments.choose') },
            ...free.map((one) => ({ value: String(one), label: timeText(one, zone) })),
          ]}
        />
      )}
    </DeedDialog>
  );
}
