import { useCallback, useEffect, useRef, useState } from 'react';
import type { Language } from '../../domain/language.ts';
import { hearPrompt } from '../api/prompts.ts';

export interface Player {
  /** What is heard now: `tr/main.menu`; null: nothing. */
  readonly playing: string | null;
  readonly failed: { readonly name: string; readonly error: unknown } | null;
  /** Plays it, or stops it when it is being played. */
  toggle(key: string, language: Language): void;
}

/** One prompt at a time. */
export function usePlayer(): Player {
  const audio = useRef<HTMLAudioElement | null>(null);
  const wanted = useRef<string | null>(null);
  const [playing, setPlaying] = useState<string | null>(null);
  const [failed, setFailed] = useState<Player['failed']>(null);

  const stop = useCallback(() => {
    wanted.current = null;
    audio.current?.pause();
    if (audio.current !== null) URL.revokeObjectURL(audio.current.src);
    audio.current = null;
    setPlaying(null);
  }, []);
  useEffect(() => stop, [stop]);

  async function play(key: string, language: Language, name: string): Promise<void> {
    try {
      const sound = await hearPrompt(key, language);
      // Meanwhile something else may have been asked for.
      if (wanted.current !== name) return;
      const element = new Audio(URL.createObjectURL(sound));
      audio.current = element;
      element.addEventListener('ended', stop);
      await element.play();
    } catch (error) {
      if (wanted.current !== name) return;
      stop();
      setFailed({ name, error });
    }
  }

  function toggle(key: string, language: Language): void {
    const name = `${language}/${key}`;
    const wasPlaying = playing === name;
    stop();
    setFailed(null);
    if (wasPlaying) return;
    wanted.current = name;
    setPlaying(name);
    void play(key, language, name);
  }
  return { playing, failed, toggle };
}
