import { Alert } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Icon } from '../icons.tsx';
import type { MicrophoneProblem } from './states.ts';

/** Why nobody will hear you, and what to do; the call goes on. */
export function MicrophoneNotice({ problem }: { readonly problem: MicrophoneProblem | null }) {
  const { t } = useTranslation();
  if (problem === null) return null;
  return (
    <Alert color="amber" icon={<Icon name="micOff" />} title={t('phone.listenOnly')} role="status" data-problem={problem}>
      {t(`phone.microphone.${problem}`)}
    </Alert>
  );
}
