import { Badge, Group, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FloorQueue } from '../../domain/floor-view.ts';
import { currentLanguage } from '../i18n.ts';
import { duration, share, Timer } from '../shared/times.tsx';
import { useSeconds } from '../shared/use-seconds.ts';
import classes from './supervisor.module.css';

/** Who waits for so long is shown in amber, and for so long in red; against the queue's own promise. */
const LATE = 1;
const VERY_LATE = 3;

interface QueueCardsProps {
  readonly queues: readonly FloorQueue[];
  readonly skewMs: number;
}

/** Each queue: who waits, how long, who is there, and the figures of today. */
export function QueueCards({ queues, skewMs }: QueueCardsProps) {
  return (
    <ul className={classes['queues']}>
      {queues.map((queue) => (
        <li key={queue.id}>
          <QueueCard queue={queue} skewMs={skewMs} />
        </li>
      ))}
    </ul>
  );
}

function QueueCard({ queue, skewMs }: { readonly queue: FloorQueue; readonly skewMs: number }) {
  const { t } = useTranslation();
  const language = currentLanguage();
  const number = new Intl.NumberFormat(language);
  const { today, agents } = queue;
  // Nobody waits: as if somebody had come this far in the future.
  const waited = useSeconds(queue.waitingSince === null ? Number.MAX_SAFE_INTEGER : queue.waitingSince + skewMs);
  const promise = today.serviceLevel.withinMs / 1000;
  const tone = waited > promise * VERY_LATE ? 'late' : waited > promise * LATE ? 'soon' : undefined;
  const figures: readonly (readonly [string, string])[] = [
    [t('floor.offered'), number.format(today.offered)],
    [t('floor.answered'), number.format(today.answered)],
    [t('floor.abandoned'), `${number.format(today.abandoned)} (${share(today.abandonRate, language)})`],
    [t('floor.asa'), duration(today.averageAnswerMs)],
    [t('floor.aht'), duration(today.averageHandleMs)],
    [t('floor.longestToday'), duration(today.longestWaitMs)],
  ];
  return (
    <section className={classes['queue']} aria-labelledby={`queue-${queue.id}`} data-queue={queue.id}>
      <Group justify="space-between" gap="xs">
        <Title order={3} id={`queue-${queue.id}`}>
          {queue.label[language]}
        </Title>
        <Badge variant="light" color={queue.open ? 'green' : 'gray'} tt="none">
          {queue.open ? t('floor.open') : t('floor.closed')}
        </Badge>
      </Group>
      <div className={classes['heads']}>
        <Head name={t('floor.waiting')} tone={tone}>
          {number.format(queue.waiting)}
        </Head>
        <Head name={t('floor.longest')} tone={tone}>
          {queue.waitingSince === null ? '–' : <Timer since={queue.waitingSince + skewMs} label={t('floor.longest')} />}
        </Head>
        <Head name={t('floor.serviceLevel')}>{share(today.serviceLevel.value, language)}</Head>
      </div>
      <Formula queue={queue} />
      <Text size="sm">
        {t('floor.agentsLine', { available: agents.available, busy: agents.busy, paused: agents.paused, count: agents.loggedIn })}
        {agents.unreachable > 0 ? ` · ${t('floor.unreachableLine', { count: agents.unreachable })}` : ''}
      </Text>
      <dl className={classes['figures']}>
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

interface HeadProps {
  readonly name: string;
  readonly tone?: 'soon' | 'late' | undefined;
  readonly children: React.ReactNode;
}

function Head({ name, tone, children }: HeadProps) {
  return (
    <div className={classes['head']} data-tone={tone}>
      <span className={classes['big']}>{children}</span>
      <span>{name}</span>
    </div>
  );
}

/** How the service level was counted, with the very numbers: nobody has to guess which of the many it is. */
function Formula({ queue }: { readonly queue: FloorQueue }) {
  const { t } = useTranslation();
  const level = queue.today.serviceLevel;
  return (
    <Text size="xs" c="dimmed">
      {t('floor.formula', { formula: level.formula, within: level.withinMs / 1000, short: level.shortMs / 1000 })}{' '}
      {t('floor.parts', {
        within: level.answeredWithin,
        answered: level.answered,
        abandoned: level.abandoned,
        short: level.shortAbandoned,
      })}
    </Text>
  );
}
