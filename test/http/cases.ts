import { CAMPAIGN_CASES } from './campaign-cases.ts';
import type { Case } from './case.ts';
import {
  aCalendar,
  aCall,
  aCallback,
  aDeadLetter,
  aDealer,
  aDraft,
  aFeed,
  aFlow,
  aMessage,
  anAppointment,
  aRecordedCall,
  aRecording,
  aSentForm,
  aSurveyLink,
  aTime,
  calendar,
  csv,
  dealer,
  fresh,
  SIMULATION,
  SOUND,
  twoRevisions,
} from './case-things.ts';
import { DESK_CASES } from './desk-cases.ts';
import { DIRECTORY_CASES } from './directory-cases.ts';
import { LIST_CASES } from './list-cases.ts';
import { REGISTRY_CASES } from './registry-cases.ts';

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
  'calls.notes': { ask: async (house) => ({ url: `/api/v1/calls/${await aCall(house)}/notes` }), status: 200 },
  'calls.journal': { ask: async (house) => ({ url: `/api/v1/calls/${await aCall(house)}/events?after=1` }), status: 200 },
  'calls.feed': { ask: async (house) => ({ url: `/api/v1/calls/${await aCall(house)}/feed` }), status: 200 },
  'calls.recording': { ask: async (house) => ({ url: `/api/v1/calls/${await aRecordedCall(house)}/recording` }), status: 200 },
  'calls.recording.audio': { ask: async (house) => ({ url: `/api/v1/calls/${await aRecordedCall(house)}/recording/audio` }), status: 200 },
  'calls.recording.remove': { ask: async (house) => ({ url: `/api/v1/calls/${await aRecordedCall(house)}/recording` }), status: 204 },
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
  'scenarios.get': { ask: async (house) => ({ url: `/api/v1/flows/${await aFlow(house)}/scenarios` }), status: 200 },
  'scenarios.inspect': {
    ask: () => ({ url: '/api/v1/scenarios/inspect', body: { flow: 'main-menu', source: 'x', scenarios: 'y' } }),
    status: 200,
  },
  'scenarios.run': { ask: () => ({ url: '/api/v1/scenarios/run', body: { flow: 'main-menu', source: 'x', scenarios: 'y' } }), status: 200 },
  'flows.outline': { ask: async (house) => ({ url: `/api/v1/flows/${await aFlow(house)}/outline` }), status: 200 },
  'flows.figures': { ask: async (house) => ({ url: `/api/v1/flows/${await aFlow(house)}/figures` }), status: 200 },
  'flows.language': { ask: () => ({ url: '/api/v1/flow-language' }), status: 200 },
  'simulations.begin': { ask: () => ({ url: '/api/v1/simulations', body: { flow: 'main' } }), status: 201 },
  // Simulations belong to the login that began them: that it is not found shows that the handler was reached.
  'simulations.get': { ask: () => ({ url: `/api/v1/simulations/${SIMULATION}?first=1` }), status: 404 },
  'simulations.input': { ask: () => ({ url: `/api/v1/simulations/${SIMULATION}/inputs`, body: { kind: 'silence' } }), status: 404 },
  'simulations.record': { ask: () => ({ url: `/api/v1/simulations/${SIMULATION}/scenario`, body: { name: 'a', into: '' } }), status: 404 },
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
  'prompts.list': { ask: () => ({ url: '/api/v1/prompts' }), status: 200 },
  'prompts.hear': { ask: () => ({ url: '/api/v1/prompts/main.menu/audio/en' }), status: 200 },
  'prompts.record': { ask: () => ({ url: '/api/v1/prompts/main.menu/recordings/en', raw: SOUND, type: 'audio/wav' }), status: 200 },
  'prompts.unrecord': {
    ask: async (house) => {
      await house.deps.prompts.record('main.menu', 'en', SOUND, 'test', new AbortController().signal);
      return { url: '/api/v1/prompts/main.menu/recordings/en' };
    },
    status: 204,
  },
  'switches.list': { ask: () => ({ url: '/api/v1/switches' }), status: 200 },
  'switches.set': {
    ask: () => ({ url: '/api/v1/switches/emergency', body: { on: true, text: { tr: 'Su kesintisi var.', en: 'There is no water.' } } }),
    status: 200,
  },
  'switches.set-pin': { ask: () => ({ url: '/api/v1/switches/emergency/pin', body: { pin: '482913' } }), status: 204 },
  'switches.remove-pin': {
    ask: async (house) => {
      await house.deps.switches.setPin(house.deps.config.brand, 'emergency', '482913', 'test');
      return { url: '/api/v1/switches/emergency/pin' };
    },
    status: 204,
  },
  'audit.list': { ask: () => ({ url: '/api/v1/audit?subject=emergency&limit=2' }), status: 200 },
  'recordings.list': { ask: () => ({ url: '/api/v1/recordings?kind=voicemail&flow=nps&from=1&to=2&unheard=true&limit=2' }), status: 200 },
  'recordings.get': { ask: async (house) => ({ url: `/api/v1/recordings/${await aRecording(house)}` }), status: 200 },
  'recordings.audio': { ask: async (house) => ({ url: `/api/v1/recordings/${await aRecording(house)}/audio` }), status: 200 },
  'recordings.heard': { ask: async (house) => ({ url: `/api/v1/recordings/${await aRecording(house)}/heard` }), status: 200 },
  'recordings.remove': { ask: async (house) => ({ url: `/api/v1/recordings/${await aRecording(house)}` }), status: 204 },
  ...DIRECTORY_CASES,
  'callbacks.list': { ask: () => ({ url: '/api/v1/callbacks?state=open&group=sales&limit=2' }), status: 200 },
  'callbacks.open': { ask: () => ({ url: '/api/v1/callbacks/open' }), status: 200 },
  'callbacks.figures': { ask: () => ({ url: '/api/v1/callbacks/figures?from=0&to=86400000' }), status: 200 },
  'callbacks.get': { ask: async (house) => ({ url: `/api/v1/callbacks/${await aCallback(house)}` }), status: 200 },
  'callbacks.close': { ask: async (house) => ({ url: `/api/v1/callbacks/${await aCallback(house)}/close` }), status: 200 },
  'callbacks.move': {
    ask: async (house) => ({ url: `/api/v1/callbacks/${await aCallback(house)}/move`, body: { before: await aCallback(house) } }),
    status: 200,
  },
  // Who asks is no agent of this floor: that they are told so shows that the handler was reached.
  'callback-forms.open': { ask: () => ({ url: '/api/v1/callback-forms/call-me' }), status: 200 },
  'callback-forms.send': {
    ask: async (house) => ({ url: '/api/v1/callback-forms/call-me', body: await aSentForm(house) }),
    status: 202,
  },
  'callbacks.take': { ask: async (house) => ({ url: `/api/v1/callbacks/${await aCallback(house)}/take` }), status: 409, agentStatus: 403 },
  'surveys.list': { ask: () => ({ url: '/api/v1/surveys' }), status: 200 },
  'surveys.invite': { ask: () => ({ url: '/api/v1/surveys/nps/invitations', body: { language: 'tr', dealer: 'IST-001' } }), status: 201 },
  'surveys.call': { ask: () => ({ url: '/api/v1/surveys/nps/calls', body: { number: '0555 000 00 17', language: 'tr' } }), status: 202 },
  'surveys.report': { ask: () => ({ url: '/api/v1/surveys/nps/report?from=0&to=86400000' }), status: 200 },
  'surveys.comments': { ask: () => ({ url: '/api/v1/surveys/nps/comments?from=0&to=86400000&limit=5' }), status: 200 },
  'survey-links.open': { ask: async (house) => ({ url: `/api/v1/survey-links/${await aSurveyLink(house)}` }), status: 200 },
  'survey-links.submit': {
    ask: async (house) => ({
      url: `/api/v1/survey-links/${await aSurveyLink(house)}`,
      body: { language: 'tr', answers: [{ question: 'score', value: 9 }] },
    }),
    status: 204,
  },
  'services.list': { ask: () => ({ url: '/api/v1/services' }), status: 200 },
  'services.put': { ask: () => ({ url: '/api/v1/services/lastik', body: { label: { tr: 'Lastik', en: 'Tyres' } } }), status: 200 },
  'services.remove': {
    ask: async (house) => {
      await aCalendar(house);
      return { url: '/api/v1/services/bakim' };
    },
    status: 204,
  },
  'service-calendars.list': { ask: () => ({ url: '/api/v1/service-calendars?dealer=ANK-1' }), status: 200 },
  'service-calendars.put': { ask: async (house) => ({ url: `${await aCalendar(house)}/calendar`, body: calendar }), status: 200 },
  'service-calendars.remove': { ask: async (house) => ({ url: `${await aCalendar(house)}/calendar` }), status: 204 },
  'slots.list': { ask: async (house) => ({ url: `${await aCalendar(house)}/slots?limit=3` }), status: 200 },
  'appointments.list': { ask: () => ({ url: '/api/v1/appointments?dealer=ANK-1&day=2026-12-01' }), status: 200 },
  'appointments.get': { ask: async (house) => ({ url: await anAppointment(house) }), status: 200 },
  'appointments.create': {
    ask: async (house) => ({ url: '/api/v1/appointments', body: { dealer: 'ANK-1', service: 'bakim', startsAt: await aTime(house) } }),
    status: 201,
  },
  'appointments.move': {
    ask: async (house) => ({ url: `${await anAppointment(house)}/move`, body: { startsAt: await aTime(house) } }),
    status: 200,
  },
  'appointments.cancel': { ask: async (house) => ({ url: `${await anAppointment(house)}/cancel` }), status: 200 },
  'appointment-feeds.open': {
    ask: async (house) => {
      await aDealer(house);
      return { url: '/api/v1/dealers/ANK-1/appointment-feed' };
    },
    status: 201,
  },
  'appointment-feeds.close': {
    ask: async (house) => {
      await aFeed(house);
      return { url: '/api/v1/dealers/ANK-1/appointment-feed' };
    },
    status: 204,
  },
  'appointment-feeds.read': { ask: async (house) => ({ url: `/api/v1/appointment-feeds/${await aFeed(house)}` }), status: 200 },
  ...CAMPAIGN_CASES,
  ...DESK_CASES,
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
  'imports.upload': {
    ask: () => ({ url: '/api/v1/imports?kind=customers&name=a.csv', raw: 'telefon;ad soyad\n05321234567;Ayşe Yılmaz\n', type: 'text/csv' }),
    status: 201,
  },
  'imports.list': { ask: () => ({ url: '/api/v1/imports' }), status: 200 },
  'imports.get': { ask: async ({ match }) => ({ url: `/api/v1/imports/${await match.loaded()}` }), status: 200 },
  'imports.rejected': { ask: async ({ match }) => ({ url: `/api/v1/imports/${await match.loaded()}/rejected.csv` }), status: 200 },
  'imports.preview': {
    ask: async ({ match }) => ({ url: `/api/v1/imports/${await match.waiting()}/preview`, body: { mapping: { telefon: 'phone' } } }),
    status: 200,
  },
  'imports.confirm': {
    ask: async ({ match }) => {
      await match.settled();
      return { url: `/api/v1/imports/${await match.waiting()}/confirm`, body: {} };
    },
    status: 202,
  },
  'imports.discard': { ask: async ({ match }) => ({ url: `/api/v1/imports/${await match.waiting()}` }), status: 204 },
  ...LIST_CASES,
  'candidates.list': {
    ask: async ({ match }) => {
      await match.callOnLine();
      return { url: '/api/v1/agent/call/candidates' };
    },
    status: 200,
  },
  'candidates.verify': {
    ask: async ({ match }) => {
      await match.callOnLine();
      return { url: '/api/v1/agent/call/candidates/c1/verify', body: { field: 'birth-year', answer: '1984' } };
    },
    status: 200,
  },
  'candidates.none': {
    ask: async ({ match }) => {
      await match.callOnLine();
      return { url: '/api/v1/agent/call/candidates/none' };
    },
    status: 200,
  },
  'candidates.question': {
    ask: async ({ match }) => {
      await match.callOnLine('02121234599');
      return { url: '/api/v1/agent/call/question', body: { field: 'birth-year', answer: '1961' } };
    },
    status: 200,
  },
  'candidates.customer': {
    ask: async ({ match }) => {
      await match.callOnLine();
      await match.verify();
      return { url: '/api/v1/agent/call/customer' };
    },
    status: 200,
  },
  'match-settings.get': { ask: () => ({ url: '/api/v1/matching/settings' }), status: 200 },
  'match-settings.put': {
    ask: () => ({
      url: '/api/v1/matching/settings',
      body: {
        mode: { kind: 'suffix', digits: 5 },
        most: 10,
        tries: 3,
        verify: ['birth-year', 'customer-no'],
        questions: ['birth-year', 'city'],
        anonymous: true,
      },
    }),
    status: 200,
  },
  'matching.expectation': { ask: () => ({ url: '/api/v1/matching/expectation' }), status: 200 },
  'segments.list': { ask: () => ({ url: '/api/v1/segments' }), status: 200 },
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
  ...REGISTRY_CASES,
  'reports.queues': { ask: () => ({ url: '/api/v1/reports/queues?from=2026-03-02&to=2026-03-02' }), status: 200 },
  'reports.queues-csv': { ask: () => ({ url: '/api/v1/reports/queues.csv?from=2026-03-02&to=2026-03-02' }), status: 200 },
  'reports.queues-xlsx': { ask: () => ({ url: '/api/v1/reports/queues.xlsx?from=2026-03-02&to=2026-03-02' }), status: 200 },
  'reports.agents': { ask: () => ({ url: '/api/v1/reports/agents?from=2026-03-02&to=2026-03-02' }), status: 200 },
  'reports.agents-csv': { ask: () => ({ url: '/api/v1/reports/agents.csv?from=2026-03-02&to=2026-03-02' }), status: 200 },
  'reports.agents-xlsx': { ask: () => ({ url: '/api/v1/reports/agents.xlsx?from=2026-03-02&to=2026-03-02' }), status: 200 },
  'reports.talks': { ask: () => ({ url: '/api/v1/reports/talks?from=2026-03-02&to=2026-03-02' }), status: 200 },
  'reports.talks-csv': { ask: () => ({ url: '/api/v1/reports/talks.csv?from=2026-03-02&to=2026-03-02' }), status: 200 },
  'reports.talks-xlsx': { ask: () => ({ url: '/api/v1/reports/talks.xlsx?from=2026-03-02&to=2026-03-02' }), status: 200 },
  'reports.dispositions': { ask: () => ({ url: '/api/v1/reports/dispositions?from=2026-03-02&to=2026-03-02' }), status: 200 },
  'reports.dispositions-csv': { ask: () => ({ url: '/api/v1/reports/dispositions.csv?from=2026-03-02&to=2026-03-02' }), status: 200 },
  'reports.dispositions-xlsx': { ask: () => ({ url: '/api/v1/reports/dispositions.xlsx?from=2026-03-02&to=2026-03-02' }), status: 200 },
  'reports.erlang': { ask: () => ({ url: '/api/v1/reports/erlang?calls=100&handle=180' }), status: 200 },
};
