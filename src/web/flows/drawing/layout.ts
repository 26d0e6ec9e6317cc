import { Graph, layout } from '@dagrejs/dagre';
import type { Box, Picture, Way } from './picture.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface PlacedBox extends Box, Point {
  readonly width: number;
  readonly height: number;
}

export interface PlacedWay extends Way {
  readonly points: readonly Point[];
  /** Its name in at most a few lines, and the middle of the place kept free for it. */
  readonly label: readonly string[];
  readonly at: Point;
}

export interface Placed {
  readonly boxes: readonly PlacedBox[];
  readonly ways: readonly PlacedWay[];
}

/** In px; the cards' and labels' style sheet keeps to them. */
const NODE_WIDTH = 208;
const NODE_HEIGHT = 56;
const NOTE_HEIGHT = 26;
const PILL = { width: 120, height: 34 };
const LABEL_LINE = 16;
const LABEL_CHARACTER = 6.4;
const MOST_LABEL_LINES = 3;
const MOST_LABEL_CHARACTERS = 26;

/** Between the call and what is done after it. */
const SECTION_GAP = 72;

/** Lays a picture out from top to bottom; the after-call section stands apart, below the call. */
export function place(picture: Picture): Placed {
  const later = new Set(picture.boxes.flatMap(({ id, afterCall }) => (afterCall ? [id] : [])));
  // A text with faults may lead from the one to the other: then they are one picture.
  const crossing = picture.ways.some(({ from, to }) => later.has(from) !== later.has(to));
  if (later.size === 0 || crossing) return placeSection(picture);
  const part = (inside: boolean): Placed =>
    placeSection({
      boxes: picture.boxes.filter(({ id }) => later.has(id) === inside),
      ways: picture.ways.filter(({ from }) => later.has(from) === inside),
    });
  const call = part(false);
  const down = Math.max(0, ...call.boxes.map(({ y, height }) => y + height)) + SECTION_GAP;
  const after = moved(part(true), down);
  return { boxes: [...call.boxes, ...after.boxes], ways: [...call.ways, ...after.ways] };
}

function moved({ boxes, ways }: Placed, down: number): Placed {
  const lower = <P extends Point>(point: P): P => ({ ...point, y: point.y + down });
  return {
    boxes: boxes.map(lower),
    ways: ways.map((way) => ({ ...way, points: way.points.map(lower), at: lower(way.at) })),
  };
}

/** With room for every label: none lies on a box or on another label. */
function placeSection({ boxes, ways }: Picture): Placed {
  const graph = new Graph({ directed: true });
  graph.setGraph({ rankdir: 'TB', nodesep: 36, ranksep: 34, edgesep: 18, marginx: 16, marginy: 16 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const box of boxes) graph.setNode(box.id, sizeOf(box));
  const labels = new Map(ways.map((way) => [way.id, linesOf(way)]));
  for (const { id, from, to } of ways) graph.setEdge(from, to, { ...labelSize(labels.get(id) ?? []), labelpos: 'c' });
  layout(graph);
  return {
    boxes: boxes.map((box) => {
      const { x, y } = graph.node(box.id) as Point;
      const { width, height } = sizeOf(box);
      return { ...box, x: x - width / 2, y: y - height / 2, width, height };
    }),
    ways: ways.map((way) => {
      const edge = graph.edge(way.from, way.to) as { readonly points: readonly Point[]; readonly x?: number; readonly y?: number };
      const middle = edge.points[Math.floor(edge.points.length / 2)] ?? { x: 0, y: 0 };
      const at = { x: edge.x ?? middle.x, y: edge.y ?? middle.y };
      return { ...way, points: edge.points, label: labels.get(way.id) ?? [], at };
    }),
  };
}

function sizeOf({ kind, hungUp, problems }: Box): { readonly width: number; readonly height: number } {
  if (kind !== 'node') return PILL;
  return { width: NODE_WIDTH, height: NODE_HEIGHT + (hungUp > 0 || problems.length > 0 ? NOTE_HEIGHT : 0) };
}

function linesOf({ exits, count }: Way): string[] {
  const shown = exits.slice(0, MOST_LABEL_LINES).map(shorten);
  if (exits.length > MOST_LABEL_LINES) shown[MOST_LABEL_LINES - 1] = `+${exits.length - MOST_LABEL_LINES + 1}`;
  return count === null || count === 0 ? shown : [...shown, String(count)];
}

function shorten(text: string): string {
  return text.length > MOST_LABEL_CHARACTERS ? `${text.slice(0, MOST_LABEL_CHARACTERS - 1)}…` : text;
}

function labelSize(lines: readonly string[]): { readonly width: number; readonly height: number } {
  if (lines.length === 0) return { width: 0, height: 0 };
  const longest = Math.max(...lines.map((line) => line.length));
  return { width: longest * LABEL_CHARACTER + 14, height: lines.length * LABEL_LINE + 6 };
}

/** An SVG path through the points with soft bends. */
export function pathThrough(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  const last = rest.at(-1) ?? first;
  const bends = rest.slice(0, -1).map((point, index) => {
    const next = rest[index + 1] ?? point;
    const end = index === rest.length - 2 ? next : { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 };
    return `Q ${point.x} ${point.y} ${end.x} ${end.y}`;
  });
  return [`M ${first.x} ${first.y}`, ...(bends.length === 0 ? [`L ${last.x} ${last.y}`] : bends)].join(' ');
}
