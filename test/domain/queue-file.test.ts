import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { BrandId } from '../../src/domain/brand.ts';
import { parseCalendars } from '../../src/domain/calendar-file.ts';
import { CALLBACK_RULES } from '../../src/domain/callback.ts';
import { parseDispositions } from '../../src/domain/disposition-file.ts';
import { type KnownNames, missingReferences, parseQueues } from '../../src/domain/queue-file.ts';
import { parseCatalogue } from '../../src/flow/catalogue.ts';

const BRAND = 'santral' as BrandId;
const GOOD = `queues:
  support:
    label: { tr: Destek, en: Support }
    brand: acme
    skills: { german: 4 }
    widening:
      - { after: 30s, skills: { german: 2 } }
      - { after: 1.5m, skills: { german: 0, boilers: 1 } }
    sticky: { within: 2h, wait: 20s }
    classes: { vip: 2m }
    hardMaxWait: 15m
    offer: 12s
    wrapUp: { mode: forced, time: 40s, extension: 20s }
    dispositions: service
    dispositionRequired: true
    overflow: { after: 5m, length: 9, estimatedWait: 10m }
    empty: { atJoin: leave, whenLastLeaves: wait }
    calendar: office
    atClosing: leave
    comfort: { every: 45s, prompts: [queue.comfort, queue.comfort-stay], keys: { 2: queue.keep-place }, position: false, estimatedWait: true }
    whisper: none
    welcome: queue.welcome
    recordingNotice: queue.recording-notice
    callerId: "+902125550001"
    record: true
    recordingDays: 30
    serviceLevel: { within: 30s, shortAbandon: 3s }
    callbackGroup: service
    callbackShare: 25
  plain:
    label: { tr: Sade, en: Plain }
callbacks:
  service:
    find: off
    mode: customer-first
    calendar: office
    skipWhenClosed: true
    attempts: 2
    delays: [20m]
    busy: 3m
    expire: 8h
    cap: 5
    ring: 20s
    keep: 1h
    abroad: true
    flow: calls-back
  plain: {}
`;
const read = (path: string) => ({ path, text: readFileSync(path, 'utf8') });
const parse = (text: string) => parseQueues({ path: 'flows/queues.yaml', text }, BRAND);

describe('flows/queues.yaml', () => {
  it('gives each queue with its times in milliseconds', () => {
    const { queues, problems } = parse(GOOD);
    expect(problems).toEqual([]);
    expect(queues.get('support')).toEqual({
      id: 'support',
      brand: 'acme',
      label: { tr: 'Destek', en: 'Support' },
      skills: { german: 4 },
      widening: [
        { afterMs: 30_000, skills: { german: 2 } },
        { afterMs: 90_000, skills: { german: 0, boilers: 1 } },
      ],
      sticky: { withinMs: 7_200_000, waitMs: 20_000 },
      classes: { standard: 0, vip: 120_000 },
      hardMaxWaitMs: 900_000,
      offerMs: 12_000,
      wrapUp: { mode: 'forced', ms: 40_000, extensionMs: 20_000 },
      dispositions: 'service',
      dispositionRequired: true,
      overflow: { afterMs: 300_000, length: 9, estimatedWaitMs: 600_000 },
      emptyAtJoin: 'leave',
      whenLastLeaves: 'wait',
      calendar: 'office',
      atClosing: 'leave',
      comfort: {
        everyMs: 45_000,
        prompts: ['queue.comfort', 'queue.comfort-stay'],
        keys: { 2: 'queue.keep-place' },
        position: false,
        estimatedWait: true,
      },
      whisper: null,
      welcome: 'queue.welcome',
      recordingNotice: 'queue.recording-notice',
      record: true,
      recordingDays: 30,
      callerId: '+902125550001',
      serviceLevelMs: 30_000,
      shortAbandonMs: 3_000,
      callbackGroup: 'service',
      callbackShare: 25,
    });
  });

  it('says how each group calls back', () => {
    const { callbacks, problems } = parse(GOOD);
    expect(problems).toEqual([]);
    expect(callbacks.get('service')).toEqual({
      group: 'service',
      find: 'off',
      flows: [],
      minTalkMs: 5000,
      mode: 'customer-first',
      calendar: 'office',
      skipWhenClosed: true,
      attempts: 2,
      delaysMs: [1_200_000],
      busyMs: 180_000,
      faultMs: CALLBACK_RULES.faultMs,
      faults: CALLBACK_RULES.faults,
      expireMs: 28_800_000,
      cap: 5,
      ringMs: 20_000,
      keepMs: 3_600_000,
      abroad: true,
      flow: 'calls-back',
    });
    expect(callbacks.get('plain')).toEqual({ group: 'plain', ...CALLBACK_RULES });
  });

  it('says where a group is nobody’s, and what of it is wrong', () => {
    const { problems } = parse(`${GOOD}  nobody: {}\n  support: { attempts: 0 }\n`);
    expect(problems.map(({ line, code }) => `${line} ${code}`)).toEqual(['48 queues.unknown-group', '49 queues.shape']);
  });

  it('gives what is left out its default', () => {
    expect(parse(GOOD).queues.get('plain')).toMatchObject({
      brand: BRAND,
      skills: {},
      widening: [],
      sticky: null,
      classes: { standard: 0 },
      hardMaxWaitMs: 600_000,
      offerMs: 20_000,
      wrapUp: { mode: 'optional', ms: 30_000, extensionMs: 0 },
      dispositions: null,
      overflow: { afterMs: null, length: null, estimatedWaitMs: null },
      emptyAtJoin: 'leave',
      calendar: null,
      atClosing: 'serve',
      comfort: { everyMs: 30_000, prompts: ['queue.comfort'], keys: {}, position: true, estimatedWait: true },
      whisper: 'queue.whisper',
      welcome: null,
      recordingNotice: null,
      callerId: null,
      serviceLevelMs: 20_000,
      shortAbandonMs: 5_000,
      callbackGroup: 'plain',
      callbackShare: 50,
    });
  });

  it.each<[what: string, from: string, to: string, line: number, column: number, message: RegExp, remedy: RegExp]>([
    ['a text in one language', ', en: Support', '', 3, 5, /label\.en" is missing/, /Add en:/],
    ['a time without its unit', 'offer: 12s', 'offer: 12', 12, 5, /offer" must be text, not the number 12/, /./],
    ['a time that is none', 'offer: 12s', 'offer: soon', 12, 5, /offer" must be a time such as 15s/, /15s/],
    ['too long a time', 'offer: 12s', 'offer: 5m', 12, 5, /must be between 5s and 60s/, /60s/],
    ['a level that is too high', '{ german: 4 }', '{ german: 10 }', 5, 15, /german" must be at most 9/, /at most 9/],
    ['a skill with a bad name', '{ german: 4 }', '{ German: 4 }', 5, 15, /must be small letters/, /small letters/],
    ['a widening that asks for more', 'german: 2', 'german: 5', 7, 33, /Level 5 of "german" is no less than 4/, /below 4/],
    ['a widening that comes too early', 'after: 1.5m', 'after: 10s', 8, 11, /does not come after/, /by time/],
    ['standard in front of others', '{ vip: 2m }', '{ standard: 1m }', 10, 16, /what others are measured by/, /Remove it/],
    ['no time for others but the last agent', 'wait: 20s', 'wait: 5m', 9, 27, /before anybody else/, /shorter than overflow/],
    ['a wrap-up that cannot be timed', 'mode: forced', 'mode: unlimited', 13, 32, /unlimited has no time/, /Remove time:/],
    ['a wrap-up nobody knows', 'mode: forced', 'mode: strict', 13, 15, /must be one of none, optional, forced/, /one of none/],
    ['required dispositions of no tree', '    dispositions: service\n', '', 14, 5, /names no tree/, /Add dispositions:/],
    ['a number that cannot be shown', '"+902125550001"', '"02125550001"', 24, 5, /must be a number in the form/, /\+90/],
    ['recordings kept for no time', 'recordingDays: 30', 'recordingDays: 0', 26, 5, /recordingDays" must be at least 1/, /at least 1/],
    ['a key nobody knows', 'atClosing:', 'onClosing:', 19, 5, /onClosing" is not a known key/, /spelling/],
    ['a bad name', '  support:', '  Support:', 2, 3, /"Support" cannot be the name of a queue/, /small letters/],
    ['a prompt that is no key', 'welcome: queue.welcome', 'welcome: Hello', 22, 5, /must be a key of sounds/, /or none/],
  ])('leaves out a queue with %s, and says where and what to do', (_what, from, to, line, column, message, remedy) => {
    const { queues, problems } = parse(GOOD.replace(from, to));
    expect([...queues.keys()]).toEqual(['plain']);
    expect(problems.map((one) => [one.line, one.column])).toContainEqual([line, column]);
    const problem = problems.find((one) => one.line === line && one.column === column);
    expect(problem?.message).toMatch(message);
    expect(problem?.remedy).toMatch(remedy);
    expect(problem?.file).toBe('flows/queues.yaml');
  });

  it('says when there is nothing to say', () => {
    const { problems } = parse(
      'queues:\n  a:\n    label: { tr: A, en: A }\n    comfort: { prompts: [], position: false, estimatedWait: false }\n',
    );
    expect(problems).toMatchObject([{ code: 'queues.bad-comfort', line: 4, remedy: expect.stringContaining('every: none') }]);
  });

  it('is empty when it is not there; broken, it has a problem and no queue', () => {
    expect(parseQueues(null, BRAND)).toEqual({ queues: new Map(), callbacks: new Map(), problems: [], references: [] });
    expect(parse('queues: [').problems[0]).toMatchObject({ code: 'queues.yaml', line: 1 });
    expect(parse('queues: {}\nmore: 1\n').problems).toMatchObject([{ code: 'queues.unknown-key', line: 2 }]);
  });

  it('lists what it names, and a problem for each that is not there', () => {
    const { references } = parse(GOOD);
    const names = references.filter(({ queue }) => queue === 'support').map(({ kind, name }) => `${kind} ${name}`);
    expect(names).toEqual([
      'calendar office',
      'dispositions service',
      'prompt queue.comfort',
      'prompt queue.comfort-stay',
      'prompt queue.keep-place',
      'prompt queue.welcome',
      'prompt queue.recording-notice',
    ]);
    const known: KnownNames = {
      calendar: new Set(['shop']),
      dispositions: new Set(['service']),
      flow: new Set(['main']),
      prompt: new Set(['queue.comfort', 'queue.keep-place', 'queue.welcome', 'queue.recording-notice', 'queue.whisper']),
    };
    expect(missingReferences(references, known).map(({ code, line, message, remedy }) => [code, line, message, remedy])).toEqual([
      [
        'queues.unknown-calendar',
        18,
        '"support" names the calendar "office", which is not there.',
        'Calendars stand in flows/calendars/. Known: shop.',
      ],
      ['queues.unknown-prompt', 20, expect.stringContaining('"queue.comfort-stay"'), expect.stringContaining('sounds/')],
      ['queues.unknown-calendar', 36, expect.stringContaining('"service" names the calendar "office"'), expect.any(String)],
    ]);
  });
});

describe('flows of which who hangs up is called back', () => {
  const groups = (one: string, other: string) => `queues:
  support: { label: { tr: Destek, en: Support } }
  sales: { label: { tr: Satis, en: Sales } }
callbacks:
  support: { flows: [${one}] }
  sales: { flows: [${other}], minTalk: 5s }
`;

  it('are one group’s each', () => {
    const parsed = parse(groups('main-menu', 'main-menu'));
    expect(parsed.problems).toMatchObject([{ code: 'queues.flow-twice', line: 6, remedy: 'Leave it in one of them.' }]);
    expect(parse(groups('main-menu', 'reception')).problems).toEqual([]);
    expect(parsed.callbacks.get('sales')).toMatchObject({ minTalkMs: 5000, flows: ['main-menu'] });
  });

  it('are there', () => {
    const { references } = parse(groups('main-menu', 'nowhere'));
    const known: KnownNames = {
      calendar: new Set(),
      dispositions: new Set(),
      prompt: new Set(['queue.comfort', 'queue.whisper']),
      flow: new Set(['main-menu']),
    };
    expect(missingReferences(references, known)).toMatchObject([
      { code: 'queues.unknown-flow', line: 6, message: '"sales" names the flow "nowhere", which is not there.' },
    ]);
  });
});

describe('the shipped queues', () => {
  const { queues, problems, references } = parseQueues(read('flows/queues.yaml'), BRAND);

  it('are free of problems, and name only what is there', () => {
    const { entries } = parseCatalogue([read('sounds/queue.yaml')]);
    const { calendars } = parseCalendars([
      read('flows/calendars/office.yaml'),
      read('flows/calendars/return-calls.yaml'),
      read('flows/calendars/holidays-tr.yaml'),
    ]);
    const { trees } = parseDispositions(read('flows/dispositions.yaml'));
    const known = {
      prompt: new Set(entries.keys()),
      calendar: new Set(calendars.keys()),
      dispositions: new Set(trees.keys()),
      flow: new Set<string>(),
    };
    expect(problems).toEqual([]);
    expect(missingReferences(references, known)).toEqual([]);
  });

  it('show classes, skills, widening and the agent of the last talk', () => {
    expect([...queues.keys()]).toEqual(['support', 'sales', 'roadside']);
    expect(queues.get('support')).toMatchObject({ classes: { standard: 0, vip: 120_000 }, sticky: { waitMs: 15_000 } });
    expect(queues.get('sales')).toMatchObject({ skills: { products: 3 }, widening: [{ afterMs: 30_000 }, { afterMs: 90_000 }] });
    expect(queues.get('roadside')).toMatchObject({ emptyAtJoin: 'wait', calendar: null });
  });
});
