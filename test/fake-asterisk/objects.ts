import type { FakeState, Reply } from './model.ts';

type Params = { readonly [name: string]: string };

/** The attributes the engine uses; Asterisk refuses those it does not know. */
const KNOWN: { readonly [type: string]: readonly string[] } = {
  aor: ['max_contacts', 'remove_existing', 'minimum_expiration', 'default_expiration'],
  auth: ['auth_type', 'username', 'password', 'realm', 'md5_cred'],
  endpoint: [
    'aors',
    'auth',
    'context',
    'webrtc',
    'dtls_auto_generate_cert',
    'disallow',
    'allow',
    'dtmf_mode',
    'callerid',
    'rtp_timeout',
    'rtp_timeout_hold',
    'identify_by',
    'direct_media',
    'rtp_symmetric',
    'force_rport',
    'rewrite_contact',
    'tone_zone',
    'allow_subscribe',
    'media_address',
    'bind_rtp_to_media_address',
  ],
};

/** PUT /asterisk/config/dynamic/res_pjsip/TYPE/ID: makes or replaces. */
export function putObject(state: FakeState, params: Params, body: unknown): Reply {
  const { configClass, objectType = '', id = '' } = params;
  const known = configClass === 'res_pjsip' ? KNOWN[objectType] : undefined;
  if (known === undefined) return { status: 404, body: { message: `${configClass}/${objectType} not found` } };
  const { fields } = body as { readonly fields?: readonly { readonly attribute: string; readonly value: string }[] };
  if (fields === undefined || fields.some(({ attribute }) => !known.includes(attribute)))
    return { status: 400, body: { message: `Update of object '${id}' failed field value validation` } };
  state.objects.set(`${objectType}/${id}`, new Map(fields.map(({ attribute, value }) => [attribute, value])));
  return { status: 200, body: fields };
}

export function removeObject(state: FakeState, { objectType, id }: Params): Reply {
  if (!state.objects.delete(`${objectType}/${id}`)) return { status: 404, body: { message: `Object with id '${id}' not found` } };
  return { status: 204 };
}

/** GET /endpoints/PJSIP/NAME: online where a phone is registered, which a test says. */
export function endpointState(state: FakeState, resource: string): Reply {
  if (!state.objects.has(`endpoint/${resource}`)) return { status: 404, body: { message: 'Endpoint not found' } };
  const online = state.registered.has(resource);
  return { status: 200, body: { technology: 'PJSIP', resource, state: online ? 'online' : 'offline', channel_ids: [] } };
}
