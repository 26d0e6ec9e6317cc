import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type Config, readConfig } from '../config/config.ts';
import { hasCode, SantralError } from '../domain/errors.ts';
import type { CallId, SessionId } from '../domain/ids.ts';
import { isLanguage } from '../domain/language.ts';
import type { Value } from '../domain/value.ts';
import { instantIn } from '../domain/zone-time.ts';
import type { PlayedStep } from '../flow/scenario/played-call.ts';
import { writeScenario } from '../flow/scenario/record.ts';
import { personOf, type Trigger } from '../flow/session.ts';
import type { World } from '../flow/world.ts';
import type { Stores } from '../ports/stores.ts';
import { checkFiles, printProblem } from './flow-files.ts';
import { EXIT, type InteractiveIo } from './io.ts';
import { type Keypad, pipedKeypad, scriptedKeypad, tokens, typedKeypad } from './keypad.ts';
import { playCall, type TerminalHouse } from './terminal-call.ts';
import { type Trial, trialActions } from './trial-actions.ts';
import { turkishCall } from './turkish-call.ts';

const USAGE = `santral flow run <flow> [options]

Plays a flow in the terminal, without Asterisk: prompts are printed, keys are typed. At each question type keys and Enter;
nothing or _ is silence, h hangs up. More keys than the question takes go to the next one, as on a telephone.

  --keys "1,34#,_,9"   Press these, one comma for each question, and hang up after the last. Words answer what is no key:
                       busy or no-answer for a transfer, empty for a recording. Keys may also be piped in, one line each.
  --language <tr|en>   The language the call begins in (default: SANTRAL_LANGUAGE). With tr, what is told of the call is Turkish, too.
  --did <number>       The dialled number (call.did).   --ani <number>  The caller's number (call.ani).
  --at <time>          The time it is, as 2026-11-23T10:00 in the zone of SANTRAL_ZONE or with an offset (default: now).
  --dealers <csv>      Dealers for the look-ups (default: demo/dealers.csv in the flows' directory).
  --appointments <yaml> Services, calendars and customers (default: demo/appointments.yaml there). What is booked is gone with the
                       call; nobody is written to.
  --on <switch>        A switch that is on, such as emergency; may be repeated.
  --pin <digits>       The secret by which the call may turn switches.
  --http <json>        The answer to every request of the flow; without it nothing can be reached.
  --param name=value   A parameter of the flow; may be repeated.
  --record <file>      Write what is played as a scenario (<flow>.<name>.test.yaml, which must not be there yet). Type made-up
                       digits at secret questions: they are written, too.
  --flows <directory>  --sounds <directory>

Exit: 0 when the call was played, 1 when the flow has errors or something cannot be read, 2 for a wrong command line.
`;

const OPTIONS = {
  keys: { type: 'string' },
  language: { type: 'string' },
  did: { type: 'string', default: '1000' },
  ani: { type: 'string', default: '+905550000001' },
  at: { type: 'string' },
  dealers: { type: 'string' },
  appointments: { type: 'string' },
  on: { type: 'string', multiple: true, default: [] as string[] },
  pin: { type: 'string' },
  http: { type: 'string' },
  param: { type: 'string', multiple: true, default: [] as string[] },
  record: { type: 'string' },
  flows: { type: 'string' },
  sounds: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

type Values = ReturnType<typeof read>['values'];

/** `santral flow run`; `args` is what follows those words. The stores are closed when the call is over. Gives the exit code. */
export async function flowRun(args: string[], io: InteractiveIo, openTrialStores: () => Promise<Stores>): Promise<number> {
  const { values, positionals } = read(args);
  const [flow, ...more] = positionals;
  if (values.help || flow === undefined || more.length > 0) {
    (values.help ? io.out : io.err)(USAGE);
    return values.help ? EXIT.ok : EXIT.usage;
  }
  const told = values.language === 'tr' ? speaking(io) : io;
  try {
    return await run(flow, values, told, openTrialStores);
  } catch (error) {
    if (!hasCode(error, 'request.invalid', 'config.invalid')) throw error;
    told.err(`${error.message}\n`);
    return EXIT.problems;
  }
}

/** The same, in Turkish; what is heard stays as it is. */
function speaking(io: InteractiveIo): InteractiveIo {
  return { ...io, out: (text) => io.out(turkishCall(text)), err: (text) => io.err(turkishCall(text)) };
}

function read(args: string[]) {
  return parseArgs({ args, allowPositionals: true, options: OPTIONS });
}

async function run(flow: string, values: Values, io: InteractiveIo, openTrialStores: () => Promise<Stores>): Promise<number> {
  const config = readConfig(io.env, io.cwd);
  const { release, problems, flows, flowsDir, surveys } = await checkFiles(io, values);
  if (!release.flows.has(flow)) {
    const errors = problems.filter(({ severity }) => severity === 'error');
    io.err(
      flows.includes(flow)
        ? `${errors.map((one) => printProblem(one, values.language === 'tr' ? 'tr' : 'en')).join('')}The flow ${flow} has errors.\n`
        : `There is no flow "${flow}". Flows: ${flows.join(', ') || 'none'}.\n`,
    );
    return EXIT.problems;
  }
  const record = values.record === undefined ? null : scenarioPath(values.record, flow, io.cwd);
  const world = worldOf(release, config, values.at);
  const httpAnswer = values.http === undefined ? undefined : jsonOf(values.http);
  const trigger = triggerOf(config, values);
  const files = await trialFiles(values, flowsDir, io.cwd);
  const steps: PlayedStep[] = [];
  const stores = await openTrialStores();
  try {
    const { now } = world;
    const actions = await trialActions(stores, config, { ...files, surveys, release, now, on: values.on, pin: values.pin ?? null });
    const keypad = await openKeypad(values.keys, io);
    const house = { keypad, out: io.out, world, httpAnswer, act: actingFor(trigger, actions) };
    await playCall(flow, trigger, { ...house, onStep: (step) => void steps.push(step) }).finally(() => keypad.close());
  } finally {
    await stores.close();
  }
  if (record !== null) {
    await writeNew(record, writeScenario({ flow, trigger, world, steps }, `recorded ${new Date(world.now).toISOString()}`));
    io.out(`-- written: ${values.record}\n`);
  }
  return EXIT.ok;
}

/** Carries out what the flow looks up. */
function actingFor(trigger: Trigger, actions: Awaited<ReturnType<typeof trialActions>>): TerminalHouse['act'] {
  const { signal } = new AbortController();
  const { brand, callId: id, sessionId, language } = trigger;
  const call = { id, sessionId, person: personOf(trigger), language };
  return async ({ action, params, step }) => {
    const handler = actions[action];
    if (handler === undefined) throw new SantralError('request.not-found', `The action ${action} cannot be played in a terminal.`);
    return handler(params, { brand, signal, call, idempotencyKey: `${sessionId}-${step}` });
  };
}

/** Where the scenario is written: beside its flow, named so that it is found there. */
function scenarioPath(given: string, flow: string, cwd: string): string {
  const name = path.basename(given);
  if (!name.startsWith(`${flow}.`) || !name.endsWith('.test.yaml'))
    throw new SantralError('request.invalid', `A scenario of ${flow} is named ${flow}.<name>.test.yaml, not ${name}.`);
  return path.resolve(cwd, given);
}

async function writeNew(file: string, text: string): Promise<void> {
  await writeFile(file, text, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'EEXIST' ? 'is there already: choose another name' : `cannot be written (${error.code ?? error.message})`;
    throw new SantralError('request.invalid', `${file} ${why}.`, { cause: error });
  });
}

function openKeypad(keys: string | undefined, io: InteractiveIo): Promise<Keypad> {
  if (keys !== undefined) return Promise.resolve(scriptedKeypad(tokens(keys)));
  return io.stdin.isTTY === true ? Promise.resolve(typedKeypad(io)) : pipedKeypad(io.stdin);
}

function triggerOf(config: Config, values: Values): Trigger {
  const language = values.language ?? config.language;
  if (!isLanguage(language)) throw new SantralError('request.invalid', `There is no language "${language}".`);
  const params = values.param.map((pair): [string, Value] => {
    const [name = '', ...rest] = pair.split('=');
    return [name, rest.join('=')];
  });
  return {
    kind: 'inbound',
    sessionId: 'ses_terminal' as SessionId,
    callId: 'call_terminal' as CallId,
    brand: config.brand,
    did: values.did,
    ani: values.ani,
    language,
    params: Object.fromEntries(params),
  };
}

function worldOf(release: World['release'], config: Config, at: string | undefined): World {
  const { maxTransitions, maxSubflowDepth, maxTextLength, maxSessionBytes, zone } = config;
  const now = at === undefined ? Date.now() : instantOf(at, zone);
  return { now, zone, release, limits: { maxTransitions, maxSubflowDepth, maxTextLength, maxSessionBytes }, random: Math.random() };
}

function instantOf(text: string, zone: string): number {
  const instant = instantIn(zone, text);
  if (instant === undefined) throw new SantralError('request.invalid', `"${text}" is no time; write 2026-11-23T10:00.`);
  return instant;
}

async function trialFiles(values: Values, flowsDir: string, cwd: string): Promise<Pick<Trial, 'dealers' | 'appointments'>> {
  const read = async (given: string | undefined, demo: string): Promise<{ readonly path: string; readonly bytes: Buffer } | null> => {
    const file = given === undefined ? path.join(flowsDir, 'demo', demo) : path.resolve(cwd, given);
    const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
      if (given === undefined && error.code === 'ENOENT') return null;
      throw new SantralError('request.invalid', `${file} cannot be read (${error.code ?? error.message}).`, { cause: error });
    });
    return bytes === null ? null : { path: file, bytes };
  };
  const [dealers, appointments] = await Promise.all([read(values.dealers, 'dealers.csv'), read(values.appointments, 'appointments.yaml')]);
  const text = appointments === null ? null : { path: appointments.path, text: appointments.bytes.toString('utf8') };
  return { dealers: dealers?.bytes ?? null, appointments: text };
}

function jsonOf(text: string): Value {
  try {
    return JSON.parse(text) as Value;
  } catch {
    throw new SantralError('request.invalid', `--http is no JSON: ${text}`);
  }
}
