import { useEffect } from 'react';
import type { Phone } from '../phone/phone.ts';
import { useStore } from '../store.ts';

/** Two seconds of tone, four of silence, as telephones here ring. */
const TONE_HZ = 450;
const TONE_S = 2;
const CYCLE_MS = 6000;
const LOUDNESS = 0.12;

/** Rings while somebody calls this page's telephone, on whatever page the user is. */
export function Ringer({ phone }: { readonly phone: Phone }) {
  const { call } = useStore(phone.state);
  const ringing = call.kind === 'incoming';
  useEffect(() => {
    if (!ringing) return;
    const context = new AudioContext();
    ring(context);
    const timer = setInterval(() => ring(context), CYCLE_MS);
    return () => {
      clearInterval(timer);
      void context.close();
    };
  }, [ringing]);
  return null;
}

function ring(context: AudioContext): void {
  const tone = context.createOscillator();
  const gain = context.createGain();
  tone.frequency.value = TONE_HZ;
  gain.gain.value = LOUDNESS;
  tone.connect(gain).connect(context.destination);
  tone.start();
  tone.stop(context.currentTime + TONE_S);
}
