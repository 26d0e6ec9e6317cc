import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, dayOf, isDay, isTime, localMoment, nearestDay } from '../../src/domain/day.ts';
import { call, check, type Driven, flow } from './kit.ts';

/** What the node took, or why it did not. */
function typed(node: string, keys: string, { head = 'results: [x]', now }: { head?: string; now?: number } = {}): unknown {
  const driven = call(
    flow(
      `begin: { ${node}, into: x, noMatch: { text: { tr: "[{{reason}}]", en: "[{{reason}}]" } }, prompt: { text: { tr: "({{reason}})", en: x } }, next: bye }`,
      head,
    ),
    { world: now === undefined ? {} : { now } },
  ).do({ kind: 'answered' });
  expect(driven.words).toBe('()');
  driven.press(keys);
  return driven.faults()[0] ?? driven.vars()['x'] ?? driven.words;
}

/** Monday 2026-11-23 in Istanbul, 10:00. */
describe('date', () => {
  test.each([
    ['', '2311', '2026-11-23'],
    ['', '2211', '2027-11-22'],
    ['', '0112', '2026-12-01'],
    ['', '0101', '2027-01-01'],
    ['', '2902', '2028-02-29'],
    ['', '3002', '[unclear]'],
    ['', '0013', '[unclear]'],
    ['', '3104', '[unclear]'],
    ['range: past', '2311', '2026-11-23'],
    ['range: past', '2411', '2025-11-24'],
    ['range: past', '2902', '2024-02-29'],
    ['range: any', '0101', '2026-01-01'],
    ['form: DDMMYYYY', '01122026', '2026-12-01'],
    ['form: DDMMYYYY', '22112026', '[early]'],
    ['form: DDMMYYYY, range: past', '24112026', '[late]'],
    ['form: DDMMYYYY, range: past', '29021900', '[unclear]'],
    ['form: DDMMYYYY, range: any', '01011900', '1900-01-01'],
    ['form: either', '0112', '2026-12-01'],
    ['form: either', '01122027', '2027-12-01'],
    ['today: 8, tomorrow: "*"', '8', '2026-11-23'],
    ['today: 8, tomorrow: "*"', '*', '2026-11-24'],
    ['min: "2", max: "30"', '2411', '[early]'],
    ['min: "2", max: "30"', '2511', '2026-11-25'],
    ['min: "2", max: "30"', '2312', '2026-12-23'],
    ['min: "2", max: "30"', '2412', '[late]'],
    ['max: "\'2026-12-01\'"', '0212', '[late]'],
    ['max: "\'soon\'"', '0212', 'bad-limit'],
    ['max: "1.5"', '0212', 'bad-limit'],
  ])('%s %s is %s', (fields, keys, taken) => {
    expect(typed(`type: date${fields === '' ? '' : `, ${fields}`}`, keys)).toBe(taken);
  });

  test('today is the day of the brand’s zone, not of Greenwich', () => {
    const night = Date.UTC(2026, 10, 22, 21, 30);
    expect(typed('type: date, today: 8', '8', { now: night })).toBe('2026-11-23');
  });

  test('keys that begin no date are wrong at once; four keys are a date without waiting', () => {
    const spec = (fields: string) => {
      const { command } = call(flow(`begin: { type: date, prompt: [], into: x, ${fields} next: bye }`, 'results: [x]')).do({
        kind: 'answered',
      });
      return command?.kind === 'collect' ? command.spec.match : null;
    };
    expect(spec('')).toEqual({ kind: 'masks', masks: ['0X0X', '0X1X', '1X0X', '1X1X', '2X0X', '2X1X', '3X0X', '3X1X'] });
    expect(spec('today: 9,')).toMatchObject({ masks: expect.arrayContaining(['9']) });
  });

  test('what was typed is read back in both languages, and asked again on no', () => {
    const text = flow(
      'begin: { type: date, prompt: test.code, into: day, confirm: { prompt: { text: { tr: "{{day|date}}", en: "{{day|date}}" } } }, next: bye }',
      'results: [day]',
    );
    const driven = call(text).do({ kind: 'answered' }).press('0112');
    expect(driven.words).toBe('bir Aralık iki bin yirmi altı Salı');
    expect(driven.vars()['day']).toBeNull();
    expect(driven.press('2').words).toBe('Kodu tuşlayın.');
    expect(driven.press('0212').press('1').vars()['day']).toBe('2026-12-02');
    const english = call(text, { trigger: { language: 'en' } })
      .do({ kind: 'answered' })
      .press('0112');
    expect(english.words).toBe('Tuesday the first of December twenty twenty-six');
  });

  test('the checker refuses keys for today that begin a date', () => {
    const said = (fields: string) =>
      check({ main: flow(`begin: { type: date, prompt: [], into: x, ${fields}, next: bye }`, 'results: [x]') })
        .problems.filter(({ severity }) => severity === 'error')
        .map(({ code }) => code);
    for (const fields of ['today: 1', 'today: "#"', 'today: 8, tomorrow: 8']) expect(said(fields)).toEqual(['flow.ambiguous-option']);
    expect(said('today: "#", terminator: "*"')).toEqual([]);
    expect(said('form: MMDD')).toContain('flow.bad-value');
  });
});

describe('time', () => {
  test.each([
    ['', '1430', '14:30'],
    ['', '0000', '00:00'],
    ['', '2359', '23:59'],
    ['', '930', '09:30'],
    ['', '0930', '09:30'],
    ['min: "\'09:00\'"', '0859', '[early]'],
    ['min: "\'09:00\'", max: "\'17:30\'"', '1730', '17:30'],
    ['max: "\'17:30\'"', '1731', '[late]'],
    ['day: "\'2026-11-23\'"', '1000', '[early]'],
    ['day: "\'2026-11-23\'"', '1001', '10:01'],
    ['day: "\'2026-11-24\'"', '0100', '01:00'],
    ['day: "\'2026-11-22\'"', '2300', '[early]'],
    ['day: "\'today\'"', '1200', 'bad-limit'],
    ['min: "9"', '1200', 'bad-limit'],
  ])('%s %s is %s', (fields, keys, taken) => {
    expect(typed(`type: time${fields === '' ? '' : `, ${fields}`}`, keys)).toBe(taken);
  });

  test('2460 cannot be typed: each key is weighed as it comes', () => {
    const driven = call(
      flow(
        'begin: { type: time, prompt: test.code, into: x, noMatch: { text: { tr: "[{{reason}}]", en: x } }, next: bye }',
        'results: [x]',
      ),
    ).do({ kind: 'answered' });
    expect(driven.press('24', 'no-match').words).toBe('[unclear]');
  });
});

describe('days', () => {
  const day = fc
    .date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
    .map((one) => one.toISOString().slice(0, 10));

  test('every day is its own nearest one, and the next one after yesterday', () => {
    fc.assert(
      fc.property(day, (one) => {
        const [year, month, date] = one.split('-').map(Number) as [number, number, number];
        expect(isDay(one)).toBe(true);
        expect(dayOf(year, month, date)).toBe(one);
        expect(nearestDay(month, date, one, 'forward')).toBe(one);
        expect(nearestDay(month, date, one, 'back')).toBe(one);
        const next = nearestDay(month, date, addDays(one, 1), 'forward') ?? '';
        expect(next > one && next.slice(5) === one.slice(5)).toBe(true);
        expect(addDays(addDays(one, 40), -40)).toBe(one);
      }),
    );
  });

  test('texts that are none', () => {
    for (const text of ['2026-02-29', '2026-13-01', '2026-1-1', '', '2026-12-01T00:00', '20261201']) expect(isDay(text)).toBe(false);
    for (const text of ['24:00', '1:00', '12:60', '', '12:00:00']) expect(isTime(text)).toBe(false);
    expect(nearestDay(2, 30, '2026-01-01', 'forward')).toBeUndefined();
    expect(localMoment('America/New_York', Date.UTC(2026, 10, 23, 3, 5))).toEqual({ day: '2026-11-22', time: '22:05' });
  });
});

describe('pin', () => {
  const asking = (more = '') =>
    call(
      flow(
        `
begin:
  type: pin
  prompt: test.code
  digits: { min: 4, max: 6 }
  verify: pins.check
  with: { name: "{{who}}" }
  into: verdict
  noMatch: [general.no-match]
  noInput: [general.no-input]
  ${more}
  next: right
  exits: { locked: locked }
right: { type: say, prompt: test.help, next: bye }
locked: { type: say, prompt: test.full, next: bye }
`,
        'variables: { who: emergency }\nresults: [verdict]',
      ),
    ).do({ kind: 'answered' });
  const answer = (driven: Driven, value: boolean | string | null) => driven.do({ kind: 'result', outcome: { kind: 'ok', value } });

  test('a right one goes on, with the verdict', () => {
    const driven = answer(asking().press('4711'), true);
    expect(driven.node).toBe('right');
    expect(driven.vars()['verdict']).toBe(true);
    expect(answer(asking().press('4711'), 'ayse').vars()['verdict']).toBe('ayse');
  });

  test('three wrong ones lock out, never two or four; too few digits are wrong without asking anybody', () => {
    for (const wrong of [false, null, ''] as const) {
      const driven = asking();
      expect(answer(driven.press('1111'), wrong).words).toBe('Geçersiz.');
      expect(driven.press('11', 'incomplete').words).toBe('Geçersiz.');
      expect(answer(driven.press('3333'), wrong).node).toBe('locked');
    }
  });

  test('an action that judges in words is taken at its word', () => {
    expect(answer(asking().press('4711'), 'right').node).toBe('right');
    expect(answer(asking().press('1111'), 'wrong').words).toBe('Geçersiz.');
    for (const verdict of ['locked', 'unset']) expect(answer(asking().press('4711'), verdict).node).toBe('locked');
  });

  test('silence is not a wrong PIN', () => {
    const driven = asking('attemptsNoInput: 3').silence().silence();
    expect(driven.words).toBe('Sizi duyamadık.');
    expect(driven.silence().words).toBe('Hoşça kalın.');
  });

  test('an action that fails is nobody’s mistake', () => {
    const driven = asking()
      .press('4711')
      .do({ kind: 'result', outcome: { kind: 'error', reason: 'timeout' } });
    expect(driven.last('exit')).toMatchObject([{ node: 'begin', exit: 'error' }]);
  });

  test('behaviour 24: the digits are in no event and no variable, and after the verdict nowhere in the session', () => {
    const driven = asking().press('471108');
    expect(JSON.stringify(driven.session.stack)).not.toContain('471108');
    answer(driven, false);
    answer(driven.press('815004'), true);
    expect(JSON.stringify(driven.session)).not.toMatch(/471108|815004/);
    expect(JSON.stringify(driven.events)).not.toMatch(/471108|815004/);
    expect(driven.events.filter(({ kind }) => kind === 'digits')).toMatchObject([
      { digits: null, length: 6 },
      { digits: null, length: 6 },
    ]);
  });

  test('after a restart the same PIN is verified again, or asked for again', () => {
    const driven = asking();
    expect(driven.do({ kind: 'restarted' }).words).toBe('Kodu tuşlayın.');
    expect(driven.press('4711').do({ kind: 'restarted' }).command).toMatchObject({ kind: 'action', params: { pin: '4711' } });
    expect(answer(driven, true).node).toBe('right');
  });

  test('the checker wants an action that takes a PIN, and gives it nothing else by that name', () => {
    const said = (fields: string) =>
      check({ main: flow(`begin: { type: pin, prompt: [], digits: 4, ${fields}, next: bye, exits: { locked: bye } }`) })
        .problems.filter(({ severity }) => severity === 'error')
        .map(({ code, message }) => `${code}: ${message}`);
    expect(said('verify: dealers.by-province, with: { province: "34" }').join()).toMatch(/takes no "pin"/);
    expect(said('verify: pins.check, with: { name: x, pin: "1" }').join()).toMatch(/what is typed/);
    expect(said('verify: pins.check').join()).toMatch(/needs the parameter "name"/);
    expect(said('verify: pin.check, with: { name: x }').join()).toMatch(/unknown-action/);
    expect(said('verify: pins.check, with: { name: x }')).toEqual([]);
  });
});
