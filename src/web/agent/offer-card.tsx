import { Badge, Button, Group, Progress, Text, Title } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgentPlace } from '../../domain/agent.ts';
import type { CallCard } from '../../domain/desk-view.ts';
import { doIt } from '../api/agent.ts';
import { currentLanguage } from '../i18n.ts';
import { Icon } from '../icons.tsx';
import type { Phone } from '../phone/phone.ts';
import { whenText } from '../shared/dates.ts';
import { Fault } from '../shared/fault.tsx';
import { Timer, useCountdown } from '../shared/times.tsx';
import { useDeed } from '../shared/use-deed.ts';
import { writes } from '../shared/writes.ts';
import classes from './agent.module.css';

interface OfferCardProps {
  readonly call: CallCard;
  readonly place: AgentPlace;
  readonly skewMs: number;
  readonly phone: Phone;
}

/** The page's own telephone may ring a moment after the offer is shown. */
const RING_COMES_MS = 15_000;

/** Somebody is offered to me: who, from which queue, and since when. */
export function OfferCard({ call, place, skewMs, phone }: OfferCardProps) {
  const { t } = useTranslation();
  const refusing = useDeed();
  const accept = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // Whoever is writing is not torn away.
    if (!writes(document.activeElement)) accept.current?.focus();
  }, []);
  // The promise is for this caller: the next one asks anew.
  useEffect(() => () => phone.answerNext(0), [phone]);
  const refuse = (): void => {
    phone.answerNext(0);
    void refusing.run(() => doIt('call/refuse'));
  };
  return (
    <section className={classes['offer']} aria-labelledby="offer-title" data-phase="offered">
      <div role="alert">
        <Text size="sm" fw={600}>
          {call.direction === 'outbound' && call.callback !== null ? t('agent.returnCall') : t('agent.offer')}
        </Text>
        <Title order={2} id="offer-title" fz="xl">
          {call.queue === null ? t('agent.direct') : call.queue.label[currentLanguage()]}
        </Title>
      </div>
      <Facts call={call} skewMs={skewMs} />
      {call.until === null ? null : <TimeLeft since={call.since + skewMs} until={call.until + skewMs} />}
      <Group gap="sm">
        {place.kind === 'web' ? (
          <Button
            ref={accept}
            size="lg"
            color="green.8"
            leftSection={<Icon name="phone" size={22} />}
            onClick={() => phone.answerNext(RING_COMES_MS)}
          >
            {t('agent.accept')}
          </Button>
        ) : (
          <Text fw={600}>{t(`agent.pickUp.${place.kind}`)}</Text>
        )}
        <Button size="lg" variant="default" leftSection={<Icon name="hangUp" size={22} />} loading={refusing.busy} onClick={refuse}>
          {t('agent.refuse')}
        </Button>
      </Group>
      <Fault error={refusing.error} />
    </section>
  );
}

/** Number, class and wait, as far as they are known. */
function Facts({ call, skewMs }: Pick<OfferCardProps, 'call' | 'skewMs'>) {
  const { t } = useTranslation();
  return (
    <dl className={classes['facts']}>
      <div>
        <dt>{t('agent.number')}</dt>
        <dd>{call.number === '' ? t('agent.withheld') : call.number}</dd>
      </div>
      {call.waitingSince === null ? null : (
        <div>
          <dt>{t('agent.waiting')}</dt>
          <dd>
            <Timer since={call.waitingSince + skewMs} label={t('agent.waiting')} />
          </dd>
        </div>
      )}
      {call.class === null || call.class === 'standard' ? null : (
        <div>
          <dt>{t('agent.class')}</dt>
          <dd>
            <Badge color="amber" variant="light">
              {call.class}
            </Badge>
          </dd>
        </div>
      )}
      {call.callback === null ? null : <WhyCallBack callback={call.callback} />}
    </dl>
  );
}

/** Why this person is called: what happened, how often, and how often they were tried. */
function WhyCallBack({ callback: { kind, count, firstAt, about, attempts } }: { readonly callback: NonNullable<CallCard['callback']> }) {
  const { t } = useTranslation();
  return (
    <div className={classes['wideFact']} data-callback={kind}>
      <dt>{t('agent.why')}</dt>
      <dd>
        {t(`agent.callback.${kind}`, { count, when: whenText(firstAt) })}
        {about === '' ? '' : ` ${about}.`}
        {attempts === 0 ? '' : ` ${t('agent.callback.attempts', { count: attempts })}`}
      </dd>
    </div>
  );
}

function TimeLeft({ since, until }: { readonly since: number; readonly until: number }) {
  const { t } = useTranslation();
  const seconds = useCountdown(until);
  const whole = Math.max(1, (until - since) / 1000);
  return (
    <div>
      <Progress value={(seconds / whole) * 100} size="sm" aria-label={t('agent.offerEnds')} />
      <Text size="xs" mt={4}>
        {t('agent.offerLeft', { count: seconds })}
      </Text>
    </div>
  );
}
