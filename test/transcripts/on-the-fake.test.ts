import { describe, it } from 'vitest';
import { callOnTheFake } from './fake-telephone.ts';
import { play } from './play.ts';
import { readTranscripts } from './transcript.ts';

describe('transcripts on the fake Asterisk', () => {
  it.each(readTranscripts().map((one) => [one.id, one] as const))('%s', async (_, transcript) => {
    const { phone, close } = await callOnTheFake(transcript);
    try {
      await play(transcript, phone);
    } finally {
      await close();
    }
  });
});
