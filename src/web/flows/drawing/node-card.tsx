import { Handle, type Node, type NodeProps, Position } from '@xyflow/react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../icons.tsx';
import { problemWords, useTypeName } from '../words.ts';
import classes from './drawing.module.css';
import type { PlacedBox } from './layout.ts';
import { roleOf } from './roles.ts';

export type CardNode = Node<{ readonly box: PlacedBox; readonly current: boolean; readonly onOpen: (box: PlacedBox) => void }, 'card'>;

/** A box of the drawing. A node of the flow is a button that leads to its place in the text. */
export function NodeCard({ data: { box, current, onOpen } }: NodeProps<CardNode>) {
  return (
    <>
      <Handle type="target" position={Position.Top} isConnectable={false} className={classes['handle'] ?? ''} />
      {box.kind === 'node' ? <Card box={box} current={current} onOpen={onOpen} /> : <Pill box={box} />}
      <Handle type="source" position={Position.Bottom} isConnectable={false} className={classes['handle'] ?? ''} />
    </>
  );
}

function Card({ box, current, onOpen }: CardNode['data']) {
  const { t } = useTranslation();
  const typeName = useTypeName();
  const { id, type, starts, afterCall, calls, entered } = box;
  return (
    <button
      type="button"
      className={`nodrag nopan ${classes['card'] ?? ''}`}
      data-node={id}
      data-role={roleOf(type)}
      data-section={afterCall ? 'after-call' : undefined}
      data-problem={worstOf(box) ?? undefined}
      data-current={current ? '' : undefined}
      onClick={() => onOpen(box)}
      title={box.problems.map((one) => `${one.line}: ${problemWords(one).message}`).join('\n')}
    >
      <span className={classes['name']}>
        <span>{id}</span>
        {entered === null ? null : <span aria-label={t('flows.drawing.entered', { count: entered })}>{entered}</span>}
      </span>
      <span className={classes['type']}>
        {starts ? `${t('flows.drawing.start')} · ` : ''}
        {afterCall ? `${t('flows.drawing.afterCall')} · ` : ''}
        {typeName(type)}
        {calls === null ? '' : ` · ${calls}`}
      </span>
      <Notes box={box} />
    </button>
  );
}

function Notes({ box: { hungUp, problems, ...box } }: { readonly box: PlacedBox }) {
  const { t } = useTranslation();
  if (hungUp === 0 && problems.length === 0) return null;
  return (
    <span className={classes['notes']}>
      {problems.length === 0 ? null : (
        <span className={classes['note']} data-kind={worstOf({ ...box, hungUp, problems })}>
          <Icon name="warning" size={12} />
          {t('flows.drawing.problems', { count: problems.length })}
        </span>
      )}
      {hungUp === 0 ? null : (
        <span className={classes['note']} data-kind="hang-up">
          <Icon name="hangUp" size={12} />
          {t('flows.drawing.hungUp', { count: hungUp })}
        </span>
      )}
    </span>
  );
}

function Pill({ box: { kind, id } }: { readonly box: PlacedBox }) {
  const { t } = useTranslation();
  const texts = {
    return: t('flows.drawing.return'),
    end: t('flows.drawing.end'),
    over: t('flows.drawing.over'),
    missing: t('flows.drawing.missing', { name: id }),
    node: id,
  };
  return (
    <div className={classes['pill']} data-kind={kind}>
      <span>{texts[kind]}</span>
    </div>
  );
}

function worstOf({ problems }: PlacedBox): 'error' | 'warning' | 'info' | null {
  const found = new Set(problems.map(({ severity }) => severity));
  return (['error', 'warning', 'info'] as const).find((severity) => found.has(severity)) ?? null;
}
