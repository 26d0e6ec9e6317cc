import { Badge, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Icon } from '../icons.tsx';
import { useStore } from '../store.ts';
import type { Feed } from './feed.ts';
import type { FeedState } from './feed-state.ts';
import { StepView } from './step-view.tsx';
import { arrivalOf, terminationOf, toSteps } from './steps.ts';
import classes from './timeline.module.css';
import { useFollow } from './use-follow.ts';
import { sinceStart, termination } from './words.ts';

/** What the flow does, step by step, newest at the bottom. */
export function Timeline({ feed }: { readonly feed: Feed }) {
  const { t } = useTranslation();
  const state = useStore(feed.state);
  const { entries, ended } = state;
  const arrival = arrivalOf(entries);
  const steps = toSteps(entries);
  const follow = useFollow(entries.length);
  return (
    <section className={classes['panel']} aria-labelledby="flow-title">
      <header className={classes['head']}>
        <div>
          <Title order={2} id="flow-title">
            {t('feed.title')}
          </Title>
          {arrival === null ? null : (
            <Text size="xs" c="dimmed">
              {t('feed.callTo', { number: arrival.did, flow: arrival.flow })}
            </Text>
          )}
        </div>
        <LinkBadge state={state} />
      </header>
      {steps.length === 0 ? (
        <div className={classes['empty']}>
          <span className={classes['emptyMark']}>
            <Icon name="branch" size={30} />
          </span>
          <Text c="dimmed" size="sm" ta="center" maw="44ch">
            {t('feed.empty')}
          </Text>
        </div>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
        <div ref={follow} className={classes['scroll']} role="log" aria-labelledby="flow-title" tabIndex={0}>
          <ol className={classes['steps']}>
            {steps.map((step, index) => (
              <StepView
                key={step.seq}
                step={step}
                startedAt={arrival?.at ?? step.at}
                mainFlow={arrival?.flow ?? ''}
                current={!ended && index === steps.length - 1}
              />
            ))}
          </ol>
          {ended ? <TheEnd state={state} /> : null}
        </div>
      )}
    </section>
  );
}

function LinkBadge({ state: { link, callId, ended } }: { readonly state: FeedState }) {
  const { t } = useTranslation();
  if (link === 'lost') {
    return (
      <Badge variant="light" color="red" size="lg" tt="none" leftSection={<Icon name="offline" size={16} />} role="status">
        {t('feed.lost')}
      </Badge>
    );
  }
  if (callId === null || ended) return null;
  return (
    <Badge variant="light" color="green" size="lg" tt="none" leftSection={<Icon name="dot" size={14} />}>
      {t('feed.live')}
    </Badge>
  );
}

function TheEnd({ state: { entries } }: { readonly state: FeedState }) {
  const { t } = useTranslation();
  const end = terminationOf(entries);
  const arrival = arrivalOf(entries);
  const told = termination(end?.kind);
  return (
    <div className={classes['end']} data-ended={end?.kind ?? ''}>
      <Icon name="hangUp" size={18} />
      <Text size="sm" fw={600}>
        {told === null ? t('feed.ended.other') : t(`feed.ended.${told}`)}
      </Text>
      {end === null || arrival === null ? null : (
        <Text size="xs" c="dimmed" ff="monospace" component="time">
          {sinceStart(end.at, arrival.at)}
        </Text>
      )}
    </div>
  );
}
