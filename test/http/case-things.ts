import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { E164 } from '../../src/domain/phone-number.ts';
import { writeWav } from '../../src/speech/wav.ts';
import { messageOf } from '../kit/messages.ts';
import { sine } from '../speech/sounds.ts';
import type { House } from './house.ts';

export const SIMULATION = 'sim_01jd9v8q4k0000000000000000';
export const SOUND = Buffer.from(writeWav(Int16Array.from(sine(440, 9000, 8000, 1))));

let count = 0;
export const fresh = (name: string): string => `${name}-${(count += 1)}`;

export const dealer = {
  name: 'Yıldız Otomotiv',
  province: 34,
  district: 'Kadıköy',
  address: 'Bağdat Caddesi No 12',
  postcode: '34710',
  phone: '0212 555 00 10',
  hours: 'mon-fri 09:00-18:00',
};
export const csv =
  'kod;ad;il;ilçe;adres;posta kodu;telefon;saatler\nANK-1;Başkent;6;Çankaya;Atatürk Bulvarı 1;06420;0312 555 00 10;hafta içi 09:00-18:00\n';

export async function aCall(house: House, up = false): Promise<string> {
  const call = house.newCall();
  await house.happen(call, up ? ['call-arrived'] : ['call-arrived', 'call-ended']);
  if (up) house.live.push({ ...call, node: 'language', channelName: 'PJSIP/trunk-00000001' });
  return call.id;
}

export async function aFlow(house: House): Promise<string> {
  await house.deps.flows.publish([{ flow: 'main-menu', source: fresh('id: main-menu # ') }], 'test');
  return 'main-menu';
}

/** A draft of a flow of its own, at version 1. */
export async function aDraft(house: House): Promise<string> {
  const flow = fresh('flow');
  await house.deps.workshop.save({ flow, source: `flow: ${flow}`, basedOn: null }, null, 'test');
  return flow;
}

/** Two revisions of main-menu: the older one, the newer one, and their release. */
export async function twoRevisions(house: House): Promise<{ old: number; current: number; release: number }> {
  await aFlow(house);
  await aFlow(house);
  const release = await house.stores.flows.latestRelease();
  const current = release?.flows['main-menu'] ?? 0;
  return { old: current - 1, current, release: release?.id ?? 0 };
}

export async function aDealer(house: House): Promise<string> {
  await house.deps.dealers.importCsv(house.deps.config.brand, Buffer.from(csv), { dryRun: false });
  return 'ANK-1';
}

const WAV = Buffer.concat([Buffer.from('RIFF'), Buffer.alloc(40), Buffer.from('0123456789')]);

/** A voicemail with its audio. */
export async function aRecording(house: House): Promise<string> {
  const call = house.newCall();
  const id = house.ids.next('recording');
  const recording = { id, kind: 'voicemail', flow: 'main-menu', node: 'take-message', language: 'tr', durationMs: 12_400 } as const;
  const kept = { ...recording, brand: call.brand, callId: call.id, createdAt: call.startedAt, keepUntil: call.startedAt + 1000 };
  await house.stores.calls.commit({ call, legs: [], session: null, entries: [], recordings: [{ ...kept, heardAt: null, heardBy: null }] });
  await writeFile(path.join(house.dir, `${id}.wav`), WAV);
  return id;
}

/** A call that was recorded, with its audio. */
export async function aRecordedCall(house: House): Promise<string> {
  const call = house.newCall();
  await house.stores.calls.commit({ call, legs: [], session: null, entries: [] });
  const id = house.ids.next('recording');
  const { startedAt } = call;
  const parts = [
    { from: startedAt, to: startedAt + 400 },
    { from: startedAt + 700, to: startedAt + 1000 },
  ];
  const about = { id, brand: call.brand, callId: call.id, queue: 'support', state: 'kept', pausedBy: [], pausedUntil: null } as const;
  const times = { startedAt, endedAt: startedAt + 1000, durationMs: 1000, peaks: '0'.repeat(600), keepUntil: startedAt + 2000 };
  await house.stores.callRecordings.put({ ...about, ...times, parts });
  await writeFile(path.join(house.dir, `${id}.wav`), WAV);
  return call.id;
}

let callers = 10;
/** Somebody who is to be called back. */
export async function aCallback(house: House): Promise<string> {
  const { brand } = house.deps.config;
  const now = house.deps.clock.now();
  callers += 1;
  const number = `+9055500000${callers}` as E164;
  const found = await house.stores.callbacks.found({
    ...{ id: house.ids.next('acdEvent'), brand, group: 'sales', at: now, kind: 'abandoned', origin: 'queue', callId: house.newCall().id },
    ...{ queue: 'sales', language: 'tr', about: '', since: now, expiresAt: now + 86_400_000, who: { kind: 'number', number } },
  });
  return found?.id ?? '';
}

export const calendar = { hours: 'daily 00:00-24:00', slotMinutes: 30, capacity: 50, leadMinutes: 0, horizonDays: 30, holidays: null };

/** A dealer with a service that is done around the clock. */
export async function aCalendar(house: House): Promise<string> {
  await aDealer(house);
  const { brand } = house.deps.config;
  const hours = [0, 1, 2, 3, 4, 5, 6].map(() => [{ from: 0, to: 1440 }]) as never;
  const { hours: _text, ...rest } = calendar;
  const service = { brand, code: 'bakim', label: { tr: 'Bakım', en: 'Maintenance' } };
  await house.deps.appointments.calendars.put([service], [{ ...rest, brand, dealer: 'ANK-1', service: 'bakim', hours, closures: [] }], 0);
  return '/api/v1/dealers/ANK-1/services/bakim';
}

export async function aTime(house: House): Promise<number> {
  await aCalendar(house);
  const { brand } = house.deps.config;
  const times = await house.deps.appointments.times.next({ brand, dealer: 'ANK-1', service: 'bakim' }, 0, 20);
  return times.at(-1)?.startsAt ?? 0;
}

export async function anAppointment(house: House): Promise<string> {
  const { brand } = house.deps.config;
  const wish = { brand, dealer: 'ANK-1', service: 'bakim', startsAt: await aTime(house), phone: null, name: '', customer: null };
  const { id } = await house.deps.appointments.office.create({ ...wish, language: 'tr' }, fresh('case'));
  return `/api/v1/appointments/${id}`;
}

export async function aFeed(house: House): Promise<string> {
  await aDealer(house);
  return (await house.deps.appointments.feeds.open(house.deps.config.brand, 'ANK-1')) ?? '';
}

export async function aMessage(house: House): Promise<string> {
  const message = messageOf(house.deps.config.brand);
  await house.stores.outbox.add([message]);
  return message.id;
}

export async function aDeadLetter(house: House): Promise<string> {
  const id = await aMessage(house);
  await house.stores.outbox.expire(Number.MAX_SAFE_INTEGER, 0, 'too late');
  return id;
}

/** The token of a link to the survey nps. */
export async function aSurveyLink(house: House): Promise<string> {
  const order = { language: 'tr', hours: 1, send: null, key: null, dealer: '', agent: '', campaign: '' } as const;
  return (await house.surveys.invite('nps', order)).url.split('/').at(-1) ?? '';
}

/** What a page of ours sends of the form `call-me`. */
export async function aSentForm(house: House, changes: object = {}): Promise<object> {
  const opened = await house.app.inject({ url: '/api/v1/callback-forms/call-me' });
  const { token } = opened.json<{ token: string }>();
  return { token, language: 'tr', number: '0555 000 00 17', consent: '2026-11', ...changes };
}
