import { useEffect, useRef } from 'react';
import type { Phone } from '../phone/phone.ts';
import { useStore } from '../store.ts';

/** Plays what the far end says, on whatever page the user is. */
export function CallAudio({ phone }: { readonly phone: Phone }) {
  const { audio } = useStore(phone.state);
  const element = useRef<HTMLAudioElement>(null);
  useEffect(() => {
    if (element.current !== null) element.current.srcObject = audio;
  }, [audio]);
  // biome-ignore lint/a11y/useMediaCaption: a live conversation has no captions; the prompts stand in the timeline as text.
  return <audio ref={element} autoPlay />;
}
