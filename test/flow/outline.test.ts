import { describe, expect, it } from 'vitest';
import { ACTIONS } from '../../src/flow/actions.ts';
import { checkRelease } from '../../src/flow/check.ts';

function outlineOf(text: string) {
  const files = [{ path: 'flows/main.yaml', text }];
  return checkRelease({ files, catalogue: new Map(), calendars: new Map(), actions: ACTIONS, recordings: new Set() });
}

const FLOW = `flow: main
title: { tr: Ana, en: Main }
start: top
exits: { error: bye }
nodes:
  top:
    type: menu
    prompt: { text: { tr: Bir., en: One. } }
    options: { 1: { to: dealers, label: { tr: Bayi } }, 2: bye }
  dealers: { type: subflow, flow: other, next: bye }
  bye: { type: hangup }
`;

describe('the outline of a flow', () => {
  it('tells nodes with their lines, exits, labels and the flows they enter', () => {
    const outline = outlineOf(FLOW).outlines.get('main');
    expect(outline).toMatchObject({
      title: { tr: 'Ana', en: 'Main' },
      start: 'top',
      afterCall: null,
      exits: [{ exit: 'error', to: 'bye' }],
    });
    expect(outline?.nodes).toMatchObject([
      {
        id: 'top',
        type: 'menu',
        line: 6,
        calls: null,
        exits: [
          { exit: '1', to: 'dealers', label: { tr: 'Bayi' } },
          { exit: '2', to: 'bye' },
        ],
      },
      { id: 'dealers', type: 'subflow', line: 10, exits: [{ exit: 'next', to: 'bye' }] },
      { id: 'bye', type: 'hangup', line: 11, exits: [] },
    ]);
  });

  it('holds what can be read of a flow with faults, and problems name their nodes', () => {
    const { outlines, problems, flows } = outlineOf(FLOW.replace('type: hangup', 'type: hangpu').replace('2: bye', '2: by'));
    expect(flows.has('main')).toBe(false);
    expect(outlines.get('main')?.nodes.map(({ id, type }) => [id, type])).toEqual([
      ['top', 'menu'],
      ['dealers', 'subflow'],
      ['bye', 'hangpu'],
    ]);
    const named = problems.filter(({ severity }) => severity === 'error').map(({ code, node }) => [code, node]);
    expect(named).toEqual(
      expect.arrayContaining([
        ['flow.unknown-target', 'top'],
        ['flow.unknown-node-type', 'bye'],
      ]),
    );
  });

  it('of a text that is no flow is empty', () => {
    expect(outlineOf('- a').outlines.get('main')).toEqual({ title: {}, start: null, afterCall: null, exits: [], nodes: [] });
  });
});
