import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Survey } from '../../src/domain/survey.ts';
import { parseSurveys } from '../../src/domain/survey-file.ts';

const FOLDER = 'flows/surveys';

/** The surveys that Santral is shipped with. */
export function shippedSurveys(): ReadonlyMap<string, Survey> {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));
  const files = names.sort().map((name) => ({ path: path.join(FOLDER, name), text: readFileSync(path.join(FOLDER, name), 'utf8') }));
  const { surveys, problems } = parseSurveys(files);
  if (problems.length > 0) throw new Error(problems.map(({ file, line, message }) => `${file}:${line} ${message}`).join('\n'));
  return surveys;
}
