import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Icon } from '../icons.tsx';
import { type CallState, isBusy } from './states.ts';

interface CallButtonsProps {
  readonly call: CallState;
  readonly canCall: boolean;
  readonly muted: boolean;
  /** False without a microphone. */
  readonly canMute: boolean;
  readonly onCall: () => void;
  readonly onHangUp: () => void;
  readonly onMute: (muted: boolean) => void;
}

/** One big button that is either call or hang up, and mute beside it while there is something to mute. */
export function CallButtons({ call, canCall, muted, canMute, onCall, onHangUp, onMute }: CallButtonsProps) {
  const { t } = useTranslation();
  if (!isBusy(call)) {
    return (
      <Button
        data-act="call"
        color="green.8"
        size="lg"
        fullWidth
        leftSection={<Icon name="phone" size={22} />}
        disabled={!canCall}
        onClick={onCall}
      >
        {t('phone.callButton')}
      </Button>
    );
  }
  return (
    <Group grow gap="xs" preventGrowOverflow={false} wrap="nowrap">
      <Button data-act="hang-up" color="red.7" size="lg" px="sm" leftSection={<Icon name="hangUp" size={22} />} onClick={onHangUp}>
        {t('phone.hangUpButton')}
      </Button>
      <Button
        variant={muted ? 'filled' : 'default'}
        color="amber.7"
        size="lg"
        px="sm"
        aria-pressed={muted}
        disabled={call.kind !== 'talking' || !canMute}
        leftSection={<Icon name={muted ? 'micOff' : 'mic'} />}
        onClick={() => onMute(!muted)}
      >
        {muted ? t('phone.unmuteButton') : t('phone.muteButton')}
      </Button>
    </Group>
  );
}
