import { Badge, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { codeText } from '../api/error-text.ts';
import { Icon, type IconName } from '../icons.tsx';
import { clockText, useSeconds } from '../shared/use-seconds.ts';
import classes from './phone.module.css';
import type { CallState, Line, PhoneState } from './states.ts';

const LINE_LOOKS: Record<Line['kind'], readonly [color: string, icon: IconName]> = {
  off: ['gray', 'clock'],
  preparing: ['gray', 'clock'],
  registering: ['amber', 'clock'],
  ready: ['green', 'check'],
  offline: ['red', 'offline'],
  refused: ['red', 'warning'],
  'no-phone': ['red', 'warning'],
};

/** The way to Asterisk, in a word. */
export function LineStatus({ line }: { readonly line: Line }) {
  const { t } = useTranslation();
  const [color, icon] = LINE_LOOKS[line.kind];
  return (
    <Badge
      variant="light"
      color={color}
      size="lg"
      tt="none"
      leftSection={<Icon name={icon} size={16} />}
      role="status"
      data-line={line.kind}
    >
      {t(`phone.line.${line.kind}`)}
    </Badge>
  );
}

const CALL_ICONS: Record<CallState['kind'], IconName> = {
  idle: 'info',
  microphone: 'mic',
  calling: 'phone',
  ringing: 'phone',
  incoming: 'phone',
  answering: 'mic',
  talking: 'speaker',
  ended: 'hangUp',
};

/** What becomes of the call, in words, and the keys pressed in it. */
export function CallStatus({ state }: { readonly state: PhoneState }) {
  const { call, line, keys } = state;
  return (
    <div className={classes['status']} data-call={call.kind} data-reason={call.kind === 'ended' ? call.reason : undefined}>
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <Icon name={CALL_ICONS[call.kind]} />
        <div className={classes['statusText']}>
          <div role="status">
            <StatusWords call={call} line={line} />
          </div>
          {keys === '' || call.kind === 'idle' ? null : <PressedKeys keys={keys} />}
        </div>
        {call.kind === 'talking' ? <Timer since={call.since} /> : null}
      </Group>
    </div>
  );
}

function StatusWords({ call, line }: Pick<PhoneState, 'call' | 'line'>) {
  const { t } = useTranslation();
  switch (call.kind) {
    case 'idle':
      return <Text size="sm">{line.kind === 'no-phone' ? codeText(t, line.code) : t(`phone.idle.${line.kind}`)}</Text>;
    case 'ended':
      return (
        <>
          <Text size="sm" fw={600}>
            {t(`phone.ended.${call.reason}`)}
          </Text>
          <Text size="xs" c="dimmed">
            {call.seconds === null ? t('phone.notAnswered') : t('phone.lasted', { time: clockText(call.seconds) })}
            {call.sipCode === null ? '' : ` · SIP ${call.sipCode}`}
          </Text>
        </>
      );
    case 'microphone':
    case 'calling':
    case 'ringing':
    case 'incoming':
    case 'answering':
    case 'talking':
      return (
        <Text size="sm" fw={600}>
          {t(`phone.call.${call.kind}`, { number: call.number })}
        </Text>
      );
  }
}

function PressedKeys({ keys }: { readonly keys: string }) {
  const { t } = useTranslation();
  return (
    <Text size="xs" c="dimmed">
      {t('phone.pressed')}{' '}
      <Text component="span" inherit ff="monospace" c="var(--mantine-color-text)" data-testid="pressed-keys">
        {keys.slice(-24).split('').join(' ')}
      </Text>
    </Text>
  );
}

/** Not announced: it would speak every second. */
function Timer({ since }: { readonly since: number }) {
  const { t } = useTranslation();
  const seconds = useSeconds(since);
  return (
    <Text component="span" fw={650} ff="monospace" role="timer" aria-live="off" aria-label={t('phone.duration')}>
      {clockText(seconds)}
    </Text>
  );
}
