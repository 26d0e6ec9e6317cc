import path from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from '../config/config.ts';
import { hasCode } from '../domain/errors.ts';
import { isLanguage, type Language } from '../domain/language.ts';
import type { Release } from '../flow/release.ts';
import { percentOf } from '../flow/scenario/coverage.ts';
import type { ScenarioFailure, ScenarioReport } from '../flow/scenario/report.ts';
import { runSuite } from '../flow/scenario/suite.ts';
import { turkishFailure } from '../flow/turkish/run-words.ts';
import { turkishProblem } from '../flow/turkish/turkish-problem.ts';
import type { ScenarioSource } from '../ports/scenario-source.ts';
import { checkFiles, printProblem } from './flow-files.ts';
import { coverageLines, resultLines, summaryLine, unreadLines, untoldLines } from './flow-test-report.ts';
import { type CliIo, EXIT } from './io.ts';
import { turkishReport } from './turkish-report.ts';

const USAGE = `santral flow test [flow…] [options]

Runs the scenarios beside the flows (<flow>.test.yaml): calls told beforehand, played without a telephone in milliseconds.
Says where a call went otherwise, and which nodes and exits no scenario has come through.

  flow…                Only the scenarios of these flows (default: all).
  --coverage-min <n>   Fail where a flow's scenarios come through less than n percent of its nodes and exits.
  --flows <directory>  --sounds <directory>
  --language <tr|en>   What is told, in this language (default: en); what a step says stays as it is written.
  --json               Print one JSON object: { ok, problems, results, coverage, untold, unread, leftOut }; with --language tr each
                       problem and each failure holds { tr: … }, too.

With SANTRAL_FLOW_SCENARIOS=require it fails for flows without scenarios, too.

Exit: 0 when all went as written, 1 when not, 2 for a wrong command line.
`;

const OPTIONS = {
  flows: { type: 'string' },
  sounds: { type: 'string' },
  'coverage-min': { type: 'string' },
  language: { type: 'string', default: 'en' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** `santral flow test`; `args` is what follows those words. Gives the exit code. */
export async function flowTest(args: string[], io: CliIo, scenariosIn: (flowsDir: string) => ScenarioSource): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: OPTIONS });
  const least = values['coverage-min'] === undefined ? 0 : Number(values['coverage-min']);
  const { language } = values;
  if (values.help || !(least >= 0 && least <= 100) || !isLanguage(language)) {
    (values.help ? io.out : io.err)(USAGE);
    return values.help ? EXIT.ok : EXIT.usage;
  }
  const told = language === 'tr' ? turkishReport : (text: string) => text;
  try {
    const begun = performance.now();
    const { release, flows, problems, flowsDir } = await checkFiles(io, values);
    const unknown = positionals.find((flow) => !flows.includes(flow));
    const broken = problems.filter(({ severity }) => severity === 'error');
    if (unknown !== undefined || broken.length > 0) {
      io.err(
        unknown === undefined
          ? `${broken.map((one) => printProblem(one, language)).join('')}${told('The flows have errors.\n')}`
          : told(`There is no flow "${unknown}". Flows: ${flows.join(', ') || 'none'}.\n`),
      );
      return EXIT.problems;
    }
    const { zone, brand, typeAheadKeys, flowScenarios, ...limits } = readConfig(io.env, io.cwd);
    const files = (await scenariosIn(flowsDir).read()).filter((file) => isOf(file.path, positionals));
    const report = runSuite(files, { release, zone, brand, typeAheadKeys, limits }, positionals.length === 0 ? null : positionals);
    if (values.json) io.out(`${JSON.stringify(language === 'tr' ? withTurkish(report) : report, null, 2)}\n`);
    else io.out(reportText(report, release, performance.now() - begun, language));
    const enough = report.coverage.every((one) => percentOf(one) >= least) && (flowScenarios === 'warn' || report.untold.length === 0);
    return report.ok && enough ? EXIT.ok : EXIT.problems;
  } catch (error) {
    if (!hasCode(error, 'request.invalid', 'config.invalid')) throw error;
    io.err(told(`${error.message}\n`));
    return EXIT.problems;
  }
}

/** A file belongs to the flow it is named after; without names every file is asked for. */
function isOf(file: string, flows: readonly string[]): boolean {
  return flows.length === 0 || flows.some((flow) => path.basename(file).startsWith(`${flow}.`));
}

function reportText(report: ScenarioReport, release: Release, ms: number, language: Language): string {
  const problems = report.problems.map((one) => printProblem(one, language));
  const results =
    language === 'tr' ? report.results.map((one) => ({ ...one, failure: one.failure && inTurkish(one.failure) })) : report.results;
  const coverage = [...coverageLines(report.coverage, release), ...unreadLines(report.unread), ...untoldLines(report.untold)];
  const told = [...resultLines(results), '\n', ...coverage, '\n', summaryLine(report, ms)].join('');
  return `${problems.join('')}${language === 'tr' ? turkishReport(told) : told}`;
}

function inTurkish(failure: ScenarioFailure): ScenarioFailure {
  return { ...failure, ...turkishFailure(failure) };
}

function withTurkish(report: ScenarioReport) {
  return {
    ...report,
    problems: report.problems.map((one) => ({ ...one, tr: turkishProblem(one) })),
    results: report.results.map((one) => ({ ...one, failure: one.failure && { ...one.failure, tr: turkishFailure(one.failure) } })),
  };
}
