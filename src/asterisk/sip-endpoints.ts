import { hasCode } from '../domain/errors.ts';
import type { Telephony } from '../ports/telephony.ts';
import { isRaw } from './channel-info.ts';
import { type Command, refuse } from './command.ts';
import { boundTo, memoryObjects } from './memory-objects.ts';

type SipEndpoints = Pick<Telephony, 'putSipEndpoint' | 'removeSipEndpoint' | 'isReachable'>;

const NAME = /^[A-Za-z0-9_-]{1,64}$/;
const HA1 = /^[0-9a-f]{32}$/;

/** Desk phones, made while Asterisk runs, as the accounts of pjsip.conf are ([agent], [agent-aor]). They vanish with Asterisk. */
export function sipEndpointCommands(command: Command, mediaAddress: string | undefined): SipEndpoints {
  const objects = memoryObjects(command);
  return {
    async putSipEndpoint({ name, realm, ha1 }) {
      if (!NAME.test(name)) refuse('A desk phone’s name is 1 to 64 letters, digits, _ or -');
      if (!HA1.test(ha1)) refuse('A desk phone’s password comes as MD5 in 32 hexadecimal digits');
      // A phone, and the same phone after it changed its address: the oldest goes.
      await objects.put('aor', name, { max_contacts: '2', remove_existing: 'yes', minimum_expiration: '60', default_expiration: '300' });
      await objects.put('auth', name, { auth_type: 'md5', username: name, realm, md5_cred: ha1 });
      await objects.put('endpoint', name, {
        aors: name,
        auth: name,
        context: 'from-agents',
        identify_by: 'username',
        disallow: 'all',
        allow: 'alaw,ulaw,g722,opus',
        dtmf_mode: 'rfc4733',
        // Audio always passes through Asterisk: the engine plays, listens and records.
        direct_media: 'no',
        // A phone behind a router is reached where its packets come from.
        rtp_symmetric: 'yes',
        force_rport: 'yes',
        rewrite_contact: 'yes',
        rtp_timeout: '60',
        rtp_timeout_hold: '3600',
        tone_zone: 'tr',
        allow_subscribe: 'no',
        callerid: `${name} <${name}>`,
        ...boundTo(mediaAddress),
      });
    },
    removeSipEndpoint: (name) => objects.removeAll(name),
    async isReachable(resource) {
      try {
        const endpoint = await command('endpoints.get', resource, { tech: 'PJSIP', resource });
        return isRaw(endpoint) && endpoint['state'] === 'online';
      } catch (error) {
        if (hasCode(error, 'telephony.gone')) return false;
        throw error;
      }
    },
  };
}
