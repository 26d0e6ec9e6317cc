import { describe, expect, test } from 'vitest';
import { namesIn } from '../../../src/flow/turkish/book.ts';
import { FAILURE_LINES, FAULT_LINES, HAPPENED_LINES, turkishFailure, turkishFault } from '../../../src/flow/turkish/run-words.ts';
import { spokenInSource } from './said-in-source.ts';

const ENGLISH = /(?<!\p{L})(?:the|is|are|was|of|which|that|as|not|no|call)(?!\p{L})/iu;
const said = spokenInSource('src/flow');

test('every fault that the flow room throws has Turkish words', () => {
  const faults = said.filter(({ what }) => what === 'fault');
  expect(faults.length).toBeGreaterThan(40);
  for (const { place, message } of faults) {
    const told = turkishFault({ code: 'missing-value', message });
    expect(told, `${place} ${message}`).not.toBeNull();
    expect(told, `${place} ${message}`).not.toMatch(ENGLISH);
  }
});

test('every sentence of a step that goes otherwise has Turkish words', () => {
  const failures = said.filter(({ what }) => what === 'failure');
  expect(failures.length).toBeGreaterThan(20);
  for (const { place, message } of failures) {
    const told = turkishFailure({ message, expected: 'x', actual: 'missing-value: {{x}} has no value' });
    expect(told, `${place} ${message}`).not.toBeNull();
    expect(told?.message, `${place} ${message}`).not.toMatch(ENGLISH);
  }
});

test('every line names the same things in both languages', () => {
  for (const [english, turkish] of [...FAULT_LINES, ...FAILURE_LINES, ...HAPPENED_LINES])
    expect(namesIn(turkish), english).toEqual(namesIn(english));
});

describe('a step that goes otherwise', () => {
  test.each([
    ['test.help is not heard', 'test.help', 'nothing more', 'test.help duyulmuyor | test.help | başka bir şey yok'],
    ['something else is heard', 'nothing', 'test.menu', 'başka bir şey duyuluyor | hiçbir şey | test.menu'],
    ['test.menu is heard', 'not test.menu', 'test.menu', 'test.menu duyuluyor | test.menu değil | test.menu'],
    [
      'this step does not fit here',
      'the call waits for keys',
      'the call is dialling 100',
      'bu adım buraya uymuyor | çağrı tuş bekliyor | çağrıda 100 aranıyor',
    ],
    [
      'the flow met a fault at main/broken',
      'no fault',
      'missing-value: {{answer.name}} has no value',
      'akışta arıza oluştu: main/broken | arıza yok | missing-value: {{answer.name}} için değer yok',
    ],
    ['code has another value', '"1"', '""', 'code değişkeninin değeri başka | "1" | ""'],
    ['menu was not left by 1', '1', 'it was not left', 'menu düğümünden 1 çıkışıyla çıkılmadı | 1 | çıkılmadı'],
  ])('%s', (message, expected, actual, turkish) => {
    expect(Object.values(turkishFailure({ message, expected, actual }) ?? {}).join(' | ')).toBe(turkish);
  });

  test('that nobody knows is not half told', () => {
    expect(turkishFailure({ message: 'somebody sings', expected: 'nothing', actual: 'x' })).toBeNull();
    expect(turkishFault({ code: 'missing-value', message: 'somebody sings' })).toBeNull();
  });
});
