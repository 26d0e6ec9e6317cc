import { existsSync, readFileSync } from 'node:fs';
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
