import { messageOf } from '../kit/messages.ts';
import type { House } from './house.ts';

/** One way to use an operation that must go well for each role that may use it. Made anew for every role. */
export interface Case {
  /** What is needed first; gives the address and the body. */
  ask(
    house: House,
  ):
    | Promise<{ readonly url: string; readonly body?: unknown; readonly raw?: string; readonly type?: string }>
    | { readonly url: string; readonly body?: unknown; readonly raw?: string; readonly type?: string };
  readonly status: number;
}

const SIMULATION = 'sim_01jd9v8q4k0000000000000000';
let count = 0;
const fresh = (name: string): string => `${name}-${(count += 1)}`;

const dealer = {
  name: 'Yıldız Otomotiv',
  province: 34,
  district: 'Kadıköy',
  address: 'Bağdat Caddesi No 12',
  postcode: '34710',
  phone: '0212 555 00 10',
  hours: 'mon-fri 09:00-18:00',
};
const csv =
  'kod;ad;il;ilçe;adres;posta kodu;telefon;saatler\nANK-1;Başkent;6;Çankaya;Atatürk Bulvarı 1;06420;0312 555 00 10;hafta içi 09:00-18:00\n';

async function aCall(house: House, up = false): Promise<string> {
  const call = house.newCall();
  await house.happen(call, up ? ['call-arrived'] : ['call-arrived', 'call-ended']);
  if (up) house.live.push({ ...call, node: 'language', channelName: 'PJSIP/trunk-00000001' });
  return call.id;
}

async function aFlow(house: House): Promise<string> {
  await house.deps.flows.publish([{ flow: 'main-menu', source: fresh('id: main-menu # ') }], 'test');
  return 'main-menu';
}

/** A draft of a flow of its own, at version 1. */
async function aDraft(house: House): Promise<string> {
  const flow = fresh('flow');
  await house.deps.workshop.save({ flow, source: `flow: ${flow}`, basedOn: null }, null, 'test');
  return flow;
}

/** Two revisions of main-menu: the older one, the newer one, and their release. */
async function twoRevisions(house: House): Promise<{ old: number; current: number; release: number }> {
  await aFlow(house);
  await aFlow(house);
  const release = await house.stores.flows.latestRelease();
  const current = release?.flows['main-menu'] ?? 0;
  return { old: current - 1, current, release: release?.id ?? 0 };
}

async function aDealer(house: House): Promise<string> {
  await house.deps.dealers.importCsv(house.deps.config.brand, Buffer.from(csv), { dryRun: false });
  return 'ANK-1';
}

async function aMessage(house: House): Promise<string> {
  const message = messageOf(house.deps.config.brand);
  await house.stores.outbox.add([message]);
  return message.id;
}

async function aDeadLetter(house: House): Promise<string> {
  const id = await aMessage(house);
  await house.stores.outbox.expire(Number.MAX_SAFE_INTEGER, 0, 'too late');
  return id;
}

/** By operation id. The registry test demands one for every operation, and none without one. */
export const CASES: { readonly [operation: string]: Case } = {
  'auth.login': {
    ask: async (house) => {
      const { name } = await house.addUser(fresh('ayse'), 'agent');
      return { url: '/api/v1/auth/login', body: { name, password: `${name}-password` } };
    },
    status: 200,
  },
  'auth.logout': { ask: () => ({ url: '/api/v1/auth/logout' }), status: 204 },
  'auth.me': { ask: () => ({ url: '/api/v1/auth/me' }), status: 200 },
  // The password of the asking user is not known here: that it is asked for shows that the handler was reached.
  'auth.change-password': {
    ask: () => ({ url: '/api/v1/auth/password', body: { current: 'wrong', next: 'a long passphrase' } }),
    status: 401,
  },
  'users.list': { ask: () => ({ url: '/api/v1/users' }), status: 200 },
  'users.create': { ask: () => ({ url: '/api/v1/users', body: { name: fresh('mehmet'), role: 'agent' } }), status: 201 },
  'users.change': {
    ask: async (house) => ({ url: `/api/v1/users/${(await house.addUser(fresh('can'), 'agent')).id}`, body: { role: 'supervisor' } }),
    status: 200,
  },
  'users.reset-password': {
    ask: async (house) => ({ url: `/api/v1/users/${(await house.addUser(fresh('can'), 'agent')).id}/reset-password` }),
    status: 200,
  },
  'users.tokens': {
    ask: async (house) => ({ url: `/api/v1/users/${(await house.addUser(fresh('can'), 'agent')).id}/tokens` }),
    status: 200,
  },
  'users.issue-token': {
    ask: async (house) => ({
      url: `/api/v1/users/${(await house.addUser(fresh('wall'), 'supervisor')).id}/tokens`,
      body: { label: 'wallboard', days: 30 },
    }),
    status: 201,
  },
  'users.revoke-token': {
    ask: async (house) => {
      const { id } = await house.addUser(fresh('wall'), 'supervisor');
      const { token } = await house.auth.issueMachineToken(id, 'wallboard', 1);
      return { url: `/api/v1/users/${id}/tokens/${token.id}` };
    },
    status: 204,
  },
  'calls.list': { ask: () => ({ url: '/api/v1/calls?state=ended&limit=2' }), status: 200 },
  'calls.live': { ask: () => ({ url: '/api/v1/calls/live' }), status: 200 },
  'calls.get': { ask: async (house) => ({ url: `/api/v1/calls/${await aCall(house)}` }), status: 200 },
  'calls.journal': { ask: async (house) => ({ url: `/api/v1/calls/${await aCall(house)}/events?after=1` }), status: 200 },
  'calls.feed': { ask: async (house) => ({ url: `/api/v1/calls/${await aCall(house)}/feed` }), status: 200 },
  'calls.hang-up': { ask: async (house) => ({ url: `/api/v1/calls/${await aCall(house, true)}/hangup` }), status: 202 },
  'phone.open': { ask: () => ({ url: '/api/v1/phone/session' }), status: 200 },
  'phone.feed': { ask: () => ({ url: '/api/v1/phone/feed' }), status: 200 },
  'flows.list': { ask: () => ({ url: '/api/v1/flows' }), status: 200 },
  'flows.get': { ask: async (house) => ({ url: `/api/v1/flows/${await aFlow(house)}` }), status: 200 },
  'flows.revision': { ask: async (house) => ({ url: `/api/v1/flows/${await aFlow(house)}/revisions/1` }), status: 200 },
  'flows.check': { ask: () => ({ url: '/api/v1/flows/check', body: { flows: [{ flow: 'main-menu', source: 'broken' }] } }), status: 200 },
  'flows.publish-one': {
    ask: () => ({ url: '/api/v1/flows/main-menu', raw: fresh('id: main-menu # '), type: 'application/yaml' }),
    status: 200,
  },
  'releases.create': {
    ask: () => ({ url: '/api/v1/releases', body: { flows: [{ flow: 'main-menu', source: fresh('id: main-menu # ') }] } }),
    status: 201,
  },
  'releases.list': { ask: () => ({ url: '/api/v1/releases?limit=1' }), status: 200 },
  'workshop.list': { ask: () => ({ url: '/api/v1/workshop' }), status: 200 },
  'drafts.get': { ask: async (house) => ({ url: `/api/v1/flows/${await aDraft(house)}/draft` }), status: 200 },
  'drafts.save': {
    ask: () => ({ url: `/api/v1/flows/${fresh('flow')}/draft`, body: { source: 'broken', basedOn: null, seen: null } }),
    status: 200,
  },
  'drafts.discard': { ask: async (house) => ({ url: `/api/v1/flows/${await aDraft(house)}/draft?version=1` }), status: 204 },
  'drafts.readiness': { ask: async (house) => ({ url: `/api/v1/flows/${await aDraft(house)}/draft/readiness` }), status: 200 },
  'drafts.publish': {
    ask: async (house) => ({ url: `/api/v1/flows/${await aDraft(house)}/draft/publish`, body: { version: 1 } }),
    status: 201,
  },
  'flows.roll-back': {
    ask: async (house) => {
      const { old, current } = await twoRevisions(house);
      return { url: '/api/v1/flows/main-menu/rollback', body: { revision: old, current } };
    },
    status: 201,
  },
  'releases.roll-back': {
    ask: async (house) => {
      const { release } = await twoRevisions(house);
      return { url: `/api/v1/releases/${release - 1}/rollback`, body: { current: release } };
    },
    status: 201,
  },
  'flows.inspect': { ask: () => ({ url: '/api/v1/flows/inspect', body: { flow: 'main-menu', source: 'odd' } }), status: 200 },
  'flows.outline': { ask: async (house) => ({ url: `/api/v1/flows/${await aFlow(house)}/outline` }), status: 200 },
  'flows.figures': { ask: async (house) => ({ url: `/api/v1/flows/${await aFlow(house)}/figures` }), status: 200 },
  'flows.language': { ask: () => ({ url: '/api/v1/flow-language' }), status: 200 },
  'simulations.begin': { ask: () => ({ url: '/api/v1/simulations', body: { flow: 'main' } }), status: 201 },
  // Simulations belong to the login that began them: that it is not found shows that the handler was reached.
  'simulations.get': { ask: () => ({ url: `/api/v1/simulations/${SIMULATION}?first=1` }), status: 404 },
  'simulations.input': { ask: () => ({ url: `/api/v1/simulations/${SIMULATION}/inputs`, body: { kind: 'silence' } }), status: 404 },
  'simulations.end': { ask: () => ({ url: `/api/v1/simulations/${SIMULATION}` }), status: 404 },
  'simulations.audio': { ask: () => ({ url: `/api/v1/simulations/${SIMULATION}/audio/1` }), status: 404 },
  'numbers.list': { ask: () => ({ url: '/api/v1/numbers' }), status: 200 },
  'numbers.put': { ask: () => ({ url: '/api/v1/numbers/02125550010', body: { flow: 'main-menu', language: 'tr' } }), status: 200 },
  'numbers.remove': {
    ask: async (house) => {
      await house.deps.numbers.put({ did: '02125550011', flow: 'main-menu', language: 'tr', label: { tr: '', en: '' } });
      return { url: '/api/v1/numbers/02125550011' };
    },
    status: 204,
  },
  'dealers.list': { ask: () => ({ url: '/api/v1/dealers?province=34' }), status: 200 },
  'dealers.get': { ask: async (house) => ({ url: `/api/v1/dealers/${await aDealer(house)}` }), status: 200 },
  'dealers.put': { ask: () => ({ url: '/api/v1/dealers/IST-1', body: dealer }), status: 200 },
  'dealers.remove': { ask: async (house) => ({ url: `/api/v1/dealers/${await aDealer(house)}` }), status: 204 },
  'dealers.import': { ask: () => ({ url: '/api/v1/dealers/import?dryRun=true', raw: csv, type: 'text/csv' }), status: 200 },
  'health.get': { ask: () => ({ url: '/health' }), status: 200 },
  'health.details': { ask: () => ({ url: '/api/v1/health' }), status: 200 },
  'metrics.get': { ask: () => ({ url: '/metrics' }), status: 200 },
  'settings.list': { ask: () => ({ url: '/api/v1/settings' }), status: 200 },
  'errors.list': { ask: () => ({ url: '/api/v1/errors' }), status: 200 },
  'messages.list': { ask: () => ({ url: '/api/v1/messages?state=queued&channel=sms' }), status: 200 },
  'messages.get': { ask: async (house) => ({ url: `/api/v1/messages/${await aMessage(house)}` }), status: 200 },
  'messages.replay': { ask: async (house) => ({ url: `/api/v1/messages/${await aDeadLetter(house)}/replay` }), status: 200 },
  'messages.replay-all': { ask: () => ({ url: '/api/v1/messages/replay', body: { channel: 'sms' } }), status: 200 },
  'messages.cancel': { ask: async (house) => ({ url: `/api/v1/messages/${await aMessage(house)}/cancel` }), status: 200 },
  'consents.find': { ask: () => ({ url: '/api/v1/consents/find', body: { recipient: '0555 000 00 17' } }), status: 200 },
  'consents.record': {
    ask: () => ({
      url: '/api/v1/consents',
      body: { recipient: '0555 000 00 17', recipientType: 'BIREYSEL', type: 'MESAJ', status: 'ONAY', source: 'HS_CAGRI_MERKEZI' },
    }),
    status: 200,
  },
  'consents.block': { ask: () => ({ url: '/api/v1/do-not-contact', body: { recipient: '0555 000 00 17', reason: 'asked' } }), status: 204 },
  'consents.unblock': {
    ask: async (house) => {
      await house.deps.consents.block(house.deps.config.brand, '+905550000018', 'asked', 'test');
      return { url: '/api/v1/do-not-contact/lift', body: { recipient: '+905550000018' } };
    },
    status: 204,
  },
};
