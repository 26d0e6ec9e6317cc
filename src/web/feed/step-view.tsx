import { Badge, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Icon } from '../icons.tsx';
import { HappeningView } from './happening-view.tsx';
import type { Step } from './steps.ts';
import classes from './timeline.module.css';
import { nodeIcon, nodeType, sinceStart } from './words.ts';

interface StepViewProps {
  readonly step: Step;
  /** UTC ms. */
  readonly startedAt: number;
  /** The call's own flow; a step elsewhere names its flow. */
  readonly mainFlow: string;
  /** The call stands here now. */
  readonly current: boolean;
}

/** A stay at one node. */
export function StepView({ step, startedAt, mainFlow, current }: StepViewProps) {
  const { t } = useTranslation();
  const { node } = step;
  const type = nodeType(node?.type ?? '');
  return (
    <li className={classes['step']} data-current={current || undefined} aria-current={current ? 'step' : undefined} data-node={node?.node}>
      <span className={classes['mark']}>
        <Icon name={node === null ? 'phone' : nodeIcon(node.type)} size={16} />
      </span>
      <div className={classes['stepHead']}>
        <Text component="span" fw={650} className={classes['node'] ?? ''}>
          {node === null ? t('feed.callBegins') : node.node}
        </Text>
        {node === null ? null : (
          <Text component="span" size="xs" c="dimmed">
            {type === null ? node.type : t(`feed.type.${type}`)}
            {node.flow === mainFlow ? '' : ` · ${node.flow}`}
          </Text>
        )}
        {current ? (
          <Badge variant="light" size="sm" tt="none">
            {t('feed.here')}
          </Badge>
        ) : null}
        <Text component="time" size="xs" c="dimmed" ff="monospace" className={classes['time'] ?? ''}>
          {sinceStart(step.at, startedAt)}
        </Text>
      </div>
      {step.happenings.map((happening) => (
        <HappeningView key={happening.seq} happening={happening} />
      ))}
    </li>
  );
}
