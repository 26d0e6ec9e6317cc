import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseCatalogue } from '../../src/flow/catalogue.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
/** Open whenever the test runs. */
const always = (calendar: string): string => `calendar: ${calendar}
title: { tr: Hep açık, en: Always open }
zone: Europe/Istanbul
hours: "mon-sun 00:00-24:00"
`;

/** Copies the flows that are shipped, with everything beside them, but for hours of the day: `calendars` are always open. */
export function copyShippedFlows(to: string, calendars: readonly string[]): void {
  cpSync(path.join(PROJECT, 'flows'), to, { recursive: true });
  for (const calendar of calendars) writeFileSync(path.join(to, 'calendars', `${calendar}.yaml`), always(calendar));
}

/** What the shipped catalogue says in English; no values are put in. */
export function shippedWords(): (key: string) => string {
  const dir = path.join(PROJECT, 'sounds');
  const files = readdirSync(dir).filter((name) => name.endsWith('.yaml'));
  const { entries } = parseCatalogue(files.map((name) => ({ path: name, text: readFileSync(path.join(dir, name), 'utf8') })));
  return (key) => {
    const words = entries.get(key)?.text.en;
    if (words === undefined) throw new Error(`sounds/ has no ${key}`);
    return words;
  };
}
