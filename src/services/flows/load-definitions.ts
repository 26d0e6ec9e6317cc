import type { Problem } from '../../domain/problem.ts';
import type { DefinitionSource } from '../../ports/definitions.ts';
import type { Log } from '../../ports/log.ts';
import { hasFallback, parseNumbers } from '../numbers/numbers-file.ts';
import type { Numbers } from '../numbers/route-numbers.ts';
import type { Releases } from './releases.ts';

const PROBLEMS_LOGGED = 20;

/** Reads flows, prompts, calendars and numbers; every problem is logged with its place and remedy, and what is good is used. */
export async function loadDefinitions(deps: {
  readonly definitions: DefinitionSource;
  readonly releases: Releases;
  readonly numbers: Numbers;
  readonly log: Log;
}): Promise<void> {
  const { definitions, releases, numbers, log } = deps;
  const { problems } = await releases.load();
  const files = await definitions.read();
  const flows = new Set(releases.newest()?.flows.keys() ?? []);
  const parsed = files.numbers === null ? { routes: [], problems: [] } : parseNumbers(files.numbers, flows);
  await numbers.useFile(parsed.routes);
  logProblems([...problems, ...parsed.problems], log);
  if (!hasFallback(parsed.routes)) log.warn({}, 'numbers.yaml has no "*": calls to numbers it does not list are refused');
}

function logProblems(problems: readonly Problem[], log: Log): void {
  const errors = problems.filter(({ severity }) => severity === 'error');
  for (const { file, line, column, code, message, remedy } of errors.slice(0, PROBLEMS_LOGGED))
    log.error({ code, remedy }, `${file}:${line}:${column} ${message}`);
  if (errors.length > PROBLEMS_LOGGED)
    log.error({ more: errors.length - PROBLEMS_LOGGED }, 'there are more problems: `santral flow check` lists them all');
}
