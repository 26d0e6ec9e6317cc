import { describe, expect, test } from 'vitest';
import { call, check, type Doing, flow } from './kit.ts';

const asks = (fields: string) =>
  flow(
    `begin: { type: record, prompt: test.help, into: note, ${fields} next: bye, exits: { empty: nothing, discarded: gone, error: failed } }
nothing: { type: say, prompt: test.empty, next: bye }
gone: { type: say, prompt: test.full, next: bye }
failed: { type: say, prompt: test.code, next: bye }`,
    'results: [note]',
  );
const start = (fields = 'review: true,') => call(asks(fields)).do({ kind: 'answered' });
const spoken = (n = 1): Doing => ({ kind: 'recorded', outcome: { kind: 'ok', name: `rec_${n}`, durationMs: 4400 } });
const kept = (n: number) => ({ kind: 'recording', draft: expect.objectContaining({ id: `rec_${n}`, kind: 'message', node: 'begin' }) });
const discarded = (n: number) => ({ kind: 'discard', recording: `rec_${n}` });

describe('a recording with review', () => {
  test('is kept when the caller says so, and only then', () => {
    const driven = start().do(spoken());
    expect(driven.effects).toEqual([]);
    expect(driven.command).toMatchObject({ kind: 'collect', spec: { match: { options: ['1', '2', '3', '*'] }, typeAhead: 'flush' } });
    driven.press('2');
    expect(driven.effects).toEqual([kept(1)]);
    expect(driven.vars()['note']).toEqual({ name: 'rec_1', seconds: 4 });
    expect(driven.node).toBe('bye');
  });

  test('can be listened to, as often as wished, and cut by a key', () => {
    const driven = start().do(spoken());
    for (let i = 0; i < 5; i += 1) {
      driven.press('1');
      const [item] = driven.command !== null && 'items' in driven.command ? driven.command.items : [];
      expect(item).toEqual({
        kind: 'recording',
        recording: 'rec_1',
        durationMs: 4400,
        key: null,
        language: 'tr',
        text: '[kayıt]',
        bargeIn: true,
      });
    }
    expect(driven.last('prompt')[0]?.text).toMatch(/^\[kayıt\] Kaydınızı dinlemek için biri/);
  });

  test('can be made again: the first one goes, the second one counts', () => {
    const driven = start().do(spoken()).press('3');
    expect(driven.command).toMatchObject({ kind: 'record', items: [{ key: 'test.help' }] });
    driven.do(spoken(2)).press('2');
    expect(driven.effects).toEqual([discarded(1), kept(2)]);
  });

  test('can be deleted', () => {
    const driven = start().do(spoken()).press('*');
    expect([driven.node, driven.effects]).toEqual(['gone', [discarded(1)]]);
    expect(driven.vars()['note']).toBeNull();
  });

  test.each([
    ['silence', (driven: ReturnType<typeof start>) => driven.silence()],
    ['wrong keys', (driven: ReturnType<typeof start>) => driven.press('7', 'no-match')],
  ])('is kept after three times of %s: what was said is not lost', (_, again) => {
    const driven = start().do(spoken());
    again(again(driven));
    expect(driven.effects).toEqual([]);
    again(driven);
    expect(driven.effects).toEqual([kept(1)]);
  });

  test.each([
    ['in the review', start().do(spoken()), {}, [kept(1)]],
    ['while it is recorded', start(), { recorded: { kind: 'ok', name: 'rec_1', durationMs: 900 } as const }, [kept(1)]],
    ['while nothing was said', start(), { recorded: { kind: 'empty' } as const }, []],
    ['before it is recorded', start(), {}, []],
    ['after it was to be made again', start().do(spoken()).press('3'), {}, [discarded(1)]],
  ])('a hang-up %s keeps what there is', (_, driven, more, effects) => {
    expect(driven.do({ kind: 'hung-up', ...more }).effects).toEqual(effects);
    expect(driven.session.status).toBe('ended');
  });

  test('goes on with the review after a restart', () => {
    const driven = start().do(spoken()).do({ kind: 'restarted' });
    expect(driven.command).toMatchObject({ kind: 'collect' });
    expect(driven.press('2').effects).toEqual([kept(1)]);
    expect(start().do({ kind: 'restarted' }).command).toMatchObject({ kind: 'record' });
  });

  test('has keys and words of the flow where it gives them', () => {
    const driven = start('review: { prompt: test.menu, keep: 5, attempts: 1 }, kind: comment,').do(spoken());
    expect(driven.words).toBe('Bir ya da iki.');
    expect(driven.press('5').effects).toMatchObject([{ draft: { kind: 'comment' } }]);
    const { problems } = check({ main: asks('review: { keep: 1 },') });
    expect(problems).toContainEqual(expect.objectContaining({ code: 'flow.ambiguous-option', message: '1 means both listen and keep' }));
  });
});

test('without review it is kept as it is; empty and failed ones have their ways', () => {
  expect(start('').do(spoken()).effects).toEqual([kept(1)]);
  expect(start('').do({ kind: 'recorded', outcome: { kind: 'empty' } }).node).toBe('nothing');
  expect(start('').do({ kind: 'recorded', outcome: { kind: 'failed' } }).node).toBe('failed');
});

describe('a voicemail', () => {
  const mail = flow(
    'begin: { type: voicemail, notify: [{ channel: webhook, template: voicemail.new, to: crm, with: { caller: "{{call.ani}}" } }, { channel: sms, template: booking.made, with: { code: "1" } }], next: bye }',
  );

  test('is told of although the caller hung up in the middle of it, and one who cannot be written to is told in the journal', () => {
    const driven = call(mail, { trigger: { ani: '' } }).do({ kind: 'answered' });
    driven.do({ kind: 'hung-up', recorded: { kind: 'ok', name: 'rec_1', durationMs: 2000 } });
    expect(driven.effects).toMatchObject([
      { kind: 'recording', draft: { kind: 'voicemail' } },
      { kind: 'message', draft: { channel: 'webhook', data: { recording: 'rec_1', seconds: 2, call: 'call_test', caller: '' } } },
    ]);
    expect(driven.last('result')).toMatchObject([{ outcome: 'queued' }, { outcome: 'unreachable' }]);
  });
});

test('the nodes’ own words are the catalogue’s where it has them, unless they read something else', () => {
  const words = (prompts: string) =>
    call(flow('begin: { type: voicemail, review: true, next: bye }'), { sources: { prompts } }).do({ kind: 'answered' }).do(spoken()).words;
  const rest = 'general.goodbye: { tr: x, en: y }\n';
  expect(words(`${rest}recording.review: { tr: "{{keep}}!", en: "{{keep}}!" }\n`)).toBe('2!');
  expect(words(`${rest}recording.review: { tr: "{{other}}", en: "{{other}}" }\n`)).toMatch(/^Kaydınızı dinlemek/);
});
