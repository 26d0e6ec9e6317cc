import { Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type CampaignInfo, whyCampaign } from '../api/campaigns.ts';
import { momentText } from '../shared/dates.ts';
import { Fault } from '../shared/fault.tsx';
import classes from './campaigns.module.css';
import { countText } from './words.ts';

const REFRESH_MS = 3000;

/** Why it isn't dialling, or not more, in plain words; and when somebody may be called next. */
export function WhyCard({ campaign: { id, zone } }: { readonly campaign: CampaignInfo }) {
  const { t } = useTranslation();
  const { data: why, error } = useQuery({
    queryKey: ['campaigns', id, 'why'],
    queryFn: () => whyCampaign(id),
    refetchInterval: REFRESH_MS,
  });
  return (
    <section className={classes['card']} aria-labelledby="why-title">
      <Title order={2} id="why-title" mb="sm">
        {t('campaigns.why.title')}
      </Title>
      <Fault error={error} />
      {why === undefined ? null : (
        <>
          <Text mb="xs">
            {t('campaigns.why.counts', { waiting: countText(why.waiting), calling: countText(why.calling), over: countText(why.over) })}
          </Text>
          <ul className={classes['reasons']}>
            {why.groups.map(({ code, count, wakeAt }) => (
              <li key={code} data-why={code}>
                <b>{countText(count)}</b>
                {t(`campaigns.why.codes.${code}`)}
                {wakeAt === null || code === 'ready' ? '' : ` · ${t('campaigns.why.from', { when: momentText(wakeAt, zone) })}`}
              </li>
            ))}
          </ul>
          {why.limiter === null ? null : (
            <Text mt="xs" data-limiter={why.limiter}>
              {t(`campaigns.why.limiters.${why.limiter}`)}
            </Text>
          )}
          <Text mt="xs" fw={650} data-wake={why.wakeAt ?? ''}>
            {why.waiting === 0
              ? t('campaigns.why.nobody')
              : why.wakeAt === null
                ? t('campaigns.why.never')
                : why.groups.some(({ code }) => code === 'ready')
                  ? t('campaigns.why.now')
                  : t('campaigns.why.wake', { when: momentText(why.wakeAt, zone) })}
          </Text>
        </>
      )}
    </section>
  );
}
