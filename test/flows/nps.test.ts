import { describe, expect, it } from 'vitest';
import { type CallOptions, type PlayedCall, placeCall } from './player.ts';

const ask = (options: Partial<CallOptions> = {}) => placeCall({ flow: 'nps', ...options });
const QUESTION = {
  tr: 'tr inline: Bizi bir yakınınıza tavsiye etme olasılığınız nedir?',
  en: 'en inline: How likely are you to recommend us to a friend?',
};
const REASON =
  'tr inline: En çok hangi konuda daha iyi olmalıyız? Hizmet kalitesi için bir. Fiyat için iki. Bekleme süresi için üç. Diğer konular için dört.';
const COMMENT = ['tr inline: Eklemek istediğiniz bir şey var mı?', 'tr survey.say-comment'];
const THANKS = {
  tr: 'tr inline: Görüşleriniz için teşekkür ederiz. İyi günler dileriz.',
  en: 'en inline: Thank you for your opinion. Have a nice day.',
};
const ended = (call: PlayedCall) => call.waiting.kind === 'hangup';

describe('the flow nps', () => {
  it.each(['tr', 'en'] as const)('asks in %s', async (language) => {
    const call = await ask({ language });
    expect(call.heard).toEqual([`${language} survey.opening`, QUESTION[language], `${language} survey.keys-nps`]);
    const done = await (await (await call.press('10')).recorded('ok')).press('2');
    expect(done.heard).toEqual([THANKS[language]]);
    expect(ended(done)).toBe(true);
  });

  it('asks promoters for a comment, and others first why', async () => {
    expect((await (await ask()).press('9')).heard).toEqual(COMMENT);
    const why = await (await ask()).press('8');
    expect(why.heard).toEqual([REASON]);
    expect((await why.press('3')).heard).toEqual(COMMENT);
  });

  it('behaviour 16: 10 is taken at once, 1 after the inter-digit time or with #, every other key at once', async () => {
    const call = await ask();
    expect(call.waiting).toMatchObject({
      kind: 'collect',
      spec: { match: { kind: 'masks', masks: ['X', '10'] }, interDigitMs: 2000, terminator: '#' },
    });
    const taken = async (keys: string) => (await call.press(keys)).session.stack.at(-1)?.vars['answer'];
    expect(await Promise.all(['10', '1', '1#', '0', '5', '9'].map(taken))).toEqual(['10', '1', '1', '0', '5', '9']);
  });

  it('says what was wrong, and asks again', async () => {
    const wrong = await (await ask()).press('11');
    expect(wrong.heard).toEqual(['tr general.no-match', 'tr survey.keys-nps']);
    expect((await wrong.press('*')).heard).toEqual(['tr general.no-match', 'tr survey.keys-nps-help']);
    const choice = await (await (await ask()).press('0')).press('9');
    expect(choice.heard).toEqual(['tr general.no-match', 'tr survey.keys-range: bir ile dört arasında bir sayı tuşlayın.']);
  });

  it('takes leave of somebody who says nothing', async () => {
    const silent = await (await (await ask()).silence()).silence();
    expect(silent.heard).toEqual(['tr general.no-input', 'tr survey.keys-nps-help']);
    const gone = await silent.silence();
    expect(gone.heard).toEqual(['tr survey.no-answer']);
    expect(ended(gone)).toBe(true);
  });

  it('lets the caller listen to the comment, speak again and delete it', async () => {
    const spoken = await (await (await ask()).press('10')).recorded('ok');
    expect(spoken.heard).toEqual([expect.stringMatching(/^tr recording\.review/) as string]);
    expect((await spoken.press('1')).waiting).toMatchObject({ items: [{ kind: 'recording' }, { key: null }] });
    expect((await spoken.press('3')).waiting.kind).toBe('record');
    expect((await spoken.press('*')).heard).toEqual([THANKS.tr]);
  });

  it.each(['empty', 'failed'] as const)('thanks also when the comment is %s', async (kind) => {
    expect((await (await (await ask()).press('10')).recorded(kind)).heard).toEqual([THANKS.tr]);
  });

  it.each([
    ['csat', '5', THANKS.tr],
    ['easy', '7', 'tr inline: Yanıtınız için teşekkür ederiz. İyi günler dileriz.'],
  ])('asks %s as well: another file, the same flow', async (survey, key, thanks) => {
    const call = await ask({ params: { survey } });
    expect(call.heard).toHaveLength(2);
    const done = await call.press(key);
    expect(done.heard).toEqual([thanks]);
    expect(ended(done)).toBe(true);
  });

  it('asks the discontent of csat what went wrong', async () => {
    const call = await (await ask({ params: { survey: 'csat' } })).press('2');
    expect(call.heard).toEqual(['tr inline: Sizi memnun etmeyen neydi?', 'tr survey.say-comment']);
  });

  it('is over at once when there is no such survey', async () => {
    const call = await ask({ params: { survey: 'nowhere' } });
    expect(call.heard).toEqual([]);
    expect(ended(call)).toBe(true);
  });
});

describe('after a talk with an agent', () => {
  async function talked(params: CallOptions['params']) {
    const call = await placeCall({ flow: 'main-menu', language: 'en', ...(params === undefined ? {} : { params }) });
    return (await call.press('0')).queued('served');
  }

  it('the number’s survey is asked, and the call is over', async () => {
    const call = await talked({ survey: 'nps' });
    expect(call.heard.slice(0, 2)).toEqual(['en survey.opening', QUESTION.en]);
    const done = await (await call.press('10')).recorded('empty');
    expect(done.heard).toEqual([THANKS.en]);
    expect(ended(done)).toBe(true);
  });

  it('without one nothing is asked', async () => {
    expect((await talked(undefined)).heard).toEqual(['en main.talk-ended']);
  });
});
