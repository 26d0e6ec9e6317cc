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
  readonly onAnswer: () => void;
  readonly onHangUp: () => void;
  readonly onMute: (muted: boolean) => void;
}

/** One big button that is either call or hang up (answer and refuse while somebody calls), and mute beside it while there is something to mute. */
export function CallButtons({ call, canCall, muted, canMute, onCall, onAnswer, onHangUp, onMute }: CallButtonsProps) {
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
  if (call.kind === 'incoming') {
    return (
      <Group grow gap="xs" wrap="nowrap">
        <Button data-act="answer" color="green.8" size="lg" px="sm" leftSection={<Icon name="phone" size={22} />} onClick={onAnswer}>
          {t('phone.answerButton')}
        </Button>
        <Button data-act="refuse" color="red.7" size="lg" px="sm" leftSection={<Icon name="hangUp" size={22} />} onClick={onHangUp}>
          {t('phone.refuseButton')}
        </Button>
      </Group>
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
