import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { endpointOf } from '../../src/asterisk/dial-strings.ts';
import { openOwnTransport } from '../../src/asterisk/own-transport.ts';
import { createTelephony } from '../../src/asterisk/telephony.ts';
import { surveysInMemory } from '../../src/cli/memory-surveys.ts';
import { demoDealerSystem } from '../../src/connectors/demo-dealer-system.ts';
import type { BrandId } from '../../src/domain/brand.ts';
import { parseCalendars } from '../../src/domain/calendar-file.ts';
import type { Id, IdKind, IdSource } from '../../src/domain/ids.ts';
import { isFlowFile } from '../../src/files/definition-files.ts';
import { ACTIONS } from '../../src/flow/actions.ts';
import { parseCatalogue } from '../../src/flow/catalogue.ts';
import { checkRelease } from '../../src/flow/check.ts';
import { parseMessages } from '../../src/flow/message-catalogue.ts';
import type { Release } from '../../src/flow/release.ts';
import type { Speech } from '../../src/ports/speech.ts';
import { createCalls } from '../../src/services/calls/calls.ts';
import { createDealers } from '../../src/services/dealers/dealers.ts';
import { NO_METRICS } from '../../src/services/metrics/metrics.ts';
import { signatureOf, toneDurationMs } from '../../src/speech/tones.ts';
import { type FakeAsterisk, startFakeAsterisk } from '../fake-asterisk/fake.ts';
import type { Script } from '../fake-asterisk/originate.ts';
import { type Office, openOffice } from '../kit/appointment-office.ts';
import { silentLog } from '../kit/asterisk.ts';
import { openTestFloor, queuesOf } from '../kit/floor.ts';
import { shippedSurveys } from '../kit/surveys.ts';
import { SWITCHED_OFF } from '../kit/switched-off.ts';
import { memoryKeys, memoryStore } from '../services/calls/bench.ts';
import { memoryDealerStore } from '../services/dealers/fakes.ts';
import type { Telephone } from './play.ts';
import { type Far, OPEN_OFFICE, type Transcript } from './transcript.ts';

const BRAND = 'santral' as BrandId;
const BEEP = '/clips/beep';
const BEEP_MS = 300;
/** A person presses a key once they know what they hear; what was cut before cannot be told. */
const TO_KNOW_MS = 700;
const KEY_MS = 100;
const TALK_MS = 2000;

/** How an endpoint of the fake behaves for each way a far end may take a call. */
const FAR: Readonly<Record<Far, Script>> = {
  answers: { outcome: 'answer', afterMs: 1000 },
  busy: { outcome: 'busy' },
  rings: { outcome: 'no-answer' },
  rejects: { outcome: 'rejected' },
  unknown: { outcome: 'invalid' },
  congestion: { outcome: 'congestion' },
};

/** One call of a transcript: the whole call services over ARI on a fake Asterisk, in virtual time. */
export async function callOnTheFake(transcript: Transcript): Promise<{ readonly phone: Telephone; close(): Promise<void> }> {
  const known = new Map<string, KnownClip>([[BEEP, { durationMs: BEEP_MS, text: 'beep' }]]);
  let working = Promise.resolve();
  const fake = await startFakeAsterisk({ durations: (clip) => known.get(clip)?.durationMs, idle: () => working });
  const telephony = createTelephony({
    transport: openOwnTransport,
    app: fake.app,
    url: fake.ariUrl,
    user: fake.ariUser,
    password: fake.ariPassword,
    timeoutMs: 3000,
    beep: BEEP,
    clock: fake.clock,
    log: silentLog,
    random: () => 0.5,
  });
  const memory = memoryStore();
  const said = saidIn(known);
  const release = releaseWith(transcript);
  const dealers = createDealers({ stores: { dealers: memoryDealerStore() }, clock: fake.clock, log: silentLog });
  await dealers.importCsv(BRAND, readFileSync('flows/demo/dealers.csv'), { dryRun: false });
  const office = transcript.flow === 'appointment' ? await openOffice() : null;
  if (office !== null) office.clock.now = () => fake.clock.now();
  const demo = demoDealerSystem(() => fake.clock.now(), 'Europe/Istanbul');
  const answering = { ...dealers.actions, ...surveysInMemory(shippedSurveys(), BRAND), ...office?.appointments.actions, ...SWITCHED_OFF };
  // The demo's look-ups are done before virtual time goes on.
  const actions = Object.fromEntries(
    Object.entries(answering).map(([name, run]) => [
      name,
      (...args: Parameters<typeof run>) => {
        const result = run(...args);
        working = Promise.allSettled([working, result]).then(() => undefined);
        return result;
      },
    ]),
  );
  const ids = countingIds();
  // Nobody is logged in: queues give callers back at once.
  const { floor } = openTestFloor({ clock: fake.clock, ids, queues: queuesOf(readFileSync('flows/queues.yaml', 'utf8')) });
  const calls = createCalls({
    telephony,
    floor,
    store: memory.store,
    keys: memoryKeys(),
    consents: { of: async () => ({ consents: [], doNotContact: null }) },
    speech: speechIn(known),
    recordings: said.files,
    callRecordings: { put: async () => undefined, ofCall: async () => undefined },
    callAudio: { partSize: async () => undefined },
    callRecorded: () => undefined,
    clock: fake.clock,
    ids,
    random: () => 0.5,
    log: silentLog,
    meter: NO_METRICS,
    releases: { newest: () => release, get: async () => release },
    routeFor: () => ({ brand: BRAND, flow: transcript.flow, language: transcript.language }),
    actions,
    http: { request: async (wanted) => demo(wanted) },
    endpointFor: (target) => endpointOf(target, 'trunk.example'),
    reach: () => undefined,
    directory: { attempts: async () => ({ kind: 'unknown' }), webhookOf: () => null },
    ends: { of: async () => new Map() },
    publish: () => undefined,
    settings: {
      zone: 'Europe/Istanbul',
      noRoute: { brand: BRAND, flow: '', language: 'tr' },
      limits: { maxTransitions: 100, maxSubflowDepth: 8, maxTextLength: 2000, maxSessionBytes: 262_144 },
      typeAheadKeys: 32,
      maxCallMs: 7_200_000,
      playbackMarginMs: 3000,
      stopMarginMs: 1000,
      endMarginMs: 1000,
      storeRetryMs: 500,
      recordingKeepMs: 86_400_000,
      recordCalls: false,
      callRecordingKeepMs: 86_400_000,
      recordingPauseMs: 180_000,
      machineGreetingMs: 2000,
      transferRingMs: 20_000,
      agentLostMs: 20_000,
    },
  });
  telephony.listen({ onEvent: calls.onEvent, onUp: calls.onUp, onDown: () => calls.onDown() });
  telephony.start();
  await fake.until('the engine is connected', () => telephony.connection().kind === 'up');
  for (const [number, far] of Object.entries(transcript.outside)) fake.endpoint(trunk(number), FAR[far]);
  return {
    phone: telephoneOn(fake, memory, known, { ani: transcript.ani ?? '+905550000099', office, note: said.say }),
    async close() {
      await calls.stop();
      await telephony.stop();
      await fake.stop();
      await office?.close();
    },
  };
}

const trunk = (number: string): string => `PJSIP/${number}@trunk`;

interface KnownClip {
  readonly durationMs: number;
  readonly text: string;
}

function telephoneOn(
  fake: FakeAsterisk,
  memory: ReturnType<typeof memoryStore>,
  known: ReadonlyMap<string, KnownClip>,
  { ani, office, note }: { readonly ani: string; readonly office: Office | null; readonly note: (text: string) => void },
): Telephone {
  const phone = fake.call({ did: '02125550010', ani });
  const signature = (media: string): string => media.slice('/clips/'.length);
  return {
    async hears(wanted) {
      await phone.hears((media) => signature(media) === wanted);
      if (wanted !== 'beep') await fake.advance(TO_KNOW_MS);
    },
    heardOut: async () => void (await phone.hearsOut()),
    async press(keys) {
      await phone.type(keys, 2 * KEY_MS);
      await fake.settle();
    },
    async say(text) {
      note(text);
      phone.speak(toneDurationMs(text));
      await fake.advance(toneDurationMs(text));
    },
    async talk(number) {
      const other = await fake.leg(trunk(number));
      await phone.bridged();
      await fake.advance(TALK_MS);
      other.hangUp();
    },
    hangUp: async () => phone.hangUp(),
    ended: async () => void (await phone.ended()),
    heard: () =>
      phone.heard
        .filter(({ media }) => media.startsWith('/clips/'))
        .map(({ media, complete = false, ms }) => ({
          signature: complete || ms >= TO_KNOW_MS ? signature(media) : null,
          complete,
          text: known.get(media)?.text ?? media,
        })),
    async appointment(n) {
      const found = (await office?.all())?.toSorted((a, b) => (a.id < b.id ? -1 : 1))[n - 1];
      if (found === undefined) throw new Error(`there is no appointment number ${n}`);
      return { code: found.code, startsAt: found.startsAt, now: fake.clock.now() };
    },
    async journal() {
      await fake.until('the call is on record', () => [...memory.rows.values()].every(({ call }) => call.state === 'ended'));
      return memory.journal;
    },
  };
}

/** What is recorded sounds like what was said before; on the fake nothing is written. */
function saidIn(known: Map<string, KnownClip>) {
  let text = '';
  const recorded = new Map<string, string>();
  return {
    say: (words: string) => void (text = words),
    files: {
      pathOf(id: string) {
        const words = recorded.get(id) ?? text;
        recorded.set(id, words);
        const clip = `/clips/${signatureOf('en', words)}`;
        known.set(clip, { durationMs: toneDurationMs(words), text: `en: ${words}` });
        return clip;
      },
      size: async () => 16_044,
      remove: async () => true,
    },
  };
}

/** Clips named by their signature and as long as the test voice makes them; nothing is rendered. */
function speechIn(known: Map<string, KnownClip>): Speech {
  return {
    async say({ language, text }) {
      if (text.trim() === '') return { kind: 'nothing' };
      const clip = { path: `/clips/${signatureOf(language, text)}`, durationMs: toneDurationMs(text) };
      known.set(clip.path, { durationMs: clip.durationMs, text: `${language}: ${text}` });
      return { kind: 'clip', clip, source: 'cache', fallback: false };
    },
    beep: () => ({ path: BEEP, durationMs: BEEP_MS }),
  };
}

function releaseWith({ id, definition }: Transcript): Release {
  const inFolder = (folder: string) =>
    readdirSync(folder)
      .filter(isFlowFile)
      .map((name) => ({ path: path.join(folder, name), text: readFileSync(path.join(folder, name), 'utf8') }));
  const files = definition === null ? inFolder('flows') : [{ path: `flows/${id}.yaml`, text: definition }];
  const catalogue = parseCatalogue(inFolder('sounds')).entries;
  const { calendars } = parseCalendars([...inFolder('flows/calendars').filter((one) => !one.path.endsWith(OPEN_OFFICE.path)), OPEN_OFFICE]);
  const messages = parseMessages(inFolder('flows/messages')).entries;
  const checked = checkRelease({ files, catalogue, calendars, messages, actions: ACTIONS, recordings: new Set(), settleMs: 300 });
  const errors = checked.problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(errors.map(({ file, line, message }) => `${file}:${line} ${message}`).join('\n'));
  return { id: 1, flows: checked.flows, catalogue, calendars };
}

function countingIds(): IdSource {
  let count = 0;
  return {
    next<K extends IdKind>(kind: K): Id<K> {
      count += 1;
      return `${kind}_${count}` as Id<K>;
    },
  };
}
