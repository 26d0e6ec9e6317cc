import { sealAudioWith } from '../../src/files/sealed-audio.ts';
import { sealWith } from '../../src/store/session-seal.ts';

/** One for all processes of the tests. */
export const TEST_SEAL = sealWith('the key of the tests');
/** The same for audio. */
export const TEST_SEALED_AUDIO = sealAudioWith('the key of the tests');
