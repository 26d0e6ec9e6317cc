import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppointmentInfo } from '../api/appointments.ts';
import { errorText } from '../api/error-text.ts';
import { whenText } from '../shared/dates.ts';
import { FormError } from '../shared/form-error.tsx';

const LONGEST_REASON = 200;

export interface DeedDialogProps {
  readonly appointment: AppointmentInfo;
  readonly zone: string;
  readonly title: string;
  readonly action: string;
  readonly colour?: string;
  /** Something else has to be chosen first. */
  readonly notYet?: boolean;
  readonly onClose: () => void;
  readonly onAct: (reason: string) => Promise<void>;
  readonly children?: ReactNode;
}

/** What is done to an appointment, and why: the reason is noted with the name of who is logged in. */
export function DeedDialog({ appointment, zone, title, action, colour, notYet = false, onClose, onAct, children }: DeedDialogProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const act = useMutation({
    mutationFn: () => onAct(reason.trim()),
    onSuccess: onClose,
    // Also when it was refused: the list is old then.
    onSettled: () => Promise.all(['appointments', 'free-times'].map((key) => queries.invalidateQueries({ queryKey: [key] }))),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    act.mutate();
  };
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('appointments.close') }}>
      <form onSubmit={submit}>
        <Stack>
          <Text>
            {whenText(appointment.startsAt, zone)} · {t('appointments.codeIs', { code: appointment.code })}
          </Text>
          {children}
          <TextInput
            label={t('appointments.reason')}
            description={t('appointments.reasonHint')}
            value={reason}
            required
            maxLength={LONGEST_REASON}
            data-autofocus
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <FormError text={act.error === null ? null : errorText(t, act.error)} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('appointments.leave')}
            </Button>
            <Button
              type="submit"
              disabled={notYet || reason.trim() === ''}
              loading={act.isPending}
              {...(colour === undefined ? {} : { color: colour })}
            >
              {action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
