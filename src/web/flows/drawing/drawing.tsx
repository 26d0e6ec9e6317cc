import '@xyflow/react/dist/base.css';
import { ActionIcon } from '@mantine/core';
import { MarkerType, Panel, ReactFlow, ReactFlowProvider, useReactFlow } from '@xyflow/react';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { FlowProblem } from '../../api/flow-problems.ts';
import type { CountedStep, Outline } from '../../api/workshop.ts';
import { useExitName } from '../../feed/exit-name.ts';
import { currentLanguage } from '../../i18n.ts';
import { Icon } from '../../icons.tsx';
import classes from './drawing.module.css';
import { type PlacedBox, type PlacedWay, place } from './layout.ts';
import { type CardNode, NodeCard } from './node-card.tsx';
import { pictureOf } from './picture.ts';
import { type WayEdge, WayLine } from './way-line.tsx';

export interface DrawingProps {
  readonly outline: Outline;
  readonly problems: readonly FlowProblem[];
  /** null where nothing is counted. */
  readonly steps: readonly CountedStep[] | null;
  /** The node that the simulator stands at. */
  readonly current: string | null;
  readonly onOpen: (line: number) => void;
}

const NODE_TYPES = { card: NodeCard };
const EDGE_TYPES = { way: WayLine };
const ZOOM = { least: 0.2, most: 1.5, first: 0.85, readable: 0.6 };
/** px around the picture. */
const MARGIN = 16;

/** The flow as a picture: what leads where, what callers did, what is wrong. */
export function Drawing(props: DrawingProps) {
  return (
    <ReactFlowProvider>
      <Stage {...props} />
    </ReactFlowProvider>
  );
}

function Stage({ outline, problems, steps, current, onOpen }: DrawingProps) {
  const { t } = useTranslation();
  const language = currentLanguage();
  const exitName = useExitName();
  const placed = useMemo(
    () => place(pictureOf(outline, problems, steps, language, exitName)),
    [outline, problems, steps, language, exitName],
  );
  const nodes = useMemo(() => placed.boxes.map((box) => nodeOf(box, box.id === current, onOpen)), [placed, current, onOpen]);
  const edges = useMemo(() => placed.ways.map((way): WayEdge => edgeOf(way)), [placed]);
  useFollow(placed.boxes, current);
  useInSight(placed.boxes, outline.start);
  return (
    <section className={classes['stage']} aria-label={t('flows.drawing.title')}>
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        minZoom={ZOOM.least}
        maxZoom={ZOOM.most}
        proOptions={{ hideAttribution: true }}
        onInit={(flow) => void flow.setViewport(firstView(placed.boxes, outline.start))}
        autoPanOnNodeFocus
      >
        <Controls />
      </ReactFlow>
    </section>
  );
}

/** The whole picture where it can be read, else the top of the flow with its first node in the middle. */
function firstView(boxes: readonly PlacedBox[], start: string | null) {
  const [width, height] = stageSize();
  const right = Math.max(...boxes.map((box) => box.x + box.width)) + MARGIN;
  const bottom = Math.max(...boxes.map((box) => box.y + box.height)) + MARGIN;
  const zoom = Math.min(1, width / right, height / bottom);
  if (zoom >= ZOOM.readable) return { x: (width - right * zoom) / 2, y: MARGIN, zoom };
  const box = boxes.find(({ id }) => id === start) ?? boxes[0];
  const middle = box === undefined ? 0 : box.x + box.width / 2;
  return { x: width / 2 - middle * ZOOM.first, y: MARGIN, zoom: ZOOM.first };
}

/** A picture that changed so much that nothing of it is seen any more is shown from its beginning. */
function useInSight(boxes: readonly PlacedBox[], start: string | null): void {
  const { getViewport, setViewport } = useReactFlow();
  useEffect(() => {
    const { x, y, zoom } = getViewport();
    const [width, height] = stageSize();
    const isSeen = (box: PlacedBox): boolean =>
      (box.x + box.width) * zoom + x > 0 && box.x * zoom + x < width && (box.y + box.height) * zoom + y > 0 && box.y * zoom + y < height;
    if (boxes.length > 0 && !boxes.some(isSeen)) void setViewport(firstView(boxes, start));
  }, [boxes, start, getViewport, setViewport]);
}

function stageSize(): readonly [number, number] {
  const stage = document.querySelector(`.${classes['stage'] ?? ''}`);
  return [stage?.clientWidth ?? 600, stage?.clientHeight ?? 400];
}

/** Brings the node that the simulator stands at into sight. */
function useFollow(boxes: readonly PlacedBox[], current: string | null): void {
  const { setCenter, getZoom } = useReactFlow();
  useEffect(() => {
    const box = boxes.find(({ id }) => id === current);
    if (box !== undefined) void setCenter(box.x + box.width / 2, box.y + box.height / 2, { zoom: getZoom(), duration: 200 });
  }, [boxes, current, setCenter, getZoom]);
}

function Controls() {
  const { t } = useTranslation();
  const { zoomIn, zoomOut, fitView } = useReactFlow();
  const button = (name: 'zoomIn' | 'zoomOut' | 'fit', icon: 'plus' | 'minus' | 'screen', act: () => void) => (
    <ActionIcon variant="default" size="lg" aria-label={t(`flows.drawing.${name}`)} title={t(`flows.drawing.${name}`)} onClick={act}>
      <Icon name={icon} size={18} />
    </ActionIcon>
  );
  return (
    <Panel position="bottom-right" className={classes['controls'] ?? ''}>
      {button('zoomIn', 'plus', () => void zoomIn())}
      {button('zoomOut', 'minus', () => void zoomOut())}
      {button('fit', 'screen', () => void fitView({ padding: 0.05 }))}
    </Panel>
  );
}

/** The library takes clicks from nodes that cannot be selected; ours hold a button. */
const CLICKABLE = { pointerEvents: 'all' } as const;

function nodeOf(box: PlacedBox, current: boolean, onOpen: DrawingProps['onOpen']): CardNode {
  const open = ({ line }: PlacedBox): void => {
    if (line !== null) onOpen(line);
  };
  const { id, x, y, width, height } = box;
  return { id, type: 'card', position: { x, y }, width, height, data: { box, current, onOpen: open }, style: CLICKABLE };
}

function edgeOf(way: PlacedWay): WayEdge {
  const markerEnd = { type: MarkerType.ArrowClosed, width: 14, height: 14 };
  return { id: way.id, type: 'way', source: way.from, target: way.to, data: { way }, markerEnd };
}
