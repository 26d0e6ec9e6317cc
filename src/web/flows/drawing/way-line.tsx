import { VisuallyHidden } from '@mantine/core';
import { BaseEdge, type Edge, EdgeLabelRenderer, type EdgeProps } from '@xyflow/react';
import { useTranslation } from 'react-i18next';
import classes from './drawing.module.css';
import { type PlacedWay, pathThrough } from './layout.ts';

export type WayEdge = Edge<{ readonly way: PlacedWay }, 'way'>;

/** A way between two boxes, with its exits' names and how often it was taken. */
export function WayLine({ id, data, markerEnd }: EdgeProps<WayEdge>) {
  const { t } = useTranslation();
  if (data === undefined) return null;
  const { points, label, at, count, written, exits } = data.way;
  const taken = count !== null && count > 0;
  const names = taken ? label.slice(0, -1) : label;
  return (
    <>
      <BaseEdge
        id={id}
        path={pathThrough(points)}
        className={classes['line'] ?? ''}
        data-unwritten={written ? undefined : ''}
        data-taken={taken ? '' : undefined}
        {...(markerEnd === undefined ? {} : { markerEnd })}
      />
      {label.length === 0 ? null : (
        <EdgeLabelRenderer>
          <div
            className={classes['label']}
            style={{ transform: `translate(-50%, -50%) translate(${at.x}px, ${at.y}px)` }}
            title={exits.join('\n')}
          >
            {names.map((name) => (
              <span key={name}>{name}</span>
            ))}
            {taken ? (
              <span data-count={count}>
                <span aria-hidden="true">{count}</span>
                <VisuallyHidden>{t('flows.drawing.taken', { count })}</VisuallyHidden>
              </span>
            ) : null}
          </div>
        </EdgeLabelRenderer>
      )}
    </>
  );
}
