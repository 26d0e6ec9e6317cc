import { sealWith } from '../../src/store/session-seal.ts';

/** One for all processes of the tests. */
export const TEST_SEAL = sealWith('the key of the tests');
