import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { flowCheck } from '../../src/cli/flow-check.ts';

let cwd: string;
beforeEach(async () => {
  cwd = await mkdtemp(path.join(tmpdir(), 'santral-flow-'));
  await mkdir(path.join(cwd, 'flows'));
  await mkdir(path.join(cwd, 'sounds'));
  await put('sounds/all.yaml', 'general.goodbye: { tr: Hoşça kalın., en: Goodbye. }\n');
});
afterEach(() => rm(cwd, { recursive: true }));

const put = (file: string, text: string) => writeFile(path.join(cwd, file), text);

async function check(...args: string[]) {
  const said = { out: '', err: '' };
  const code = await flowCheck(args, {
    out: (text) => void (said.out += text),
    err: (text) => void (said.err += text),
    cwd,
    env: {},
  });
  return { code, ...said };
}

const GOOD = 'flow: good\nstart: a\nnodes:\n  a: { type: hangup, prompt: general.goodbye }\n';
const BAD = 'flow: bad\nstart: a\nnodes:\n  a: { type: say, prompt: general.goodby, next: b }\n';

test('flows without errors: a summary, and 0', async () => {
  await put('flows/good.yaml', GOOD);
  expect(await check()).toEqual({ code: 0, out: '1 flow: 0 errors, 0 warnings (1 remark with --info)\n', err: '' });
});

test('every problem with its place, code, message and remedy, and 1', async () => {
  await put('flows/good.yaml', GOOD);
  await put('flows/bad.yaml', BAD);
  const { code, out } = await check();
  expect(code).toBe(1);
  const place = path.relative(process.cwd(), path.join(cwd, 'flows/bad.yaml'));
  expect(out).toContain(
    `${place}:4:19 error flow.unknown-prompt: the catalogue has no prompt "general.goodby"\n    Did you mean "general.goodbye"?\n`,
  );
  expect(out).toContain(`${place}:4:43 error flow.unknown-target: there is no node "b"\n`);
  expect(out).toMatch(/2 flows: 2 errors, 1 warning/);
});

test('in Turkish, from the first word to the last', async () => {
  await put('flows/bad.yaml', BAD);
  await put('flows/segments.yaml', 'segments:\n  vip: { label: { tr: VIP } }\n');
  const { code, out } = await check('--language', 'tr');
  expect(code).toBe(1);
  expect(out).toContain(
    'hata flow.unknown-prompt: katalogda "general.goodby" diye bir ses yok\n    "general.goodbye" mi demek istediniz?\n',
  );
  expect(out).toMatch(/1 akış: \d+ hata, \d+ uyarı/);
  expect(out).not.toMatch(/\b(?:the|is|must|Write|Add|error|warning)\b/);
  const { problems } = JSON.parse((await check('--language', 'tr', '--json')).out);
  expect(problems[0]).toMatchObject({ message: expect.any(String), tr: { message: expect.any(String), remedy: expect.any(String) } });
});

test('a language that Santral does not speak is a wrong command line', async () => {
  await put('flows/good.yaml', GOOD);
  expect(await check('--language', 'de')).toMatchObject({ code: 2, out: '' });
});

test('problems of segments.yaml are told, too', async () => {
  await put('flows/good.yaml', GOOD);
  await put('flows/segments.yaml', 'segments:\n  vip: { label: { tr: VIP } }\n');
  const { code, out } = await check();
  expect(code).toBe(1);
  expect(out).toContain(`${path.relative(process.cwd(), path.join(cwd, 'flows/segments.yaml'))}:2:`);
});

test('remarks are shown when they are asked for', async () => {
  await put('flows/good.yaml', GOOD);
  expect((await check('--info')).out).toContain('info flow.exit-defaulted');
});

test('as JSON, for programs', async () => {
  await put('flows/bad.yaml', BAD);
  const { code, out } = await check('--json');
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({
    errors: 2,
    warnings: 1,
    flows: ['bad'],
    problems: expect.arrayContaining([expect.objectContaining({ line: 4, column: 19, code: 'flow.unknown-prompt' })]),
  });
});

test('problems of prompts, calendars and numbers are told, too', async () => {
  await mkdir(path.join(cwd, 'flows/calendars'));
  await put('flows/good.yaml', GOOD);
  await put('flows/calendars/office.yaml', 'calendar: office\nzone: Nowhere\nhours: mon-fri 09:00-18:00\n');
  await put('flows/numbers.yaml', 'numbers:\n  "1000": { flow: gone }\n');
  await put('sounds/more.yaml', 'Bad Key: { tr: x }\n');
  const { out } = await check();
  expect(out).toMatch(/office\.yaml:2:\d+ error calendar\.unknown-zone/);
  expect(out).toMatch(/numbers\.yaml:2:\d+ error numbers\./);
  expect(out).toMatch(/more\.yaml:1:1 error flow\.bad-name/);
});

test('other directories', async () => {
  await mkdir(path.join(cwd, 'elsewhere'));
  await put('elsewhere/good.yaml', GOOD);
  expect((await check('elsewhere', '--sounds', 'sounds')).code).toBe(0);
  expect(await check('nowhere')).toMatchObject({ code: 1, err: expect.stringContaining('There is no directory') });
  await put('flows/main.yaml', GOOD);
  const file = await check('flows/main.yaml');
  expect(file).toMatchObject({ code: 1, err: expect.stringMatching(/flows\/main\.yaml is a file; name its directory/) });
  expect((await check('flows/main.yaml', '--language', 'tr')).err).toMatch(/flows\/main\.yaml bir dosya; klasörünü yazın/);
});

test('help, and a wrong command line', async () => {
  expect(await check('--help')).toMatchObject({ code: 0, out: expect.stringContaining('santral flow check') });
  expect(await check('a', 'b')).toMatchObject({ code: 2, err: expect.stringContaining('santral flow check') });
});

test('queues and dispositions: what cannot be read, and what they name that is not there', async () => {
  await put('flows/good.yaml', GOOD);
  await put(
    'flows/queues.yaml',
    `queues:
  support:
    label: { tr: Destek, en: Support }
    calendar: ofice
    dispositions: servise
    welcome: queue.wellcome
    whisper: none
    comfort: { every: none, prompts: [] }
  sales: { label: { tr: Satış, en: Sales }, offer: soon }
`,
  );
  await put('flows/dispositions.yaml', 'dispositions:\n  service: { label: { tr: Servis, en: Service }, choices: {} }\n');
  const { code, out } = await check('--json');
  expect(code).toBe(1);
  const { problems } = JSON.parse(out) as { problems: { file: string; line: number; column: number; code: string }[] };
  expect(
    problems.filter(({ code: one }) => !one.startsWith('flow.')).map((one) => [path.basename(one.file), one.line, one.column, one.code]),
  ).toEqual([
    ['dispositions.yaml', 2, 50, 'dispositions.shape'],
    ['queues.yaml', 4, 5, 'queues.unknown-calendar'],
    ['queues.yaml', 5, 5, 'queues.unknown-dispositions'],
    ['queues.yaml', 6, 5, 'queues.unknown-prompt'],
    ['queues.yaml', 9, 45, 'queues.shape'],
  ]);
});
