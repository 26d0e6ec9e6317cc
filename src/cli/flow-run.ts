import { stat } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type Config, readConfig } from '../config/config.ts';
import { hasCode, SantralError } from '../domain/errors.ts';
import type { CallId, SessionId } from '../domain/ids.ts';
import { isLanguage } from '../domain/language.ts';
import type { Value } from '../domain/value.ts';
import { zoneOffset } from '../domain/zone-time.ts';
import type { Trigger } from '../flow/session.ts';
import type { World } from '../flow/world.ts';
import { checkFiles, printProblem } from './flow-files.ts';
import { EXIT, type InteractiveIo } from './io.ts';
import { type Keypad, pipedKeypad, scriptedKeypad, tokens, typedKeypad } from './keypad.ts';
import { dealersFromFile } from './memory-dealers.ts';
import { surveysInMemory } from './memory-surveys.ts';
import { playCall, type TerminalHouse } from './terminal-call.ts';

const USAGE = `santral flow run <flow> [options]

Plays a flow in the terminal, without Asterisk: prompts are printed, keys are typed. At each question type keys and Enter;
nothing or _ is silence, h hangs up. More keys than the question takes go to the next one, as on a telephone.

  --keys "1,34#,_,9"   Press these, one comma for each question, and hang up after the last. Words answer what is no key:
                       busy or no-answer for a transfer, empty for a recording. Keys may also be piped in, one line each.
  --language <tr|en>   The language the call begins in (default: SANTRAL_LANGUAGE).
  --did <number>       The dialled number (call.did).   --ani <number>  The caller's number (call.ani).
  --at <time>          The time it is, as 2026-11-23T10:00 in the zone of SANTRAL_ZONE or with an offset (default: now).
  --dealers <csv>      Dealers for the look-ups (default: demo/dealers.csv in the flows' directory).
  --http <json>        The answer to every request of the flow; without it nothing can be reached.
  --param name=value   A parameter of the flow; may be repeated.
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
  http: { type: 'string' },
  param: { type: 'string', multiple: true, default: [] as string[] },
  flows: { type: 'string' },
  sounds: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

type Values = ReturnType<typeof read>['values'];

/** `santral flow run`; `args` is what follows those words. Gives the exit code. */
export async function flowRun(args: string[], io: InteractiveIo): Promise<number> {
  const { values, positionals } = read(args);
  const [flow, ...more] = positionals;
  if (values.help || flow === undefined || more.length > 0) {
    (values.help ? io.out : io.err)(USAGE);
    return values.help ? EXIT.ok : EXIT.usage;
  }
  try {
    return await run(flow, values, io);
  } catch (error) {
    if (!hasCode(error, 'request.invalid', 'config.invalid')) throw error;
    io.err(`${error.message}\n`);
    return EXIT.problems;
  }
}

function read(args: string[]) {
  return parseArgs({ args, allowPositionals: true, options: OPTIONS });
}

async function run(flow: string, values: Values, io: InteractiveIo): Promise<number> {
  const config = readConfig(io.env, io.cwd);
  const { release, problems, flows, flowsDir, surveys } = await checkFiles(io, values);
  if (!release.flows.has(flow)) {
    const errors = problems.filter(({ severity }) => severity === 'error');
    io.err(
      flows.includes(flow)
        ? `${errors.map(printProblem).join('')}The flow ${flow} has errors.\n`
        : `There is no flow "${flow}". Flows: ${flows.join(', ') || 'none'}.\n`,
    );
    return EXIT.problems;
  }
  const dealers = await dealersFromFile(await dealersPath(values.dealers, flowsDir, io.cwd), config.brand);
  const actions = { ...dealers, ...surveysInMemory(surveys, config.brand) };
  const keypad = await openKeypad(values.keys, io);
  const { signal } = new AbortController();
  const trigger = triggerOf(config, values);
  const call = { id: trigger.callId, sessionId: trigger.sessionId, ani: trigger.ani, language: trigger.language };
  const house: TerminalHouse = {
    keypad,
    out: io.out,
    world: worldOf(release, config, values.at),
    httpAnswer: values.http === undefined ? undefined : jsonOf(values.http),
    async act({ action, params, step }) {
      const handler = actions[action];
      if (handler === undefined) throw new SantralError('request.not-found', `The action ${action} cannot be played in a terminal.`);
      return handler(params, { brand: config.brand, signal, call, idempotencyKey: `${call.sessionId}-${step}` });
    },
  };
  try {
    await playCall(flow, trigger, house);
  } finally {
    keypad.close();
  }
  return EXIT.ok;
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

/** UTC ms of `2026-11-23T10:00` on the clocks of a zone, or of a time with an offset of its own. */
function instantOf(text: string, zone: string): number {
  const given = Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
  if (Number.isNaN(given)) throw new SantralError('request.invalid', `"${text}" is no time; write 2026-11-23T10:00.`);
  if (/(?:Z|[+-]\d\d:?\d\d)$/.test(text)) return given;
  return given - zoneOffset(zone, given - zoneOffset(zone, given));
}

async function dealersPath(given: string | undefined, flowsDir: string, cwd: string): Promise<string | null> {
  if (given !== undefined) return path.resolve(cwd, given);
  const demo = path.join(flowsDir, 'demo', 'dealers.csv');
  return (await stat(demo).catch(() => null)) === null ? null : demo;
}

function jsonOf(text: string): Value {
  try {
    return JSON.parse(text) as Value;
  } catch {
    throw new SantralError('request.invalid', `--http is no JSON: ${text}`);
  }
}
