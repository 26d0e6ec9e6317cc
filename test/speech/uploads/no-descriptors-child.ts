import { openSync } from 'node:fs';
import { createDecoder } from '../../../src/speech/uploads/decoder.ts';
import { createEspeakVoice } from '../../../src/speech/voices/espeak.ts';

/** Run by `studio.test.ts` with few file descriptors: uses them up, then asks for programs to be started. */
const never = new AbortController().signal;
const decode = createDecoder();
const voice = await createEspeakVoice();
for (;;) {
  try {
    openSync('/dev/null', 'r');
  } catch {
    break;
  }
}
const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : String(error));
const decoded = await decode('mp3', Buffer.alloc(1000), never).then(() => 'decoded', codeOf);
const spoken = await voice.render('Merhaba.', 'tr', never).then(() => 'spoken', codeOf);
process.stdout.write(`${decoded} ${spoken}`);
