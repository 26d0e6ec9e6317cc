import { parseDuration } from '../../domain/duration.ts';
import { LANGUAGES } from '../../domain/language.ts';
import type { Problem } from '../../domain/problem.ts';
import { instantIn } from '../../domain/zone-time.ts';
import { isMap } from '../check/maps.ts';
import { fit } from '../check/shape.ts';
import { type FlowSource, type Path, readSource, type SourceFile } from '../check/source.ts';
import { didYouMean } from '../check/suggest.ts';
import type { GivenAnswerSource, LookUpsSource } from './look-up-schema.ts';
import { ofScenario, type ScenarioProblemCode, scenarioProblem } from './problems.ts';
import type { GivenAnswer, GivenLookUp, Place, PlacedStep, Scenario, ScenarioFile, Setting } from './scenario.ts';
import { type FileHead, fileHead, type ScenarioHead, scenarioHead } from './schema.ts';
import { STEP_KINDS } from './steps.ts';
import { oneLine } from './words.ts';

/** More than anybody writes by hand; a guard against files that are made to hold the engine up. */
export const MOST_SCENARIOS = 300;
export const MOST_STEPS = 300;

/** A Monday morning, for scenarios to which the time does not matter. */
const DEFAULTS = { at: '2026-11-23T10:00', direction: 'inbound', caller: '+905550000001', dialled: '1000', random: 0.5 } as const;

export interface ReadScenarios {
  /** null when nothing of the file can be used. */
  readonly file: ScenarioFile | null;
  readonly problems: readonly Problem[];
}

/** Reads a scenario file; all there is to say about its form, each with place and remedy. Pure, never throws. */
export function readScenarios(file: SourceFile): ReadScenarios {
  const source = readSource(file);
  const reading: Reading = { source, problems: source.problems.map(ofScenario) };
  const { value } = source;
  if (value === undefined) return { file: null, problems: reading.problems };
  if (!isMap(value)) {
    report(reading, [], value === null ? 'missing-key' : 'wrong-type', 'the file holds no scenarios', 'Begin with: flow: name-of-the-flow');
    return { file: null, problems: reading.problems };
  }
  const { scenarios: raw, ...rest } = value;
  const head = fitted(reading, fileHead, rest, []);
  checkFileName(reading, file.path, head);
  const scenarios = readAll(reading, raw, head);
  if (head === undefined) return { file: null, problems: reading.problems };
  const place = placeOf(reading, ['flow']);
  return { file: { path: file.path, flow: head.flow, place, scenarios }, problems: reading.problems };
}

interface Reading {
  readonly source: FlowSource;
  readonly problems: Problem[];
}

function report(reading: Reading, path: Path, code: ScenarioProblemCode, message: string, remedy: string): void {
  reading.problems.push(scenarioProblem(placeOf(reading, path), code, message, remedy));
}

function placeOf({ source }: Reading, path: Path): Place {
  const { file, line, column } = source.problem(path, 'bad-value', '', '');
  return { file, line, column };
}

function fitted<S extends Parameters<typeof fit>[1]>(reading: Reading, schema: S, value: unknown, path: Path) {
  const found: Problem[] = [];
  const fits = fit(reading.source, schema, value, path, found);
  reading.problems.push(...found.map(ofScenario));
  return fits;
}

/** `main-menu.test.yaml`, or `main-menu.hours.test.yaml` where one file would grow too long. */
function checkFileName(reading: Reading, path: string, head: FileHead | undefined): void {
  const name = path.split(/[\\/]/).at(-1) ?? path;
  if (head === undefined || (name.startsWith(`${head.flow}.`) && name.endsWith('.test.yaml'))) return;
  report(reading, ['flow'], 'flow-name', `the file is named ${name}, its flow ${head.flow}`, `Name the file ${head.flow}.test.yaml.`);
}

function readAll(reading: Reading, raw: unknown, head: FileHead | undefined): Scenario[] {
  if (!Array.isArray(raw) || raw.length === 0) {
    const code = raw === undefined ? 'missing-key' : 'wrong-type';
    report(reading, ['scenarios'], code, '"scenarios" must be a list of at least one scenario', 'Write scenarios: and below it - name: …');
    return [];
  }
  if (raw.length > MOST_SCENARIOS) {
    report(
      reading,
      ['scenarios'],
      'too-large',
      `the file holds more than ${MOST_SCENARIOS} scenarios`,
      'Split it: <flow>.<part>.test.yaml.',
    );
    return [];
  }
  const names = new Set<string>();
  return raw.flatMap((one: unknown, at) => {
    const scenario = readScenario(reading, one, ['scenarios', at], head);
    if (scenario === undefined) return [];
    if (names.has(scenario.name)) {
      const message = `there is another scenario "${scenario.name}"`;
      report(reading, ['scenarios', at, 'name'], 'duplicate-name', message, 'Give one of them another name.');
    }
    names.add(scenario.name);
    return [scenario];
  });
}

function readScenario(reading: Reading, raw: unknown, path: Path, file: FileHead | undefined): Scenario | undefined {
  if (!isMap(raw)) {
    report(reading, path, 'wrong-type', 'a scenario must be a map', 'Write - name: … and steps: …');
    return undefined;
  }
  const { steps, ...rest } = raw;
  const before = reading.problems.length;
  const head = fitted(reading, scenarioHead, rest, path);
  const read = readSteps(reading, steps, [...path, 'steps']);
  // Of a scenario that is wrong in part nothing is run: it would go otherwise for no reason of the flow's.
  if (head === undefined || reading.problems.length > before) return undefined;
  const setting = settingOf(reading, path, head, file);
  return { name: head.name, place: placeOf(reading, path), faults: head.faults ?? [], steps: read, ...setting };
}

function settingOf(reading: Reading, path: Path, own: ScenarioHead, file: FileHead | undefined): Setting {
  const language = own.language ?? file?.language;
  const at = own.at ?? file?.at ?? DEFAULTS.at;
  if (instantIn('UTC', at) === undefined)
    report(reading, own.at === undefined ? ['at'] : [...path, 'at'], 'bad-time', `"${at}" is no date and time`, 'Write 2026-11-23T10:00.');
  return {
    languages: language === undefined ? null : LANGUAGES.filter((one) => language === one || language.includes(one)),
    at,
    direction: own.direction ?? file?.direction ?? DEFAULTS.direction,
    caller: own.caller ?? file?.caller ?? DEFAULTS.caller,
    dialled: own.dialled ?? file?.dialled ?? DEFAULTS.dialled,
    params: { ...file?.params, ...own.params },
    random: own.random ?? file?.random ?? DEFAULTS.random,
    lookUps: [...lookUpsOf(reading, own.lookUps, [...path, 'lookUps']), ...lookUpsOf(reading, file?.lookUps, ['lookUps'])],
  };
}

function lookUpsOf(reading: Reading, source: LookUpsSource | undefined, path: Path): GivenLookUp[] {
  return Object.entries(source ?? {}).map(([name, given]) => {
    const at = [...path, name];
    const answers = Array.isArray(given)
      ? given.map((one, index) => answerOf(one, placeOf(reading, [...at, index])))
      : [answerOf(given, placeOf(reading, at))];
    return { name, place: placeOf(reading, at), answers };
  });
}

function answerOf(source: GivenAnswerSource, place: Place): GivenAnswer {
  const { answer, error, status, after } = source;
  const told = status === undefined ? {} : { status };
  const outcome: GivenAnswer['outcome'] =
    answer !== undefined ? { kind: 'ok', value: answer, ...told } : { kind: 'error', reason: error ?? 'status', ...told };
  return { outcome, afterMs: parseDuration(after ?? '0ms') ?? 0, with: source.with ?? null, place };
}

function readSteps(reading: Reading, raw: unknown, path: Path): PlacedStep[] {
  if (!Array.isArray(raw)) {
    report(
      reading,
      path,
      raw === undefined ? 'missing-key' : 'wrong-type',
      '"steps" must be a list',
      'Write steps: and below it - hears: …',
    );
    return [];
  }
  if (raw.length === 0) {
    report(reading, path, 'wrong-type', '"steps" is empty: a scenario without steps tries nothing', 'Write at least one step: - hears: …');
    return [];
  }
  if (raw.length > MOST_STEPS) {
    report(reading, path, 'too-large', `the scenario has more than ${MOST_STEPS} steps`, 'Make two scenarios of it.');
    return [];
  }
  return raw.flatMap((one: unknown, at) => readStep(reading, one, [...path, at]) ?? []);
}

function readStep(reading: Reading, raw: unknown, path: Path): PlacedStep | undefined {
  const names = STEP_KINDS.map(({ name }) => name);
  const [name, value, ...more] = isMap(raw) ? Object.entries(raw).flat() : [raw, null];
  const kind = STEP_KINDS.find((one) => one.name === name && (one.schema === null) === (typeof raw === 'string'));
  if (kind === undefined || more.length > 0) {
    const known = `Steps: ${names.join(', ')}.`;
    const [message, remedy] =
      more.length > 0
        ? ['a step holds one thing', 'Begin each with a dash of its own.']
        : [`there is no step "${oneLine(raw)}"`, didYouMean(String(name), names, known)];
    report(reading, path, 'unknown-step', message, remedy);
    return undefined;
  }
  const place = placeOf(reading, path);
  if (kind.schema === null) return { step: kind.make(null), place, written: kind.name };
  const fits = fitted(reading, kind.schema, value, [...path, kind.name]);
  return fits === undefined ? undefined : { step: kind.make(fits), place, written: `${kind.name}: ${oneLine(value)}` };
}
