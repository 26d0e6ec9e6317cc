import { ANY_DID } from '../../domain/did.ts';
import type { Problem } from '../../domain/problem.ts';
import type { Survey } from '../../domain/survey.ts';
import { parseSurveys } from '../../domain/survey-file.ts';
import { parseConnectors } from '../../flow/connector-file.ts';
import type { Release } from '../../flow/release.ts';
import type { DefinitionSource } from '../../ports/definitions.ts';
import type { Log } from '../../ports/log.ts';
import { type ParsedNumbers, parseNumbers } from '../numbers/numbers-file.ts';
import type { Numbers } from '../numbers/route-numbers.ts';
import type { Releases } from './releases.ts';
import type { ScenarioGate } from './scenario-gate.ts';

const PROBLEMS_LOGGED = 20;
/** Red scenarios that are logged one by one. */
const FAILURES_LOGGED = 20;
const NO_NUMBERS: ParsedNumbers = { routes: [], problems: [], lost: new Set() };

/**
 * Reads flows, prompts, calendars, numbers and surveys; every problem is logged with its place and remedy, and what is good is used.
 * Gives the release that changed files made: nobody has asked its scenarios yet.
 */
export async function loadDefinitions(deps: {
  readonly definitions: DefinitionSource;
  readonly releases: Releases;
  readonly numbers: Numbers;
  /** Takes over the good ones. */
  readonly surveys?: (surveys: ReadonlyMap<string, Survey>) => void;
  readonly log: Log;
}): Promise<Release | null> {
  const { definitions, releases, numbers, log } = deps;
  const { problems, made } = await releases.load();
  const files = await definitions.read();
  const flows = new Map([...(releases.newest()?.flows ?? [])].map(([id, { takes }]) => [id, takes]));
  const parsed: ParsedNumbers = files.numbers === null ? NO_NUMBERS : parseNumbers(files.numbers, flows);
  await numbers.useFile(parsed.routes, parsed.lost);
  const surveys = parseSurveys(files.surveys ?? []);
  deps.surveys?.(surveys.surveys);
  logProblems([...problems, ...parsed.problems, ...surveys.problems, ...parseConnectors(files.connectors).problems], log);
  if (parsed.lost === 'all') log.error({}, 'numbers.yaml cannot be read: the numbers of the last start stay as they were');
  else if (parsed.lost.size > 0)
    log.error({ numbers: parsed.lost.size }, 'numbers.yaml has problems: the numbers concerned stay as they were at the last start');
  if (numbers.routeFor(ANY_DID) === undefined) log.warn({}, 'there is no number "*": calls to numbers that are not listed are refused');
  return made;
}

/**
 * Runs the scenarios of a release that a start made of changed files, and says loudly what goes otherwise. Calls run on it all the
 * same: an engine that did not start would take no call at all. Never rejects.
 */
export async function tryLoaded(release: Release, gate: Pick<ScenarioGate, 'run'>, log: Log, signal?: AbortSignal): Promise<void> {
  try {
    const { ok, results, problems, leftOut } = await gate.run({ release, ...(signal === undefined ? {} : { signal }) });
    if (signal?.aborted === true) return;
    logProblems(problems, log);
    const red = results.filter(({ failure }) => failure !== null);
    for (const { file, name, language, failure } of red.slice(0, FAILURES_LOGGED))
      log.error(
        { step: failure?.step },
        `${file}:${failure?.line}:${failure?.column} scenario "${name}" (${language}) goes otherwise: ${failure?.message}`,
      );
    if (leftOut > 0)
      log.warn({ leftOut }, 'scenarios of the changed flow files were not run: the time was used up. Try: santral flow test');
    if (!ok && (red.length > 0 || problems.length > 0))
      log.error(
        { release: release.id, otherwise: red.length, run: results.length },
        'the flow files were changed and their scenarios go otherwise; calls run on them all the same. Mend them, or start with the files of before',
      );
    else if (ok) log.info({ release: release.id, run: results.length }, 'the scenarios of the changed flow files go as written');
  } catch (error) {
    log.error({ err: error, release: release.id }, 'the scenarios of the changed flow files could not be run. Try: santral flow test');
  }
}

function logProblems(problems: readonly Problem[], log: Log): void {
  const errors = problems.filter(({ severity }) => severity === 'error');
  for (const { file, line, column, code, message, remedy } of errors.slice(0, PROBLEMS_LOGGED))
    log.error({ code, remedy }, `${file}:${line}:${column} ${message}`);
  if (errors.length > PROBLEMS_LOGGED)
    log.error({ more: errors.length - PROBLEMS_LOGGED }, 'there are more problems: `santral flow check` lists them all');
}
