import { stat } from 'node:fs/promises';
import path from 'node:path';
import { readConfig } from '../config/config.ts';
import { parseCalendars } from '../domain/calendar-file.ts';
import { SantralError } from '../domain/errors.ts';
import { parseForms } from '../domain/form-file.ts';
import type { Language } from '../domain/language.ts';
import type { Problem } from '../domain/problem.ts';
import { callbackGroupsOf } from '../domain/queue.ts';
import type { Survey } from '../domain/survey.ts';
import { parseSurveys } from '../domain/survey-file.ts';
import { definitionFiles, readText } from '../files/definition-files.ts';
import { ACTIONS } from '../flow/actions.ts';
import { parseCatalogue } from '../flow/catalogue.ts';
import { checkRelease } from '../flow/check.ts';
import { parseConnectors } from '../flow/connector-file.ts';
import { parseMessages } from '../flow/message-catalogue.ts';
import { sortProblems } from '../flow/problems.ts';
import type { Release } from '../flow/release.ts';
import { turkishProblem } from '../flow/turkish/turkish-problem.ts';
import { readDirectory } from '../services/directory/load-directory.ts';
import { readQueues } from '../services/floor/load-queues.ts';
import { parseSegments } from '../services/matching/segments-file.ts';
import { type FlowsByName, parseNumbers } from '../services/numbers/numbers-file.ts';
import type { CliIo } from './io.ts';

export interface CheckedFiles {
  /** The flows without errors. */
  readonly release: Release;
  /** Names of all flow files. */
  readonly flows: readonly string[];
  readonly problems: readonly Problem[];
  readonly flowsDir: string;
  /** Those without problems. */
  readonly surveys: ReadonlyMap<string, Survey>;
}

/** Reads and checks flows, prompts, calendars, numbers, surveys, queues, dispositions and web forms. Directories default to the settings'; one that is not there is an error. */
export async function checkFiles(
  io: CliIo,
  dirs: { readonly flows?: string | undefined; readonly sounds?: string | undefined },
): Promise<CheckedFiles> {
  const config = readConfig(io.env, io.cwd);
  const flowsDir = dirs.flows === undefined ? config.flowsDir : path.resolve(io.cwd, dirs.flows);
  const soundsDir = dirs.sounds === undefined ? config.soundsDir : path.resolve(io.cwd, dirs.sounds);
  for (const dir of [flowsDir, soundsDir]) await mustBeDirectory(dir);
  const files = await definitionFiles({ flows: flowsDir, sounds: soundsDir, uploads: config.places.sounds }).read();
  const catalogue = parseCatalogue(files.catalogue);
  const calendars = parseCalendars(files.calendars);
  const connectors = parseConnectors(files.connectors);
  const messages = parseMessages(files.messages);
  const surveys = parseSurveys(files.surveys ?? []);
  const floor = readQueues(files, config.brand);
  const directory = readDirectory(files);
  const groups = callbackGroupsOf(floor.queues);
  const forms = parseForms(files.forms ?? null, { brand: config.brand, groups });
  const checked = checkRelease({
    files: files.flows,
    catalogue: catalogue.entries,
    catalogueIncomplete: catalogue.incomplete,
    calendars: calendars.calendars,
    actions: ACTIONS,
    recordings: files.recordings,
    connectors: new Set(connectors.connectors.keys()),
    queues: new Set(floor.queues.keys()),
    callbackGroups: groups,
    departments: directory.departments,
    messages: messages.entries,
    settleMs: config.settleMs,
    limits: config,
  });
  const segments = parseSegments(await readText(path.join(flowsDir, 'segments.yaml')));
  const flows = files.flows.map((file) => path.basename(file.path, '.yaml'));
  const numbers = files.numbers === null ? [] : parseNumbers(files.numbers, takenBy(flows, checked.flows)).problems;
  return {
    release: { id: 1, flows: checked.flows, catalogue: catalogue.entries, calendars: calendars.calendars },
    flows,
    problems: sortProblems([
      ...catalogue.problems,
      ...calendars.problems,
      ...connectors.problems,
      ...messages.problems,
      ...numbers,
      ...surveys.problems,
      ...segments.problems,
      ...floor.problems,
      ...directory.problems,
      ...forms.problems,
      ...checked.problems,
    ]),
    flowsDir,
    surveys: surveys.surveys,
  };
}

function takenBy(flows: readonly string[], compiled: Release['flows']): FlowsByName {
  return new Map(flows.map((flow) => [flow, compiled.get(flow)?.takes ?? null]));
}

async function mustBeDirectory(dir: string): Promise<void> {
  const found = await stat(dir).catch(() => null);
  if (found?.isFile() === true)
    throw new SantralError('request.invalid', `${dir} is a file; name its directory: all flows are checked together.`);
  if (found?.isDirectory() !== true) throw new SantralError('request.invalid', `There is no directory ${dir}.`);
}

const SEVERITIES = { error: 'hata', warning: 'uyarı', info: 'not' } as const;

/** `file:line:column severity code: message`, and the remedy below. */
export function printProblem(problem: Problem, language: Language = 'en'): string {
  const { file, line, column, severity, code } = problem;
  const { message, remedy } = (language === 'tr' ? turkishProblem(problem) : null) ?? problem;
  return `${file}:${line}:${column} ${language === 'tr' ? SEVERITIES[severity] : severity} ${code}: ${message}\n    ${remedy}\n`;
}
