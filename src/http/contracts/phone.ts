import { z } from 'zod';
import { contract, doc, EVERYBODY, named } from '../contract.ts';

export const openPhone = contract({
  id: 'phone.open',
  method: 'POST',
  path: '/api/v1/phone/session',
  tag: 'phone',
  summary: 'Get a SIP account for the phone in this browser',
  description:
    'The account belongs to the login, is the same when asked again, and is gone after logout. Register over the WebSocket at `wsPath` on this origin, subprotocol `sip`, with the login cookie.',
  access: EVERYBODY,
  reply: {
    status: 200,
    description: 'The account.',
    schema: named(
      'PhoneAccount',
      z.object({
        username: doc(z.string(), 'SIP user.', 'web-0f3a9c5511d2e784'),
        password: doc(z.string(), 'SIP password, for this page’s memory only.', 'q1…'),
        domain: doc(z.string(), 'Host part of the SIP address.', 'santral.invalid'),
        wsPath: doc(z.string(), 'Path of the WebSocket on this origin.', '/sip'),
      }),
      'What a browser needs to register.',
    ),
  },
  errors: ['telephony.disconnected', 'telephony.timeout', 'telephony.refused'],
});

const position = z.string().regex(/^call_[0-9a-hjkmnp-tv-z]{26}\.\d{1,9}$/, 'must be an event id of this feed');

export const followPhone = contract({
  id: 'phone.feed',
  method: 'GET',
  path: '/api/v1/phone/feed',
  tag: 'phone',
  summary: 'What the flow does with the calls of my browser phone, live',
  description:
    'Server-sent events; stays open over many calls. `event: call` names a call of this phone (`{callId, did, flow, startedAt}`), `event: entry` is a journal line, `event: ended` says that nothing more comes for that call (`{callId}`). Ids are `<call>.<seq>`; a reader that comes back with `Last-Event-ID` (or `?after=`) gets what it missed of that call.',
  access: EVERYBODY,
  query: z.strictObject({ after: doc(position, 'The last event id seen.', 'call_01jd9v8q4k0000000000000000.7').optional() }),
  reply: { status: 200, description: 'The stream.', schema: z.string(), contentType: 'text/event-stream' },
  errors: [],
});
