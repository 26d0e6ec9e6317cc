import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ACTIONS } from '../../../src/flow/actions.ts';
import { checkRelease } from '../../../src/flow/check.ts';
import type { FlowProblem } from '../../../src/web/api/flow-problems.ts';
import type { CountedStep, Outline } from '../../../src/web/api/workshop.ts';
import { type Placed, pathThrough, place } from '../../../src/web/flows/drawing/layout.ts';
import { pictureOf } from '../../../src/web/flows/drawing/picture.ts';

const exit = (name: string, to: string, label = {}) => ({ exit: name, to, label });
const OUTLINE: Outline = {
  title: {},
  start: 'top',
  afterCall: null,
  nodes: [
    {
      id: 'top',
      type: 'menu',
      line: 5,
      calls: null,
      exits: [exit('1', 'ask', { tr: 'Sor', en: 'Ask' }), exit('2', 'ask'), exit('0', 'return'), exit('9', 'nowhere')],
    },
    { id: 'ask', type: 'subflow', line: 9, calls: 'other', exits: [exit('next', 'bye')] },
    { id: 'bye', type: 'hangup', line: 12, calls: null, exits: [] },
  ],
};
const STEPS: readonly CountedStep[] = [
  { kind: 'entered', node: 'top', exit: null, to: null, count: 10 },
  { kind: 'exit', node: 'top', exit: '1', to: 'ask', count: 4 },
  { kind: 'exit', node: 'top', exit: '2', to: 'ask', count: 2 },
  { kind: 'exit', node: 'top', exit: 'error', to: null, count: 1 },
  { kind: 'exit', node: 'top', exit: 'exhausted', to: 'bye', count: 1 },
  // Of an older text: the exit leads elsewhere today, the node is gone.
  { kind: 'exit', node: 'top', exit: '1', to: 'bye', count: 50 },
  { kind: 'exit', node: 'gone', exit: 'next', to: 'bye', count: 60 },
  { kind: 'hang-up', node: 'top', exit: null, to: null, count: 3 },
];
const FAULT: FlowProblem = {
  code: 'flow.unknown-target',
  severity: 'error',
  message: 'x',
  remedy: '',
  tr: null,
  file: 'main.yaml',
  line: 5,
  column: 1,
  node: 'top',
};

describe('the picture of a flow', () => {
  it('draws the after-call section apart, with an end of its own', () => {
    const section = [
      { id: 'report', type: 'http', line: 14, calls: null, exits: [exit('next', 'mail'), exit('error', 'return')] },
      { id: 'mail', type: 'notify', line: 16, calls: null, exits: [exit('next', 'return')] },
    ];
    const outline: Outline = { ...OUTLINE, afterCall: 'report', nodes: [...OUTLINE.nodes, ...section] };
    const picture = pictureOf(outline, [], null, 'en');
    expect(picture.boxes.filter(({ afterCall }) => afterCall).map(({ id, kind }) => `${kind} ${id}`)).toEqual([
      'node report',
      'node mail',
      'over $over',
    ]);
    expect(picture.ways.filter(({ to }) => to === '$over').map(({ from }) => from)).toEqual(['report', 'mail']);
    expect(picture.ways.filter(({ to }) => to === 'return').map(({ from }) => from)).toEqual(['top']);
    const { boxes } = place(picture);
    const lowest = Math.max(...boxes.flatMap(({ afterCall, y, height }) => (afterCall ? [] : [y + height])));
    const highest = Math.min(...boxes.flatMap(({ afterCall, y }) => (afterCall ? [y] : [])));
    expect(highest - lowest).toBeGreaterThan(40);
    expect(boxes).toHaveLength(picture.boxes.length);
  });

  it('is one picture where a faulty text leads from the section into the call', () => {
    const report = { id: 'report', type: 'http', line: 14, calls: null, exits: [exit('next', 'bye')] };
    const picture = pictureOf({ ...OUTLINE, afterCall: 'report', nodes: [...OUTLINE.nodes, report] }, [], null, 'en');
    expect(place(picture).ways.map(({ id }) => id)).toContain('report bye');
  });

  it('holds its nodes, where ways leave it, and names that nothing stands behind', () => {
    const { boxes } = pictureOf(OUTLINE, [FAULT], null, 'tr');
    expect(boxes.map(({ id, kind, starts }) => [id, kind, starts])).toEqual([
      ['top', 'node', true],
      ['ask', 'node', false],
      ['bye', 'node', false],
      ['return', 'return', false],
      ['nowhere', 'missing', false],
    ]);
    expect(boxes[0]).toMatchObject({ problems: [FAULT], entered: null, hungUp: 0 });
    expect(boxes[1]).toMatchObject({ problems: [], calls: 'other' });
  });

  it('draws the exits that lead to one node as one way, in the reader’s language', () => {
    const ways = (language: 'tr' | 'en') => pictureOf(OUTLINE, [], null, language).ways;
    expect(ways('en')[0]).toEqual({ id: 'top ask', from: 'top', to: 'ask', exits: ['1 · Ask', '2'], count: null, written: true });
    expect(ways('tr')[0]?.exits).toEqual(['1 · Sor', '2']);
    expect(ways('tr').find(({ from }) => from === 'ask')?.exits).toEqual([]);
  });

  it('puts the language’s own exits into the reader’s words, and leaves a flow’s own', () => {
    const words = (exit: string): string => (exit === 'error' ? 'hata' : exit);
    const { ways } = pictureOf(OUTLINE, [], STEPS, 'tr', words);
    expect(ways.find(({ id }) => id === 'top ask')?.exits).toEqual(['1 · Sor', '2']);
    const own = pictureOf(
      { ...OUTLINE, nodes: [{ ...(OUTLINE.nodes[0] as (typeof OUTLINE.nodes)[number]), exits: [{ exit: 'error', to: 'x', label: {} }] }] },
      [],
      null,
      'tr',
      words,
    );
    expect(own.ways[0]?.exits).toEqual(['hata']);
  });

  it('counts ways of today’s text only, and shows those taken without being written', () => {
    const { boxes, ways } = pictureOf(OUTLINE, [], STEPS, 'tr');
    expect(boxes[0]).toMatchObject({ entered: 10, hungUp: 3 });
    expect(boxes[1]).toMatchObject({ entered: 0 });
    expect(ways.map(({ id, count, written }) => [id, count, written])).toEqual([
      ['top ask', 6, true],
      ['top return', 0, true],
      ['top nowhere', 0, true],
      ['ask bye', 0, true],
      ['top $end', 1, false],
      ['top bye', 51, false],
    ]);
    expect(boxes.at(-1)).toMatchObject({ id: '$end', kind: 'end' });
  });
});

/** The shipped flow with the most nodes, as the page gets it. */
function shipped(): Outline {
  const text = readFileSync('flows/dealer-lookup.yaml', 'utf8');
  const files = [{ path: 'flows/dealer-lookup.yaml', text }];
  const sources = { files, catalogue: new Map(), calendars: new Map(), actions: ACTIONS, recordings: new Set<string>() };
  const outline = checkRelease(sources).outlines.get('dealer-lookup');
  if (outline === undefined) throw new Error('no outline');
  const nodes = outline.nodes.map((node) => ({ ...node, exits: node.exits.map((one) => ({ ...one, label: one.label ?? {} })) }));
  return { ...outline, nodes };
}

describe('the layout', () => {
  const inside = ({ x, y }: { x: number; y: number }, { boxes }: Placed) =>
    boxes.filter((box) => x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height);

  it('lays no box on another, and no label on a box', () => {
    const placed = place(pictureOf(shipped(), [], STEPS, 'tr'));
    expect(placed.boxes.length).toBeGreaterThan(20);
    for (const box of placed.boxes) {
      const corners = [0, 1].flatMap((x) => [0, 1].map((y) => ({ x: box.x + x * box.width, y: box.y + y * box.height })));
      for (const corner of corners) expect(inside(corner, placed)).toEqual([]);
    }
    for (const { at, label } of placed.ways) if (label.length > 0) expect(inside(at, placed)).toEqual([]);
  });

  it('says at most three names and the count at a way, and shortens them', () => {
    const exits = Array.from({ length: 6 }, (_, i) => exit(String(i), 'bye', { tr: 'Çok uzun bir seçeneğin adı burada durur' }));
    const bye = { id: 'bye', type: 'hangup', line: 2, calls: null, exits: [] };
    const outline = { title: {}, start: 'a', afterCall: null, nodes: [{ id: 'a', type: 'menu', line: 1, calls: null, exits }, bye] };
    const taken: CountedStep = { kind: 'exit', node: 'a', exit: '1', to: 'bye', count: 7 };
    const [way] = place(pictureOf(outline, [], [taken], 'tr')).ways;
    expect(way?.label).toHaveLength(4);
    expect(way?.label.slice(2)).toEqual(['+4', '7']);
    expect(Math.max(...(way?.label ?? []).map((line) => line.length))).toBeLessThanOrEqual(26);
  });

  it('draws its lines from the first point to the last', () => {
    expect(pathThrough([{ x: 0, y: 1 }])).toBe('M 0 1 L 0 1');
    expect(
      pathThrough([
        { x: 0, y: 0 },
        { x: 5, y: 10 },
      ]),
    ).toBe('M 0 0 L 5 10');
    const bent = [0, 10, 20, 30].map((y) => ({ x: y % 20, y }));
    expect(pathThrough(bent)).toMatch(/^M 0 0 .* 10 30$/);
  });
});
