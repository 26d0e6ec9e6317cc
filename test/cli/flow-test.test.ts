import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTrialStores } from '../../src/cli/command-stores.ts';
import { flowRun } from '../../src/cli/flow-run.ts';
import { flowTest } from '../../src/cli/flow-test.ts';
import { CALL_LINES } from '../../src/cli/turkish-call.ts';
import { DEED_LINES, HINT_LINES, REPORT_LINES } from '../../src/cli/turkish-report.ts';
import { scenarioFiles } from '../../src/files/scenario-files.ts';
import { namesIn } from '../../src/flow/turkish/book.ts';
import { PROMPTS } from '../flow/kit.ts';
import { FLOW, scenarioOf } from '../flow/scenario/kit.ts';

let cwd: string;
const put = (file: string, text: string) => writeFile(path.join(cwd, file), text);
beforeAll(async () => {
  cwd = await mkdtemp(path.join(tmpdir(), 'santral-test-'));
  for (const dir of ['flows', 'flows/calendars', 'sounds', 'broken']) await mkdir(path.join(cwd, dir));
  await put('sounds/all.yaml', PROMPTS.replace(/test\.only-turkish.*\n/, ''));
  await put('flows/calendars/office.yaml', 'calendar: office\nzone: Europe/Istanbul\nhours: mon-fri 09:00-18:00\n');
  await put('flows/main.yaml', FLOW);
  await put(
    'flows/queues.yaml',
    'queues: { support: { label: { tr: Destek, en: Support }, whisper: none, comfort: { every: none, prompts: [] } } }\n',
  );
  await put('flows/other.yaml', 'flow: other\nstart: bye\nnodes:\n  bye: { type: hangup, prompt: general.goodbye }\n');
  await put('flows/main.test.yaml', scenarioOf('- hears: test.menu\n- presses: 0\n- hearsOnly: test.help'));
  await put(
    'flows/other.test.yaml',
    'flow: other\nscenarios:\n  - { name: says goodbye, steps: [hears: general.goodbye, flow hangs up] }\n',
  );
  await put('broken/bad.yaml', 'flow: bad\nstart: gone\nnodes:\n  a: { type: hangup }\n');
});
afterAll(() => rm(cwd, { recursive: true }));

const run = (...args: string[]) => runWith({}, ...args);

async function runWith(env: Readonly<Record<string, string>>, ...args: string[]) {
  const said = { out: '', err: '' };
  const io = { out: (text: string) => void (said.out += text), err: (text: string) => void (said.err += text), cwd, env };
  const code = await flowTest(args, io, (dir) => scenarioFiles(dir));
  return { code, ...said };
}

test('tells each scenario, where one goes otherwise, what none of them came through, and a summary', async () => {
  const { code, out } = await run();
  const file = path.relative(process.cwd(), path.join(cwd, 'flows/main.test.yaml'));
  expect(code).toBe(1);
  expect(out).toContain(`${file}\n  ✗ it (tr)\n      ${file}:8:9 hearsOnly: test.help\n      something else is heard\n`);
  expect(out).toContain(
    '        expected  test.help\n        actual    general.goodbye\n      |        main/menu\n      | flow   says test.menu\n      | caller presses: 0\n',
  );
  expect(out).toContain('  ✓ says goodbye (tr)\n  ✓ says goodbye (en)\n');
  expect(out).toContain('other: 1 of 1 nodes, 0 of 0 exits (100 %)\n');
  expect(out).toMatch(
    /main: 2 of 12 nodes, 1 of 30 exits \(7 %\)\n {2}nodes never taken: code, read, .*\n {2}exits never taken: menu\.1, .* and \d+ more\n/,
  );
  expect(out).toMatch(/\n3 runs: 2 as written, 1 otherwise \(\d+ ms\)\n$/);
});

test('runs the scenarios of the flows that are named', async () => {
  expect(await run('other')).toMatchObject({ code: 0, out: expect.stringMatching(/^[^✗]*\n2 runs: 2 as written, 0 otherwise/) });
});

test('fails below a coverage that is asked for', async () => {
  expect((await run('other', '--coverage-min', '100')).code).toBe(0);
  await put('flows/other.test.yaml', 'flow: other\nscenarios:\n  - { name: says goodbye, steps: [flow hangs up] }\n');
  await put(
    'flows/other.yaml',
    'flow: other\nstart: bye\nnodes:\n  bye: { type: hangup, prompt: general.goodbye, exits: { error: sorry } }\n  sorry: { type: hangup }\n',
  );
  expect(await run('other', '--coverage-min', '90')).toMatchObject({
    code: 1,
    out: expect.stringContaining('other: 1 of 2 nodes, 0 of 1 exits (33 %)'),
  });
});

test('names flows without scenarios, and fails for them where the setting demands scenarios', async () => {
  await put('flows/alone.yaml', 'flow: alone\nstart: bye\nnodes:\n  bye: { type: hangup }\n');
  const warned = await run('other', 'alone');
  const refused = await runWith({ SANTRAL_FLOW_SCENARIOS: 'require' }, 'other', 'alone');
  const told = await runWith({ SANTRAL_FLOW_SCENARIOS: 'require' }, 'other');
  await rm(path.join(cwd, 'flows/alone.yaml'));
  expect([warned.code, refused.code, told.code]).toEqual([0, 1, 0]);
  for (const { out } of [warned, refused]) expect(out).toContain('\nalone has no scenarios: write alone.test.yaml (');
  expect(told.out).not.toContain('no scenarios');
});

test('scenarios that are there and cannot be run are not missing, and what is wrong with them is told', async () => {
  await put('flows/alone.yaml', 'flow: alone\nstart: bye\nnodes:\n  bye: { type: hangup }\n');
  await put('flows/alone.test.yaml', 'flow: alone\nscenarios:\n  - { name: it, steps: [presess: 1] }\n');
  const faulty = await run('alone');
  await rm(path.join(cwd, 'flows/alone.yaml'));
  await rm(path.join(cwd, 'flows/alone.test.yaml'));
  expect(faulty.code).toBe(1);
  expect(faulty.out).toMatch(/alone\.test\.yaml:3:\d+ error /);
  expect(faulty.out).toMatch(/\nalone has scenarios that cannot be run: .*alone\.test\.yaml has a problem, told above\n/);
  expect(faulty.out).not.toContain('has no scenarios');
});

test('says how a scenario would come where none has been, nearest first', async () => {
  const { out } = await run('main');
  expect(out).toContain('  to come from menu to code: presses: "1"\n');
  expect(out.match(/to come from/g)).toHaveLength(5);
});

test('as JSON, for programs', async () => {
  const { code, out } = await run('--json');
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({ ok: false, leftOut: 0, problems: [], results: [{ flow: 'main', failure: { line: 8 } }, {}, {}] });
});

test('a file that cannot be run is told with its place and its remedy', async () => {
  await put('flows/other.bad.test.yaml', 'flow: other\nscenarios:\n  - { name: a, steps: [hear: x] }\n');
  const { code, out } = await run('other');
  await rm(path.join(cwd, 'flows/other.bad.test.yaml'));
  expect(code).toBe(1);
  expect(out).toMatch(
    /other\.bad\.test\.yaml:3:24 error scenario\.unknown-step: there is no step "\{ hear: x \}"\n {4}Did you mean "hears"\?\n/,
  );
  expect(out).toMatch(/; 1 problem in files \(/);
});

test('what is recorded in the terminal goes as it was played, and nothing is written over', async () => {
  const said = { out: '', err: '' };
  const io = {
    out: (text: string) => void (said.out += text),
    err: (text: string) => void (said.err += text),
    cwd,
    env: {},
    stdin: Readable.from([]),
  };
  const args = ['main', '--keys', '14711,_,2,busy', '--record'];
  expect(await flowRun([...args, 'flows/main.played.test.yaml'], io, () => openTrialStores(io))).toBe(0);
  expect(said.out).toContain('-- written: flows/main.played.test.yaml\n');
  expect((await run('main')).out).toMatch(/main\.played\.test\.yaml\n {2}✓ recorded [^ ]+ \(tr\)\n/);
  expect(await flowRun([...args, 'flows/main.played.test.yaml'], io, () => openTrialStores(io))).toBe(1);
  expect(said.err).toMatch(/is there already: choose another name/);
  expect(await flowRun([...args, 'flows/elsewhere.yaml'], io, () => openTrialStores(io))).toBe(1);
  expect(said.err).toMatch(/A scenario of main is named main\.<name>\.test\.yaml, not elsewhere\.yaml/);
});

test.each<[string[], number, RegExp]>([
  [['gone'], 1, /There is no flow "gone"\. Flows: main, other\./],
  [['--flows', 'broken'], 1, /flow\.unknown-target[^]*The flows have errors/],
  [['--flows', 'nowhere'], 1, /There is no directory/],
  [['--coverage-min', 'most'], 2, /santral flow test/],
  [['--coverage-min', '101'], 2, /santral flow test/],
])('%j', async (args, code, says) => {
  const said = await run(...args);
  expect(said.code).toBe(code);
  expect(said.err).toMatch(says);
});

test('help', async () => {
  expect(await run('--help')).toMatchObject({ code: 0, out: expect.stringContaining('--coverage-min') });
});

test('tells all of it in Turkish where that is asked for', async () => {
  const { code, out } = await run('--language', 'tr');
  expect(code).toBe(1);
  expect(out).toContain(
    ':8:9 hearsOnly: test.help\n      başka bir şey duyuluyor\n        beklenen  test.help\n        olan      general.goodbye\n',
  );
  expect(out).toContain('      | akış   söyler: test.menu\n      | arayan presses: 0\n');
  expect(out).toMatch(/\nother: \d düğümden 1 tanesi, \d çıkıştan 0 tanesi geçildi \(%\d+\)\n/);
  expect(out).toMatch(/\n {2}hiç geçilmeyen düğümler: [^]*\n {2}hiç geçilmeyen çıkışlar: menu\.\d, .* ve \d+ tane daha\n/);
  expect(out).toMatch(/\n {2}menu düğümünden \S+ düğümüne gitmek için: presses: "\d"\n/);
  expect(out).toMatch(/\n\d çalıştırma: \d yazıldığı gibi, 1 farklı \(\d+ ms\)\n$/);
  const told = out.split('\n').filter((line) => !/^ {2}[✓✗] | {4}\S+:\d+:\d+ /.test(line));
  for (const line of told) expect(line).not.toMatch(/\b(?:the|of|nodes|exits|never|expected|actual|caller|flow {3}|runs?|otherwise)\b/);
  const { results } = JSON.parse((await run('--language', 'tr', '--json')).out) as { results: { failure: object | null }[] };
  expect(results.find(({ failure }) => failure !== null)?.failure).toMatchObject({ tr: { message: 'başka bir şey duyuluyor' } });
});

test('says in Turkish why nothing can be run, and takes no third language', async () => {
  expect((await run('gone', '--language', 'tr')).err).toBe('"gone" diye bir akış yok. Akışlar: main, other.\n');
  expect((await run('--language', 'tr', '--flows', 'broken')).err).toMatch(/ hata flow\.unknown-target: [\s\S]*\nAkışlarda hata var\.\n$/);
  expect((await run('--language', 'de')).code).toBe(2);
});

test('every line of the Turkish report names the same things', () => {
  for (const [english, turkish] of [...REPORT_LINES, ...HINT_LINES, ...DEED_LINES, ...CALL_LINES])
    expect(namesIn(turkish), english).toEqual(namesIn(english));
});
