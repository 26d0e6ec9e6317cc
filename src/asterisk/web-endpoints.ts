import type { Telephony } from '../ports/telephony.ts';
import { type Command, refuse } from './command.ts';
import { boundTo, memoryObjects } from './memory-objects.ts';

type WebEndpoints = Pick<Telephony, 'putWebEndpoint' | 'removeWebEndpoint'>;

const RTP_TIMEOUT_SECONDS = '60';
const NAME = /^[A-Za-z0-9_-]{1,64}$/;

/**
 * Phones in the browser, made while Asterisk runs. They vanish with it; push them again after each connect.
 */
export function webEndpointCommands(command: Command, mediaAddress: string | undefined): WebEndpoints {
  const { put, removeAll } = memoryObjects(command);
  return {
    async putWebEndpoint(name, secret) {
      if (!NAME.test(name)) refuse('A web endpoint’s name is 1 to 64 letters, digits, _ or -');
      // The newer browser wins: an agent has one phone.
      await put('aor', name, { max_contacts: '1', remove_existing: 'yes' });
      await put('auth', name, { auth_type: 'userpass', username: name, password: secret });
      await put('endpoint', name, {
        aors: name,
        auth: name,
        context: 'from-web',
        // ICE, DTLS-SRTP, AVPF, rtcp-mux and the `ws` transport by one word.
        webrtc: 'yes',
        dtls_auto_generate_cert: 'yes',
        disallow: 'all',
        allow: 'opus,ulaw',
        // The engine hears keys as RFC 4733 events.
        dtmf_mode: 'rfc4733',
        callerid: name,
        // A browser that is gone without a word frees its channel.
        rtp_timeout: RTP_TIMEOUT_SECONDS,
        ...boundTo(mediaAddress),
      });
    },
    removeWebEndpoint: removeAll,
  };
}
