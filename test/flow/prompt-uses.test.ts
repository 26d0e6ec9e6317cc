import { expect, it } from 'vitest';
import { ACTIONS } from '../../src/flow/actions.ts';
import { parseCatalogue } from '../../src/flow/catalogue.ts';
import { checkRelease } from '../../src/flow/check.ts';
import { PROMPTS } from './kit.ts';

const FLOW = `
flow: a
start: ask
defaults: { http: { filler: general.one-moment } }
nodes:
  ask:
    type: collect
    prompt: [test.code, { key: test.menu, when: "call.did == '1'" }]
    into: code
    digits: 4
    empty: test.empty
    noMatch: [[general.no-match, test.code], test.help]
    confirm: { prompt: test.read-back }
    next: find
  find: { type: http, url: https://crm.example/x, next: bye }
  bye: { type: hangup, prompt: test.nowhere }
`;

it('the check tells which nodes say a prompt, also of a flow with errors and of prompts that are not there', () => {
  const { entries } = parseCatalogue([{ path: 'sounds/test.yaml', text: PROMPTS }]);
  const checked = checkRelease({
    files: [{ path: 'a.yaml', text: FLOW }],
    catalogue: entries,
    calendars: new Map(),
    actions: ACTIONS,
    recordings: new Set(),
  });
  expect(checked.flows.size).toBe(0);
  expect([...new Set(checked.prompts.map(({ flow, node, key }) => `${flow} ${node} ${key}`))].sort()).toEqual([
    'a ask general.no-match',
    'a ask test.code',
    'a ask test.empty',
    'a ask test.help',
    'a ask test.menu',
    'a ask test.read-back',
    'a bye test.nowhere',
    'a find general.one-moment',
  ]);
});
