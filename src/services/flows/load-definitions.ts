import { ANY_DID } from '../../domain/did.ts';
import type { Problem } from '../../domain/problem.ts';
import type { Survey } from '../../domain/survey.ts';
import { parseSurveys } from '../../domain/survey-file.ts';
import { parseConnectors } from '../../flow/connector-file.ts';
import type { DefinitionSource } from '../../ports/definitions.ts';
import type { Log } from '../../ports/log.ts';
import { type ParsedNumbers, parseNumbers } from '../numbers/numbers-file.ts';
import type { Numbers } from '../numbers/route-numbers.ts';
import type { Releases } from './releases.ts';

const PROBLEMS_LOGGED = 20;
const NO_NUMBERS: ParsedNumbers = { routes: [], problems: [], lost: new Set() };

/** Reads flows, prompts, calendars, numbers and surveys; every problem is logged with its place and remedy, and what is good is used. */
export async function loadDefinitions(deps: {
  readonly definitions: DefinitionSource;
  readonly releases: Releases;
  readonly numbers: Numbers;
  /** Takes over the good ones. */
  readonly surveys?: (surveys: ReadonlyMap<string, Survey>) => void;
  readonly log: Log;
}): Promise<void> {
  const { definitions, releases, numbers, log } = deps;
  const { problems } = await releases.load();
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
}

function logProblems(problems: readonly Problem[], log: Log): void {
  const errors = problems.filter(({ severity }) => severity === 'error');
  for (const { file, line, column, code, message, remedy } of errors.slice(0, PROBLEMS_LOGGED))
    log.error({ code, remedy }, `${file}:${line}:${column} ${message}`);
  if (errors.length > PROBLEMS_LOGGED)
    log.error({ more: errors.length - PROBLEMS_LOGGED }, 'there are more problems: `santral flow check` lists them all');
}
