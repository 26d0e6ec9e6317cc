import { Text, Title } from '@mantine/core';
import { type MouseEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PEAK_COUNT } from '../../domain/call-recording.ts';
import { audioUrl, type RecordingInfo } from '../api/calls.ts';
import { duration } from '../shared/times.tsx';
import classes from './calls.module.css';
import type { Marker } from './markers.ts';

interface PlayerProps {
  readonly call: string;
  readonly recording: RecordingInfo;
  readonly markers: readonly Marker[];
}

/** The recording with the browser's own controls; a picture of its loudness, and the happenings of the call to jump to. */
export function Player({ call, recording, markers }: PlayerProps) {
  const { t } = useTranslation();
  const audio = useRef<HTMLAudioElement>(null);
  const [now, setNow] = useState(0);
  const jump = (ms: number): void => {
    const element = audio.current;
    if (element === null) return;
    element.currentTime = ms / 1000;
    setNow(ms);
    void element.play().catch(() => undefined);
  };
  return (
    <section className={classes['card']} aria-labelledby="recording-title">
      <Title order={2} id="recording-title">
        {t('calls.recording')}
      </Title>
      <Wave recording={recording} now={now} onJump={jump} />
      {/* biome-ignore lint/a11y/useMediaCaption: a telephone call has no captions; its timeline stands below. */}
      <audio
        ref={audio}
        className={classes['audio']}
        controls
        preload="none"
        src={audioUrl(call)}
        aria-label={t('calls.recording')}
        onTimeUpdate={(event) => setNow(event.currentTarget.currentTime * 1000)}
      />
      <Text size="sm" c="dimmed">
        {t('calls.sides')}
      </Text>
      <Title order={3} id="markers-title" fz="md" mt="sm">
        {t('calls.jump')}
      </Title>
      <ol className={classes['markers']} aria-labelledby="markers-title">
        {markers.map(({ seq, kind, ms }) => (
          <li key={seq}>
            <button type="button" className={classes['marker']} data-marker={kind} data-ms={Math.round(ms)} onClick={() => jump(ms)}>
              <span className={classes['at']}>{duration(ms)}</span> {t(`calls.marker.${kind}`)}
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}

interface WaveProps {
  readonly recording: RecordingInfo;
  readonly now: number;
  readonly onJump: (ms: number) => void;
}

/** For the eye and the mouse; by keyboard the controls below do the same. */
function Wave({ recording: { peaks, durationMs, pauses }, now, onJump }: WaveProps) {
  const place = (ms: number): number => (durationMs === 0 ? 0 : Math.min(PEAK_COUNT, (ms / durationMs) * PEAK_COUNT));
  const click = (event: MouseEvent<SVGSVGElement>): void => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    onJump(((event.clientX - left) / width) * durationMs);
  };
  const bars = [...peaks].map((digit, index) => {
    const height = Number(digit) * 2.4 + 0.4;
    const caller = index < PEAK_COUNT;
    return { x: index % PEAK_COUNT, y: caller ? 24 - height : 26, height, caller };
  });
  return (
    <svg className={classes['wave']} viewBox={`0 0 ${PEAK_COUNT} 50`} preserveAspectRatio="none" aria-hidden="true" onClick={click}>
      {pauses.map(({ fromMs, toMs }) => (
        <rect
          key={fromMs}
          className={classes['paused']}
          x={place(fromMs)}
          y={0}
          width={Math.max(1, place(toMs) - place(fromMs))}
          height={50}
        />
      ))}
      {bars.map(({ x, y, height, caller }) => (
        <rect key={`${caller}-${x}`} className={caller ? classes['caller'] : classes['house']} x={x} y={y} width={0.7} height={height} />
      ))}
      <rect className={classes['now']} x={place(now)} y={0} width={0.8} height={50} />
    </svg>
  );
}
