import type { Telephony } from '../ports/telephony.ts';
import { type Command, orGone, refuse } from './command.ts';

type WebEndpoints = Pick<Telephony, 'putWebEndpoint' | 'removeWebEndpoint'>;

const RTP_TIMEOUT_SECONDS = '60';
const NAME = /^[A-Za-z0-9_-]{1,64}$/;

/**
 * Phones in the browser, made while Asterisk runs: objects of the `memory` wizard that sorcery.conf names after the
 * files. They vanish with Asterisk; push them again after each connect.
 */
export function webEndpointCommands(command: Command, mediaAddress: string | undefined): WebEndpoints {
  const put = (objectType: string, id: string, values: { readonly [attribute: string]: string }) =>
    command(
      'asterisk.updateObject',
      `${objectType}/${id}`,
      { configClass: 'res_pjsip', objectType, id },
      {
        fields: Object.entries(values).map(([attribute, value]) => ({ attribute, value })),
      },
    );
  const remove = (objectType: string, id: string) =>
    orGone(command('asterisk.deleteObject', `${objectType}/${id}`, { configClass: 'res_pjsip', objectType, id }));
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
        ...(mediaAddress === undefined ? {} : { media_address: mediaAddress, bind_rtp_to_media_address: 'yes' }),
      });
    },
    async removeWebEndpoint(name) {
      await remove('endpoint', name);
      await remove('auth', name);
      await remove('aor', name);
    },
  };
}
