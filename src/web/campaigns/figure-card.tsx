import { Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CampaignFigures } from '../api/campaigns.ts';
import { currentLanguage } from '../i18n.ts';
import { momentText } from '../shared/dates.ts';
import { share } from '../shared/times.tsx';
import classes from './campaigns.module.css';
import { countText } from './words.ts';

/** How it goes, in short; shares stand with what they are shares of. */
export function FigureCard({ figures }: { readonly figures: CampaignFigures }) {
  const { t } = useTranslation();
  const { campaign, contacts, counts, attempts, answered, interacted, heardShare, calls, lately, finishAt } = figures;
  const language = currentLanguage();
  const sum = (fits: (one: CampaignFigures['counts'][number]) => boolean): number =>
    counts.filter(fits).reduce((total, { count }) => total + count, 0);
  const delivered = sum(({ outcome }) => outcome === 'delivered');
  const waiting = sum(({ state }) => state === 'pending' || state === 'waiting-retry');
  const retries = counts.filter(({ state, waitReason }) => state === 'waiting-retry' && waitReason !== 'cap');
  const retried = retries.reduce((total, { count }) => total + count, 0);
  const nextRetry = Math.min(...retries.map(({ firstAt }) => firstAt));
  const of = (part: number, whole: number): string => share(whole === 0 ? null : part / whole, language);
  const lines = [
    ['contacts', countText(contacts), null],
    ['delivered', countText(delivered), t('campaigns.figures.ofContacts', { share: of(delivered, contacts) })],
    ['answered', countText(answered), t('campaigns.figures.ofCalls', { share: of(answered, attempts), calls: countText(attempts) })],
    ['heard', share(heardShare, language), t('campaigns.figures.heardOf')],
    ['interacted', countText(interacted), t('campaigns.figures.ofAnswered', { share: of(interacted, answered) })],
    ['waiting', countText(waiting), null],
    [
      'retries',
      countText(retried),
      retried === 0 ? null : t('campaigns.figures.nextRetry', { when: momentText(nextRetry, campaign.zone) }),
    ],
    ['calls', countText(calls), t('campaigns.figures.ofChannels', { channels: countText(campaign.channels) })],
    ['lately', countText(lately), t('campaigns.figures.ofRate', { rate: countText(campaign.callsPerSecond) })],
    ['finish', finishAt === null ? '–' : momentText(finishAt, campaign.zone), t('campaigns.figures.finishOf')],
  ] as const;
  return (
    <section className={classes['card']} aria-labelledby="figures-title">
      <Title order={2} id="figures-title" mb="sm">
        {t('campaigns.figures.title')}
      </Title>
      <dl className={classes['figures']}>
        {lines.map(([name, value, note]) => (
          <div key={name} data-figure={name}>
            <dt>{t(`campaigns.figures.${name}`)}</dt>
            <dd>
              {value}
              {note === null ? null : <small>{note}</small>}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
