import { useEffect, useEffectEvent, useState } from 'react';
import { writes } from '../shared/writes.ts';
import { isPadKey, type PadKey } from './states.ts';

const FLASH_MS = 160;

/** Digits, star and pound typed anywhere but in a field press the pad. Gives the key to light up. */
export function useKeyboard(press: (key: PadKey) => void): PadKey | null {
  const [flash, setFlash] = useState<PadKey | null>(null);
  const pressed = useEffectEvent((key: PadKey) => {
    press(key);
    setFlash(key);
  });

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onKey = (event: KeyboardEvent): void => {
      if (!isPadKey(event.key) || event.repeat || event.ctrlKey || event.metaKey || event.altKey || writes(event.target)) return;
      event.preventDefault();
      pressed(event.key);
      clearTimeout(timer);
      timer = setTimeout(() => setFlash(null), FLASH_MS);
    };
    window.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener('keydown', onKey);
      clearTimeout(timer);
    };
  }, []);
  return flash;
}
