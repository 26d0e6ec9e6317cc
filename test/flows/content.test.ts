import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/domain/language.ts';
import { wordHours } from '../../src/domain/wording/wording.ts';
import { parseNumbers } from '../../src/services/numbers/numbers-file.ts';
import { shippedRelease } from './player.ts';

const { release, problems } = shippedRelease();
const texts = [...release.catalogue.values()].flatMap((entry) =>
  LANGUAGES.map((language) => [entry.key, language, entry.text[language] ?? ''] as const),
);

describe('what is shipped', () => {
  it('passes the checker without a remark', () => {
    expect(problems).toEqual([]);
    expect([...release.flows.keys()].sort()).toEqual([
      'agent-call',
      'announcement',
      'appointment',
      'appointment-reminder',
      'campaign-offer',
      'dealer-lookup',
      'debt-reminder',
      'emergency-announcement',
      'emergency-switch',
      'field-call',
      'main-menu',
      'maintenance-status',
      'nps',
      'plate-entry',
      'reception',
      'return-call',
      'to-agent',
      'voice-code',
      'welcome-call',
    ]);
  });

  it('leaves the pause after the answer to the setting', () => {
    const pauses = [...shippedRelease(1234).release.flows.values()].map(({ answer }) => answer.settleMs);
    expect(new Set(pauses)).toEqual(new Set([1234]));
  });

  it('leads every number to a flow that is there, and gives it what it takes', () => {
    const file = { path: 'flows/numbers.yaml', text: readFileSync('flows/numbers.yaml', 'utf8') };
    expect(parseNumbers(file, new Map([...release.flows].map(([id, { takes }]) => [id, takes]))).problems).toEqual([]);
  });

  it.each([
    'general.no-input',
    'general.no-match',
    'general.technical-trouble',
    'general.goodbye',
    'general.one-moment',
    'general.transferring',
    'general.repeat-hint',
    'engine.unavailable',
    'engine.demo-dealer',
    'engine.call-too-long',
  ])('holds the prompt %s, which the engine counts on, without values', (key) => {
    const text = release.catalogue.get(key)?.text;
    expect(text?.tr).toMatch(/^[^{}]+\.$/);
    expect(text?.en).toMatch(/^[^{}]+\.$/);
  });

  it('has a text in each language for every prompt', () => {
    expect(texts.filter(([, , text]) => text.trim() === '')).toEqual([]);
  });

  it('writes prompts as they are spoken: no figures, no signs, a full stop at the end', () => {
    const spoken = texts.map(([key, language, text]) => [key, language, text.replace(/\{\{[^}]*\}\}/g, 'x')] as const);
    expect(spoken.filter(([, , text]) => !/^[\p{L}][\p{L} ,.:;'’-]*\.$/u.test(text))).toEqual([]);
  });

  it('uses the same values in both languages', () => {
    const values = (text: string | undefined) => new Set(text?.match(/\{\{[^}]*\}\}/g));
    const different = [...release.catalogue.values()].filter(({ text }) => [...values(text.tr)].join() !== [...values(text.en)].join());
    expect(different.map(({ key }) => key)).toEqual([]);
  });

  it('tells the office’s hours as its calendar has them', () => {
    const weekly = release.calendars.get('office')?.weekly;
    const text = release.catalogue.get('main.weekly-hours')?.text;
    if (weekly === undefined) throw new Error('the calendar office is missing');
    // "…, pazar kapalı" ends the sentence differently: holidays are closed, too.
    const [open = ''] = wordHours(weekly, 'tr').split(', pazar');
    expect(text?.tr?.toLowerCase()).toContain(open.toLowerCase());
    expect(text?.en).toContain('on weekdays from nine AM to six PM');
    expect(wordHours(weekly, 'en')).toBe('open on weekdays from nine AM to six PM, on Saturday from ten AM to two PM, closed on Sunday');
  });
});
