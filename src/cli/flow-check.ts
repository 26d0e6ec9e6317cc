import { parseArgs } from 'node:util';
import { hasCode } from '../domain/errors.ts';
import { isLanguage, type Language } from '../domain/language.ts';
import type { Problem } from '../domain/problem.ts';
import { turkishProblem } from '../flow/turkish/turkish-problem.ts';
import { checkFiles, printProblem } from './flow-files.ts';
import { type CliIo, EXIT } from './io.ts';
import { turkishReport } from './turkish-report.ts';

const USAGE = `santral flow check [directory] [--sounds <directory>] [--info] [--json]
                   [--language <tr|en>]

Reports every problem of the flows, their prompts, calendars, numbers, surveys, queues, dispositions and web forms at once: file, line,
column, a code, what is wrong, and what to do about it.

  directory            Where the flows are (default: SANTRAL_FLOWS).
  --sounds <directory> Where the prompts are (default: SANTRAL_SOUNDS).
  --info               Show remarks, too: exits that take the built-in end, options that begin one another.
  --language <tr|en>   What is wrong and what to do about it, in this language (default: en).
  --json               Print one JSON object: { errors, warnings, flows, problems }; with --language tr each problem holds
                       { tr: { message, remedy } }, too.

Exit: 0 without errors (warnings may be there), 1 with errors, 2 for a wrong command line.
`;

/** `santral flow check`; `args` is what follows those words. Gives the exit code. */
export async function flowCheck(args: string[], io: CliIo): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      sounds: { type: 'string' },
      language: { type: 'string', default: 'en' },
      json: { type: 'boolean', default: false },
      info: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const [dir, ...more] = positionals;
  const { language } = values;
  if (values.help || more.length > 0 || !isLanguage(language)) {
    (values.help ? io.out : io.err)(USAGE);
    return values.help ? EXIT.ok : EXIT.usage;
  }
  try {
    const { problems, flows } = await checkFiles(io, { flows: dir, sounds: values.sounds });
    const errors = count(problems, 'error');
    const warnings = count(problems, 'warning');
    const told = language === 'tr' ? problems.map((one) => ({ ...one, tr: turkishProblem(one) })) : problems;
    if (values.json) io.out(`${JSON.stringify({ errors, warnings, flows, problems: told }, null, 2)}\n`);
    else io.out(report({ problems, flows, errors, warnings }, values.info, language));
    return errors > 0 ? EXIT.problems : EXIT.ok;
  } catch (error) {
    if (!hasCode(error, 'request.invalid', 'config.invalid')) throw error;
    const message = language === 'tr' ? turkishReport(error.message) : error.message;
    io.err(values.json ? `${JSON.stringify({ code: error.code, message })}\n` : `${message}\n`);
    return EXIT.problems;
  }
}

interface Found {
  readonly problems: readonly Problem[];
  readonly flows: readonly string[];
  readonly errors: number;
  readonly warnings: number;
}

function report({ problems, flows, errors, warnings }: Found, info: boolean, language: Language): string {
  const shown = problems.filter(({ severity }) => info || severity !== 'info').map((one) => printProblem(one, language));
  const remarks = info ? 0 : count(problems, 'info');
  const tail = remarks === 0 ? '' : ` (${many(remarks, 'remark')} with --info)`;
  if (language === 'tr') return `${shown.join('')}${turkishTotal(flows.length, errors, warnings, remarks)}\n`;
  return `${shown.join('')}${many(flows.length, 'flow')}: ${many(errors, 'error')}, ${many(warnings, 'warning')}${tail}\n`;
}

function turkishTotal(flows: number, errors: number, warnings: number, remarks: number): string {
  const tail = remarks === 0 ? '' : ` (--info ile ${remarks} not)`;
  return `${flows} akış: ${errors} hata, ${warnings} uyarı${tail}`;
}

function count(problems: readonly Problem[], severity: Problem['severity']): number {
  return problems.filter((problem) => problem.severity === severity).length;
}

function many(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`;
}
