import { expect, it } from 'vitest';
import { engineLog } from '../src/engine-log.ts';

function logged(use: (log: ReturnType<typeof engineLog>) => void): string {
  let text = '';
  use(engineLog('debug', { write: (line) => void (text += line) }));
  return text;
}

it.each<[string, (log: ReturnType<typeof engineLog>) => void]>([
  ['in a message', (log) => log.info({}, 'calling +905550000042 now')],
  ['in a field', (log) => log.info({ ani: '+905550000042' }, 'x')],
  ['in a field of a field', (log) => log.info({ call: { phone: '05550000042' } }, 'x')],
  ['in the cause of an error', (log) => log.error({ err: new Error('x', { cause: new Error('905550000042') }) }, 'x')],
  ['in a list', (log) => log.info({ numbers: ['05550000042'] }, 'x')],
  ['in a child’s own fields', (log) => log.child({ ani: '905550000042' }).info({}, 'x')],
  ['in an error', (log) => log.error({ err: new Error('no route to 905550000042') }, 'x')],
  ['in a child’s line', (log) => log.child({ callId: 'call_1' }).warn({ callerId: '905550000042' }, 'x')],
])('a full phone number %s is not logged', (_, use) => {
  const text = logged(use);
  expect(text).not.toContain('5550000042');
  expect(JSON.parse(text)).toHaveProperty('msg');
});

it('secrets are not logged, ids and times are', () => {
  const text = logged((log) => log.info({ password: 'geheim', token: 'abc', callId: 'call_01m7zv4qjg7wghsh0vspvhmtv0' }, 'x'));
  expect(text).not.toMatch(/geheim|abc/);
  expect(JSON.parse(text)).toMatchObject({ callId: 'call_01m7zv4qjg7wghsh0vspvhmtv0' });
});
