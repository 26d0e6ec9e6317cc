import { useState } from 'react';
import type { Language } from '../../domain/language.ts';
import { type Remark, recordPrompt, unrecordPrompt } from '../api/prompts.ts';

/** What becomes of one language's recording. */
export type Recording =
  | { readonly kind: 'idle' }
  /** `share`: how much has arrived, 0 to 1; then it is converted. */
  | { readonly kind: 'uploading'; readonly share: number }
  | { readonly kind: 'uploaded'; readonly remarks: readonly Remark[] }
  | { readonly kind: 'asking' }
  | { readonly kind: 'removing' }
  | { readonly kind: 'removed' }
  | { readonly kind: 'too-many' }
  | { readonly kind: 'failed'; readonly error: unknown };

export interface Recorder {
  readonly state: Recording;
  readonly busy: boolean;
  upload(files: FileList | readonly File[] | null): void;
  /** First asks whether it is meant. */
  askToRemove(): void;
  keep(): void;
  remove(): void;
}

/** Uploads and removes the recording of one prompt in one language. `changed` loads the list anew. */
export function useRecorder(key: string, language: Language, changed: () => Promise<unknown>): Recorder {
  const [state, setState] = useState<Recording>({ kind: 'idle' });

  async function send(file: File): Promise<void> {
    setState({ kind: 'uploading', share: 0 });
    try {
      const remarks = await recordPrompt(key, language, file, (share) => setState({ kind: 'uploading', share }));
      await changed();
      setState({ kind: 'uploaded', remarks });
    } catch (error) {
      setState({ kind: 'failed', error });
    }
  }

  async function takeAway(): Promise<void> {
    setState({ kind: 'removing' });
    try {
      await unrecordPrompt(key, language);
      await changed();
      setState({ kind: 'removed' });
    } catch (error) {
      setState({ kind: 'failed', error });
    }
  }

  return {
    state,
    busy: state.kind === 'uploading' || state.kind === 'removing',
    upload(files) {
      const [file, ...more] = Array.from(files ?? []);
      if (file === undefined) return;
      if (more.length > 0) setState({ kind: 'too-many' });
      else void send(file);
    },
    askToRemove: () => setState({ kind: 'asking' }),
    keep: () => setState({ kind: 'idle' }),
    remove: () => void takeAway(),
  };
}
