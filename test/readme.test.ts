import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { settingsTable } from '../src/cli/show-config.ts';
import { SETUP_VARIABLES } from '../src/config/config.ts';
import { ACTIONS } from '../src/flow/actions.ts';
import { checkRelease } from '../src/flow/check.ts';

const README = readFileSync('README.md', 'utf8');

it('the settings table is the one the settings give; `npm run -s santral -- config --markdown` prints it', () => {
  const [, table] = /<!-- settings:.*?-->\n([\s\S]*?)<!-- \/settings -->/.exec(README) ?? [];
  expect(table).toBe(settingsTable());
});

it('every variable of the set-up is explained', () => {
  for (const variable of SETUP_VARIABLES) expect(README).toContain(variable);
});

it('the first flow is a flow without problems', () => {
  const [, text = ''] = /`flows\/hello\.yaml`:\n\n```yaml\n([\s\S]*?)```/.exec(README) ?? [];
  const file = { path: 'flows/hello.yaml', text };
  const checked = checkRelease({ files: [file], catalogue: new Map(), calendars: new Map(), actions: ACTIONS, recordings: new Set() });
  expect(checked.problems.filter(({ severity }) => severity !== 'info')).toEqual([]);
  expect([...checked.flows.keys()]).toEqual(['hello']);
});

it('what it links to is there', () => {
  const links = [...README.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, link]) => link as string);
  expect(links.length).toBeGreaterThan(5);
  expect(links.filter((link) => !existsSync(link))).toEqual([]);
});

it('the files that the rooms’ pages name are there', () => {
  const all = ['src', 'test', 'flows', 'sounds', 'asterisk-config'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => path.join(folder, file)),
  );
  const names = new Set(all.map((file) => path.basename(file)));
  const pages = all.filter((file) => path.basename(file) === 'README.md');
  expect(pages.length).toBeGreaterThan(30);
  const missing = pages.flatMap((page) =>
    [...readFileSync(page, 'utf8').matchAll(/`([\w./-]+\.(?:tsx?|mjs|yaml|conf))`/g)]
      .map(([, name]) => name as string)
      .filter((name) => !names.has(path.basename(name)) && !existsSync(name))
      .map((name) => `${page} names ${name}, which is not there`),
  );
  expect(missing).toEqual([]);
});
