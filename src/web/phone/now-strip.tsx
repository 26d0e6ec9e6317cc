import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Feed } from '../feed/feed.ts';
import { latest, toSteps } from '../feed/steps.ts';
import { useStore } from '../store.ts';
import classes from './phone.module.css';

/** On a narrow screen the timeline is below the keys: the newest prompt stands above them. A picture of what the timeline says, so hidden from screen readers. */
export function NowStrip({ feed }: { readonly feed: Feed }) {
  const { t } = useTranslation();
  const { callId, entries, ended } = useStore(feed.state);
  if (callId === null || ended) return null;
  const { node, prompt } = latest(toSteps(entries));
  if (node === null) return null;
  return (
    <div className={classes['now']} aria-hidden="true">
      <Text size="xs" c="dimmed">
        {t('phone.now')} <b>{node}</b>
      </Text>
      {prompt === null ? null : (
        <Text size="sm" lineClamp={3}>
          {prompt}
        </Text>
      )}
    </div>
  );
}
