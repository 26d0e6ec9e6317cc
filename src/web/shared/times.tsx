import { Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { clockText, useSeconds } from './use-seconds.ts';

interface TimerProps {
  /** UTC ms, by this browser's clock. */
  readonly since: number;
  readonly label: string;
}

/** Time that runs. Not announced: it would speak every second. */
export function Timer({ since, label }: TimerProps) {
  return (
    <Text component="span" inherit ff="monospace" fw={650} role="timer" aria-live="off" aria-label={label}>
      {clockText(useSeconds(since))}
    </Text>
  );
}

/** Whole seconds until a moment (UTC ms), never below 0. */
export function useCountdown(until: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, Math.ceil((until - now) / 1000));
}

/** Time that runs out. */
export function Countdown({ until, label }: { readonly until: number; readonly label: string }) {
  return (
    <Text component="span" inherit ff="monospace" fw={650} role="timer" aria-live="off" aria-label={label}>
      {clockText(useCountdown(until))}
    </Text>
  );
}

/** 184000 is `3:04`; null is a dash. */
export function duration(ms: number | null): string {
  return ms === null ? '–' : clockText(Math.round(ms / 1000));
}

/** 0.8234 is `82 %` in the language's form; null is a dash. */
export function share(value: number | null, language: string): string {
  return value === null ? '–' : new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(value);
}
