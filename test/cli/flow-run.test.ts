import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTrialStores } from '../../src/cli/command-stores.ts';
import { flowRun } from '../../src/cli/flow-run.ts';

let cwd: string;
beforeAll(async () => {
  cwd = await mkdtemp(path.join(tmpdir(), 'santral-run-'));
  await mkdir(path.join(cwd, 'flows'));
  await mkdir(path.join(cwd, 'sounds'));
  const put = (file: string, text: string) => writeFile(path.join(cwd, file), text);
  await put('sounds/all.yaml', 'x.menu: { tr: "Bir, iki ya da üç.", en: "One, two or three." }\nx.again: { tr: "Yine.", en: "Again." }\n');
  await put(
    'flows/main.yaml',
    `flow: main
start: menu
parameters: { who: nobody }
nodes:
  menu: { type: menu, prompt: x.menu, options: { 1: code, 2: call, 3: note, 4: crm, 5: open, 6: who }, noInput: x.again, noMatch: x.again, exits: { exhausted: bye } }
  code: { type: collect, prompt: [], into: code, digits: 2, next: tell }
  tell: { type: say, prompt: { text: { tr: "Kod {{code}}.", en: "Code {{code}}." } }, next: pin }
  pin: { type: collect, prompt: [], into: pin, digits: { min: 1, max: 8 }, secret: true, next: menu }
  call: { type: transfer, to: { extension: "100" }, next: menu, exits: { busy: bye } }
  note: { type: record, into: note, next: menu, exits: { empty: bye } }
  crm: { type: http, url: "https://x.example/", into: answer, next: told, exits: { unreachable: bye } }
  told: { type: say, prompt: { text: { tr: "{{answer.name}}", en: "{{answer.name}}" } }, next: menu }
  open: { type: hours, hours: week, exits: { open: menu, closed: bye } }
  who: { type: say, prompt: { text: { tr: "{{params.who}} {{call.did}}", en: "x" } }, next: menu }
  bye: { type: hangup, prompt: { text: { tr: Güle güle., en: Bye. } } }
variables: { week: [[{ from: 540, to: 1080 }], [], [], [], [], [], []] }
`,
  );
  await mkdir(path.join(cwd, 'flows/messages'));
  await put('flows/messages/all.yaml', 'x.sent: { sms: { tr: "{{code}}", en: "{{code}}" } }\n');
  await put(
    'flows/causes.yaml',
    `flow: causes
start: sms
nodes:
  sms: { type: notify, channel: sms, template: x.sent, to: "05550000017", with: { code: "7" }, next: ask }
  ask: { type: consent, for: MESAJ, to: "05550000017", prompt: x.menu, next: note }
  note: { type: record, review: true, into: note, next: mail }
  mail: { type: voicemail, review: false, next: back }
  back: { type: callback-request, group: sales, next: bye }
  bye: { type: hangup }
`,
  );
  await put('flows/queues.yaml', 'queues:\n  sales:\n    label: { tr: Satış, en: Sales }\n');
  await put('flows/bad.yaml', 'flow: bad\nstart: gone\nnodes:\n  a: { type: hangup }\n');
});
afterAll(() => rm(cwd, { recursive: true }));

async function run(args: string[], stdin: Readable & { isTTY?: boolean } = Readable.from([])) {
  const said = { out: '', err: '' };
  const io = { out: (text: string) => void (said.out += text), err: (text: string) => void (said.err += text), cwd, env: {}, stdin };
  const code = await flowRun(args, io, () => openTrialStores(io));
  return { code, ...said };
}

test('a call with a script: keys ahead go to the next question, silence is silence, the end is a hang-up', async () => {
  const { code, out } = await run(['main', '--keys', '_,134,4711,7,h']);
  expect(code).toBe(0);
  expect(out).toBe(
    [
      'main/menu (menu)',
      '  tr: Bir, iki ya da üç.',
      '> (silence)',
      '  (no input, 1)',
      '  tr: Yine.',
      '> 134',
      '  1 -> code',
      'main/code (collect)',
      'main/tell (say)',
      '  tr: Kod 34.',
      'main/pin (collect)',
      '> ****',
      'main/menu (menu)',
      '  tr: Bir, iki ya da üç.',
      '> 7',
      '  (no-match: 7)',
      '  tr: Yine.',
      '-- the caller hung up',
      '',
    ].join('\n'),
  );
});

test('a question that is given up says how often it was heard, what for, and where the call goes', async () => {
  const silent = await run(['main', '--keys', '_,_,_,_']);
  expect(silent.out).toMatch(/ {2}\w+ -> bye \(menu was heard 3 times, as often as its attempts allow: 3 without keys\)\n/);
  const mixed = await run(['main', '--keys', '7,_,7,_']);
  expect(mixed.out).toMatch(/\(menu was heard 3 times, as often as its attempts allow: 1 without keys, 2 with keys that do not fit\)\n/);
});

test('keys may be piped in, one line for each question', async () => {
  const { out } = await run(['main', '--language', 'en'], Readable.from(['1\n', '34\n\n']));
  expect(out).toContain('  en: Code 34.\nmain/pin (collect)\n> (silence)\n  (no input, 1)\n-- the caller hung up\n');
});

test('no keys at all: the greeting is heard, then the caller hangs up', async () => {
  expect((await run(['main'])).out).toBe('main/menu (menu)\n  tr: Bir, iki ya da üç.\n-- the caller hung up\n');
});

test('at a terminal each question is asked, and what is no key, too', async () => {
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  const done = run(['main'], stdin);
  stdin.end('2\nbu\n');
  const { out } = await done;
  expect(out).toContain('keys> > 2\n');
  expect(out).toContain('dialling 100 (answered, busy,');
  expect(out).toContain('  busy -> bye\n');
  expect(out).toContain('  tr: Güle güle.\n-- the flow hung up (normal)\n');
});

describe('people and systems', () => {
  test('a transfer is answered, unless a word says otherwise', async () => {
    expect((await run(['main', '--keys', '2'])).out).toContain('  transfer: answered\nmain/menu');
    expect((await run(['main', '--keys', '2,busy'])).out).toContain('  busy -> bye\n');
    expect((await run(['main', '--keys', '2,no-answer'])).out).toContain('  noAnswer -> built-in end\n');
  });

  test('what a call causes is told, with the number masked; nothing is stored or sent', async () => {
    const { out } = await run(['causes', '--keys', '1,ok,3,ok,*,ok,2,05550000018,1']);
    expect(out.split('\n').filter((line) => line.startsWith('  + '))).toEqual([
      '  + sms x.sent to +90 5** *** ** 17',
      '  + consent MESAJ: ONAY',
      '  + recording deleted',
      '  + recording deleted',
      '  + recording kept: voicemail, 3 s',
      '  + callback: sales',
    ]);
  });

  test('a recording is made, unless a word says otherwise', async () => {
    expect((await run(['main', '--keys', '3'])).out).toContain('  record: ok\nmain/menu');
    expect((await run(['main', '--keys', '3,empty'])).out).toContain('  empty -> bye\n');
  });

  test('nothing can be reached, unless an answer is given', async () => {
    expect((await run(['main', '--keys', '4'])).out).toContain('  unreachable -> bye\n');
    expect((await run(['main', '--keys', '4', '--http', '{"name":"Ayşe"}'])).out).toContain('  tr: Ayşe\n');
  });

  test('the time, the numbers and the parameters can be given', async () => {
    // Monday 10:00 in Istanbul; the same instant written with an offset; Monday night.
    expect((await run(['main', '--keys', '5', '--at', '2026-11-23T10:00'])).out).toContain('hours: open');
    expect((await run(['main', '--keys', '5', '--at', '2026-11-23T07:00Z'])).out).toContain('hours: open');
    expect((await run(['main', '--keys', '5', '--at', '2026-11-23T22:00'])).out).toContain('hours: closed');
    expect((await run(['main', '--keys', '6', '--did', '444', '--param', 'who=Ayşe=A'])).out).toContain('  tr: Ayşe=A 444\n');
  });
});

describe('what cannot be played', () => {
  test.each<[string[], number, RegExp]>([
    [['gone'], 1, /There is no flow "gone"\. Flows: bad, causes, main\./],
    [['bad'], 1, /bad\.yaml:2:1 error flow\.unknown-target[^]*The flow bad has errors/],
    [['main', '--at', 'noon'], 1, /"noon" is no time/],
    [['main', '--language', 'de'], 1, /no language "de"/],
    [['main', '--http', '{'], 1, /--http is no JSON/],
    [['main', '--dealers', 'none.csv'], 1, /none\.csv cannot be read/],
    [['main', '--appointments', 'none.yaml'], 1, /none\.yaml cannot be read/],
    [['main', '--appointments', 'flows/main.yaml'], 1, /main\.yaml:\d+:\d+ .*flow/],
    [['main', '--on', 'heating'], 1, /no switch "heating"\. Switches: emergency\./],
    [['main', '--pin', '123456'], 1, /must not be one digit/],
    [['main', '--flows', 'nowhere'], 1, /There is no directory/],
    [[], 2, /santral flow run/],
    [['main', 'again'], 2, /santral flow run/],
  ])('%j', async (args, code, says) => {
    const said = await run(args);
    expect(said.code).toBe(code);
    expect(said.err).toMatch(says);
  });

  test('help', async () => {
    expect(await run(['--help'])).toMatchObject({ code: 0, out: expect.stringContaining('--keys') });
  });
});

test('the shipped dealer look-up, with the demo dealers', async () => {
  const args = ['dealer-lookup', '--keys', '1,34#,3,busy,h', '--at', '2026-11-23T10:00', '--language', 'en'];
  const { out } = await run([...args, '--flows', path.resolve('flows'), '--sounds', path.resolve('sounds')]);
  expect(out).toContain('  dealers.by-province: ok\n');
  expect(out).toMatch(/en: The first dealer is .+, İstanbul\./);
  expect(out).toContain('  busy -> dealer-busy\n');
});

describe('the shipped flows over trial stores', () => {
  const shipped = ['--flows', path.resolve('flows'), '--sounds', path.resolve('sounds'), '--at', '2026-11-23T10:00', '--language', 'en'];

  test('an appointment is booked, found by its code, moved and cancelled within one call', async () => {
    const { out, code } = await run(['appointment', '--keys', '1,3,65,1,1,2,1,*,2,1,3,1,*,2,2,1,*,2,h', ...shipped]);
    expect(code).toBe(0);
    expect(out).toContain("  en: Your appointment is made. Göl Teknik, today at one o'clock.\n");
    expect(out).toContain("  en: Your appointment is changed. Göl Teknik, today at two o'clock.\n");
    expect(out).toMatch(/ {2}en: Your appointment is cancelled\..*\n[^]*appointments\.by-number: none\n/);
    // The next call finds nothing of it.
    expect((await run(['appointment', '--keys', '2', ...shipped])).out).toContain('  appointments.by-number: none\n');
  });

  test('the demonstration’s customers are known by number', async () => {
    const { out } = await run(['appointment', '--keys', '1,1,100002#', ...shipped]);
    expect(out).toContain('You were last at Anıttepe Servis');
  });

  test('a switch is on for the call, and its secret turns it', async () => {
    expect((await run(['nps', '--on', 'emergency', ...shipped])).out).toMatch(
      /emergency-announcement\/announce [^]*our services are disrupted/,
    );
    const turned = await run(['emergency-switch', '--pin', '482913', '--keys', '482913#,1,*', ...shipped]);
    expect(turned.out).toMatch(/announcement is off\.[^]*announcement is on\./);
    expect((await run(['emergency-switch', '--keys', '482913#', ...shipped])).out).toContain('No PIN has been chosen');
  });

  test('a survey is asked to its end', async () => {
    expect((await run(['nps', '--keys', '10,ok,2', ...shipped])).out).toContain('Thank you for your opinion.');
  });
});

describe('in Turkish', () => {
  const tr = (keys: string, flow = 'main') => run([flow, '--language', 'tr', '--keys', keys]);

  test('what is told of a call, and not what is heard', async () => {
    const { out } = await tr('_,134,4711,7,h');
    expect(out).toContain('> (sessizlik)\n  (tuşlanmadı, 1)\n  tr: Yine.\n');
    expect(out).toMatch(/-- arayan kapattı\n$/);
    const heard = (await tr('2,busy')).out;
    expect(heard).toContain('  arandı: 100\n  transfer: busy\n  busy -> bye\nmain/bye (hangup)\n  tr: Güle güle.\n-- akış kapattı');
    expect((await tr('_,_,_')).out).toMatch(/noInput -> bye \(menu 3 kez duyuldu, attempts bu kadarına izin veriyor: 3 kez tuşlanmadı\)/);
  });

  test('every line', async () => {
    const calls = await Promise.all([tr('_,9,_'), tr('2,h'), tr('3,empty'), tr('4'), tr('5'), tr('1,1,_,_'), tr('1,1,1', 'causes')]);
    for (const { out } of calls) {
      const told = out.split('\n').filter((line) => !/^ {2}(?:tr|en): /.test(line));
      for (const line of told) expect(line).not.toMatch(/\b(?:the|no input|was|times|with|built-in|recording|dialled|keys|hung)\b/);
    }
  });

  test('why it cannot be played', async () => {
    expect((await run(['nothing', '--language', 'tr'])).err).toMatch(/^"nothing" diye bir akış yok\. Akışlar: /);
    expect((await run(['bad', '--language', 'tr'])).err).toMatch(
      / hata flow\.unknown-target: "gone" diye bir düğüm yok[\s\S]*bad akışında hata var\.\n$/,
    );
    expect((await run(['main', '--language', 'tr', '--at', 'noon'])).err).toMatch(/^"noon" bir zaman değil/);
  });

  test('what is asked at the terminal', async () => {
    const stdin = Object.assign(new PassThrough(), { isTTY: true });
    stdin.end('2\nbusy\n');
    const { out } = await run(['main', '--language', 'tr'], stdin);
    expect(out).toContain('tuşlar> ');
    expect(out).toContain('100 aranıyor (answered, ');
  });
});
