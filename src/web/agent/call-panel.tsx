import { Badge, Button, Group, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgentPlace } from '../../domain/agent.ts';
import type { CallCard, CallPhase } from '../../domain/desk-view.ts';
import { doIt, mute, pressKeys, recordTalk } from '../api/agent.ts';
import { currentLanguage } from '../i18n.ts';
import { Icon, type IconName } from '../icons.tsx';
import { DialPad } from '../phone/dial-pad.tsx';
import { LevelMeter } from '../phone/level-meter.tsx';
import { MicrophoneNotice } from '../phone/microphone-notice.tsx';
import type { PhoneState } from '../phone/states.ts';
import { Fault } from '../shared/fault.tsx';
import { Countdown, Timer } from '../shared/times.tsx';
import { type Doing, useDeed } from '../shared/use-deed.ts';
import classes from './agent.module.css';
import { TransferPanel, TransferStrip } from './transfer-panel.tsx';

/** Of a call that was answered. */
type TalkPhase = Exclude<CallPhase, 'offered'>;

interface CallPanelProps {
  readonly call: CallCard;
  readonly phase: TalkPhase;
  /** The customer's name, once verified. */
  readonly name: string | null;
  readonly place: AgentPlace;
  readonly skewMs: number;
  readonly phone: PhoneState;
  /** A number to pass the call on to, chosen elsewhere on the page. */
  readonly target: string | null;
}

const LOOKS: Readonly<Record<TalkPhase, readonly [color: string, icon: IconName]>> = {
  connecting: ['petrol', 'clock'],
  talking: ['green', 'speaker'],
  held: ['amber', 'pause'],
  lost: ['red', 'offline'],
  over: ['gray', 'hangUp'],
};

/** The call on my line, and everything that can be done with it. */
export function CallPanel({ call, phase, name, place, skewMs, phone, target }: CallPanelProps) {
  const { t } = useTranslation();
  const doing = useDeed();
  const [open, setOpen] = useState<'keys' | 'transfer' | null>(null);
  const [color, icon] = LOOKS[phase];
  const shown = target === null ? open : 'transfer';
  const number = call.number === '' ? t('agent.withheld') : call.number;
  return (
    <section className={classes['card']} aria-labelledby="call-title" data-phase={phase}>
      <Group justify="space-between" gap="xs">
        <div>
          <Title order={2} id="call-title" fz="lg">
            {name ?? number}
          </Title>
          <Text size="sm" c="dimmed">
            {[name === null ? null : number, call.queue?.label[currentLanguage()] ?? t(`agent.direction.${call.direction}`)]
              .filter((part) => part !== null)
              .join(' · ')}
          </Text>
        </div>
        <Group gap="xs" wrap="nowrap">
          <Badge variant="light" color={color} size="lg" tt="none" leftSection={<Icon name={icon} size={16} />} role="status">
            {t(`agent.phase.${phase}`)}
          </Badge>
          {call.talkingSince !== null && phase !== 'over' ? <Timer since={call.talkingSince + skewMs} label={t('agent.talkTime')} /> : null}
        </Group>
      </Group>
      {phase === 'lost' && call.until !== null ? (
        <Text fw={600} role="alert">
          {t('agent.lostText')} <Countdown until={call.until + skewMs} label={t('agent.lostLeft')} />
        </Text>
      ) : null}
      {phase === 'over' ? null : (
        <>
          <Controls call={call} doing={doing} shown={shown} onShow={setOpen} />
          <Fault error={doing.error} />
          <TransferStrip call={call} doing={doing} />
          {shown === 'keys' ? (
            <div className={classes['pad']}>
              <DialPad onPress={(key) => void pressKeys(key).catch(() => undefined)} flash={null} disabled={phase !== 'talking'} />
            </div>
          ) : null}
          {shown === 'transfer' && call.transfer === null ? (
            <TransferPanel key={target} number={target} doing={doing} onDone={() => setOpen(null)} />
          ) : null}
          {place.kind === 'web' ? (
            <>
              <LevelMeter stream={phone.audio} />
              <MicrophoneNotice problem={phone.microphoneProblem} />
            </>
          ) : null}
        </>
      )}
    </section>
  );
}

interface ControlsProps {
  readonly call: CallCard;
  readonly doing: Doing;
  readonly shown: 'keys' | 'transfer' | null;
  readonly onShow: (what: 'keys' | 'transfer' | null) => void;
}

function Controls({ call, doing, shown, onShow }: ControlsProps) {
  const { t } = useTranslation();
  const held = call.phase === 'held';
  const talks = call.phase === 'talking' || held;
  const toggle = (what: 'keys' | 'transfer') => onShow(shown === what ? null : what);
  return (
    <div className={classes['controls']} role="group" aria-label={t('agent.controls')}>
      <Button
        variant={call.muted ? 'filled' : 'default'}
        color="amber.7"
        aria-pressed={call.muted}
        disabled={!talks}
        leftSection={<Icon name={call.muted ? 'micOff' : 'mic'} />}
        onClick={() => void doing.run(() => mute(!call.muted))}
      >
        {call.muted ? t('agent.unmute') : t('agent.mute')}
      </Button>
      <Button
        variant={held ? 'filled' : 'default'}
        color="amber.7"
        aria-pressed={held}
        disabled={!talks}
        leftSection={<Icon name={held ? 'play' : 'pause'} />}
        onClick={() => void doing.run(() => doIt(held ? 'call/resume' : 'call/hold'))}
      >
        {held ? t('agent.resume') : t('agent.hold')}
      </Button>
      <Button
        variant="default"
        aria-expanded={shown === 'transfer'}
        disabled={!talks || call.transfer !== null}
        leftSection={<Icon name="forward" />}
        onClick={() => toggle('transfer')}
      >
        {t('agent.transfer')}
      </Button>
      <Button
        variant="default"
        aria-expanded={shown === 'keys'}
        disabled={!talks}
        leftSection={<Icon name="keypad" />}
        onClick={() => toggle('keys')}
      >
        {t('agent.keys')}
      </Button>
      {call.recording === 'off' ? null : (
        <Button
          variant={call.recording === 'paused' ? 'filled' : 'default'}
          color="amber.7"
          aria-pressed={call.recording === 'paused'}
          disabled={!talks}
          leftSection={<Icon name="record" />}
          data-recording={call.recording}
          onClick={() => void doing.run(() => recordTalk(call.recording === 'paused'))}
        >
          {call.recording === 'paused' ? t('agent.recordOn') : t('agent.recordPause')}
        </Button>
      )}
      <Button
        color="red.7"
        leftSection={<Icon name="hangUp" />}
        disabled={doing.busy}
        data-act="hang-up"
        onClick={() => void doing.run(() => doIt('call/hangup'))}
      >
        {t('agent.hangUp')}
      </Button>
    </div>
  );
}
