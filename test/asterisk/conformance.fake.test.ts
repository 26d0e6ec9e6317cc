import { openAriClientTransport } from '../../src/asterisk/ari-client-transport.ts';
import { openOwnTransport } from '../../src/asterisk/own-transport.ts';
import { startFakeAsterisk } from '../fake-asterisk/fake.ts';
import type { Exchange } from './bench.ts';
import { conformance } from './conformance.ts';

async function openFake(): Promise<Exchange> {
  const fake = await startFakeAsterisk({
    durations: (path) => (path.startsWith('/clips/') ? Number(path.slice('/clips/'.length)) : undefined),
  });
  fake.endpoint('PJSIP/answers', { outcome: 'answer', afterMs: 0, ringAfterMs: 0 });
  fake.endpoint('PJSIP/rings', { outcome: 'no-answer' });
  fake.endpoint('PJSIP/busy', { outcome: 'busy' });
  return {
    ...fake,
    ariPassword: fake.ariPassword,
    async call(did, ani) {
      const phone = fake.call({ did, ani });
      return { press: async (keys) => phone.press(keys), speak: async () => phone.speak(1_200), hangUp: async () => phone.hangUp() };
    },
    clip: (ms) => `/clips/${ms}`,
    missing: '/nowhere/nothing',
    endpoints: { answers: 'PJSIP/answers', rings: 'PJSIP/rings', busy: 'PJSIP/busy', unknown: 'PJSIP/02125550077' },
    pass: fake.advance,
  };
}

conformance('own transport on the fake', openOwnTransport, openFake);
conformance('ari-client on the fake', openAriClientTransport, openFake);
