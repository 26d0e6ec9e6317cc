import { expect, test } from 'vitest';
import { resume, start } from '../../src/flow/interpreter.ts';
import { check, release, TRIGGER, worldOf } from './kit.ts';

/** CPU time, because the machine that runs the tests may be busy with others. Bounds are ten times what is usual. */
function cpuMs(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

test('a turn takes microseconds', () => {
  const world = worldOf(
    release({
      main: 'flow: main\nstart: a\nnodes:\n  a: { type: menu, prompt: test.menu, options: { 1: a, 2: b } }\n  b: { type: hangup }\n',
    }),
  );
  let turn = start('main', { ...TRIGGER, kind: 'outbound' }, world);
  const go = (times: number) => {
    for (let i = 0; i < times; i += 1)
      turn = resume(turn.session, { kind: 'digits', step: turn.session.step, digits: '1', end: 'matched' }, world);
  };
  go(10_000);
  const perTurn = (cpuMs(() => go(50_000)) / 50_000) * 1000;
  expect(perTurn).toBeLessThan(10);
});

test('a flow of a thousand nodes is checked in a moment', () => {
  const nodes = Array.from({ length: 250 }, (_, i) => {
    const next = i === 249 ? 'bye' : `a${i + 1}`;
    return [
      `  a${i}: { type: menu, prompt: [test.menu, { text: { tr: "{{n|number}}", en: "{{n|number}}" }, when: n > ${i} }], options: { 1: b${i}, 2: c${i}, 3: d${i} }, noMatch: general.no-match }`,
      `  b${i}: { type: set, set: { n: n + ${i} }, next: ${next} }`,
      `  c${i}: { type: collect, prompt: test.code, into: code, digits: { min: 1, max: 2 }, check: "int(code) <= 81", next: ${next} }`,
      `  d${i}: { type: http, url: "https://x.example/{{code}}", into: answer, next: ${next} }`,
    ].join('\n');
  });
  const text = `flow: main\nstart: a0\nvariables: { n: 0 }\nexits: { error: bye, exhausted: bye }\nnodes:\n${nodes.join('\n')}\n  bye: { type: hangup }\n`;
  check({ main: text });
  expect(check({ main: text }).problems).toEqual([]);
  expect(cpuMs(() => check({ main: text }))).toBeLessThan(2000);
});
