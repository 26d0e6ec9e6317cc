import { Container, Text, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Timeline } from '../feed/timeline.tsx';
import { useServices } from '../shell/services.ts';
import { useTitle } from '../shell/use-title.ts';
import { useStore } from '../store.ts';
import { CallButtons } from './call-buttons.tsx';
import { DialPad } from './dial-pad.tsx';
import { LevelMeter } from './level-meter.tsx';
import { MicrophoneNotice } from './microphone-notice.tsx';
import { NowStrip } from './now-strip.tsx';
import { NumberField } from './number-field.tsx';
import classes from './phone.module.css';
import { DIALLABLE, isBusy, type PadKey } from './states.ts';
import { CallStatus, LineStatus } from './status.tsx';
import { useKeyboard } from './use-keyboard.ts';

const FIRST_NUMBER = '1000';

/** The dial pad, and beside it what the flow does. */
export function PhonePage() {
  const { t } = useTranslation();
  const { phone, feed } = useServices();
  const state = useStore(phone.state);
  const [number, setNumber] = useState(FIRST_NUMBER);
  useTitle(t('pages.phone'));
  useEffect(() => {
    phone.start();
    feed.start();
  }, [phone, feed]);

  const busy = isBusy(state.call);
  const canCall = !busy && state.line.kind === 'ready' && DIALLABLE.test(number);
  const call = (): void => {
    if (canCall) phone.call(number);
  };
  const press = (key: PadKey): void => {
    if (state.call.kind === 'talking') phone.press(key);
    else if (!busy) setNumber(`${number}${key}`.slice(0, 32));
  };
  const flash = useKeyboard(press);

  return (
    <Container size="xl" px={{ base: 'sm', sm: 'lg' }} py={{ base: 'sm', sm: 'lg' }}>
      <div className={classes['page']}>
        <section className={classes['phone']} aria-labelledby="phone-title">
          <div className={classes['head']}>
            <Title order={1} id="phone-title">
              {t('pages.phone')}
            </Title>
            <LineStatus line={state.line} />
          </div>
          <NumberField number={number} onNumber={setNumber} onCall={call} locked={busy} />
          <CallStatus state={state} />
          <NowStrip feed={feed} />
          <DialPad onPress={press} flash={flash} disabled={busy && state.call.kind !== 'talking'} />
          <CallButtons
            call={state.call}
            canCall={canCall}
            muted={state.muted}
            canMute={state.microphoneProblem === null}
            onCall={call}
            onAnswer={() => phone.answer()}
            onHangUp={() => phone.hangUp()}
            onMute={(muted) => phone.setMuted(muted)}
          />
          <LevelMeter stream={state.audio} />
          <MicrophoneNotice problem={state.microphoneProblem} />
          <Text size="xs" c="dimmed" visibleFrom="md">
            {t('phone.keyboardHint')}
          </Text>
        </section>
        <Timeline feed={feed} />
      </div>
    </Container>
  );
}
