import { useTranslation } from 'react-i18next';
import { type AppointmentInfo, cancelAppointment } from '../api/appointments.ts';
import { DeedDialog } from './deed-dialog.tsx';

export interface AppointmentDialogProps {
  readonly appointment: AppointmentInfo;
  readonly zone: string;
  readonly onClose: () => void;
}

/** Calls an appointment off. */
export function CancelDialog(props: AppointmentDialogProps) {
  const { t } = useTranslation();
  return (
    <DeedDialog
      {...props}
      title={t('appointments.cancelTitle')}
      action={t('appointments.cancelNow')}
      colour="red"
      onAct={(reason) => cancelAppointment(props.appointment.id, reason)}
    />
  );
}
