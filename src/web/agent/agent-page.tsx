import { Alert, Button, Container, Group, Stack, Tabs, Text, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgentSnapshot } from '../../domain/desk-view.ts';
import { Icon } from '../icons.tsx';
import { isBusy } from '../phone/states.ts';
import { useServices } from '../shell/services.ts';
import { useTitle } from '../shell/use-title.ts';
import { Waiting } from '../shell/waiting.tsx';
import { useStore } from '../store.ts';
import classes from './agent.module.css';
import { AppointmentsPanel } from './appointments-panel.tsx';
import { CallPanel } from './call-panel.tsx';
import { DayPanel } from './day-panel.tsx';
import { DealersPanel } from './dealers-panel.tsx';
import type { DeskState } from './desk-state.ts';
import { DialCard } from './dial-card.tsx';
import { IdleCard } from './idle-card.tsx';
import { noticeText } from './notices.ts';
import { OfferCard } from './offer-card.tsx';
import { PopPanel } from './pop-panel.tsx';
import { RecordView } from './record-view.tsx';
import { StateBar } from './state-bar.tsx';
import { WrapUpPanel } from './wrap-up-panel.tsx';

/** The page was opened anew in mid-call: the engine calls its telephone again. */
const BACK_MS = 25_000;

/** Everything an agent works with. */
export function AgentPage() {
  const { t } = useTranslation();
  const { phone, desk } = useServices();
  const state = useStore(desk.state);
  useTitle(t('pages.agent'));
  useEffect(() => desk.start(), [desk]);
  usePagePhone(state);
  return (
    <Container size="xl" px={{ base: 'sm', sm: 'lg' }} py={{ base: 'sm', sm: 'lg' }}>
      <Title order={1} className={classes['title'] ?? ''}>
        {t('pages.agent')}
      </Title>
      <LinkNotice state={state} onTakeOver={() => desk.start()} />
      {state.notices.map(({ id, code }) => (
        <Alert
          key={id}
          mb="sm"
          color="amber"
          icon={<Icon name="info" />}
          role="alert"
          withCloseButton
          closeButtonLabel={t('agent.understood')}
          onClose={() => desk.forget(id)}
        >
          {noticeText(t, code)}
        </Alert>
      ))}
      {state.snapshot === null || state.link === 'superseded' || state.link === 'no-agent' ? (
        state.link === 'connecting' || state.link === 'off' ? (
          <Waiting />
        ) : null
      ) : (
        <Desk state={state} snapshot={state.snapshot} phone={phone} />
      )}
    </Container>
  );
}

/** Registers this page's telephone where it is the agent's, and takes the call back that was up when the page was opened anew. */
function usePagePhone({ link, snapshot }: DeskState): void {
  const { phone } = useServices();
  const { call } = useStore(phone.state);
  const onPage = snapshot?.me.place.kind === 'web' && link !== 'superseded' && link !== 'no-agent';
  const phase = snapshot?.call?.phase;
  const due = onPage && !isBusy(call) && (phase === 'connecting' || phase === 'talking' || phase === 'held' || phase === 'lost');
  useEffect(() => {
    if (onPage) phone.start();
    // Another page has it now.
    if (link === 'superseded') phone.stop();
  }, [phone, onPage, link]);
  useEffect(() => {
    if (due) phone.answerNext(BACK_MS);
  }, [phone, due]);
}

interface LinkNoticeProps {
  readonly state: DeskState;
  readonly onTakeOver: () => void;
}

function LinkNotice({ state: { link }, onTakeOver }: LinkNoticeProps) {
  const { t } = useTranslation();
  switch (link) {
    case 'lost':
      return (
        <Alert mb="sm" color="red" icon={<Icon name="offline" />} role="status" data-link="lost">
          {t('agent.link.lost')}
        </Alert>
      );
    case 'superseded':
      return (
        <Alert color="amber" icon={<Icon name="info" />} title={t('agent.link.superseded')} data-link="superseded">
          <Text size="sm" mb="xs">
            {t('agent.link.supersededText')}
          </Text>
          <Button onClick={onTakeOver}>{t('agent.link.takeOver')}</Button>
        </Alert>
      );
    case 'no-agent':
      return (
        <Alert color="amber" icon={<Icon name="info" />} title={t('agent.link.noAgent')} data-link="no-agent">
          {t('agent.link.noAgentText')}
        </Alert>
      );
    case 'off':
    case 'connecting':
    case 'live':
      return null;
  }
}

interface DeskProps {
  readonly state: DeskState;
  readonly snapshot: AgentSnapshot;
  readonly phone: ReturnType<typeof useServices>['phone'];
}

function Desk({ state, snapshot, phone }: DeskProps) {
  const { t } = useTranslation();
  const phoneState = useStore(phone.state);
  const { me, call, pop } = snapshot;
  const { skewMs, customer } = state;
  const [target, setTarget] = useState<{ readonly callId: string; readonly number: string } | null>(null);
  const talks = call !== null && (call.phase === 'talking' || call.phase === 'held');
  const number = target !== null && target.callId === call?.callId ? target.number : null;
  return (
    <>
      <StateBar me={me} pauseReasons={snapshot.pauseReasons} skewMs={skewMs} line={phoneState.line} />
      {me.state.kind === 'paused' && me.state.reason === 'no-answer' ? (
        <Alert mb="sm" color="amber" icon={<Icon name="info" />} role="alert" data-paused="no-answer">
          {t('agent.pausedNoAnswer')}
        </Alert>
      ) : null}
      <div className={classes['page']}>
        <Stack gap="md">
          {call === null ? (
            <>
              <LastEnd end={state.lastEnd} />
              <IdleCard waiting={me.state.kind === 'available'} />
              {me.state.kind === 'available' || me.state.kind === 'paused' ? <DialCard last={state.lastCall} /> : null}
            </>
          ) : call.phase === 'offered' ? (
            <OfferCard key={call.callId} call={call} place={me.place} skewMs={skewMs} phone={phone} />
          ) : (
            <CallPanel
              key={call.callId}
              call={call}
              phase={call.phase}
              name={customer?.name ?? null}
              place={me.place}
              skewMs={skewMs}
              phone={phoneState}
              target={number}
            />
          )}
          {call === null || call.phase === 'over' ? null : customer !== null ? (
            <RecordView customer={customer} />
          ) : pop !== null ? (
            <PopPanel key={`${call.callId} ${pop.kind} ${pop.count}`} pop={pop} />
          ) : null}
          {call === null || call.phase === 'offered' || call.phase === 'connecting' ? null : (
            <WrapUpPanel key={call.callId} me={me} call={call} trees={snapshot.dispositions} skewMs={skewMs} />
          )}
        </Stack>
        <aside className={classes['side']} aria-label={t('agent.side')}>
          <Tabs defaultValue="day" keepMounted={false}>
            <Tabs.List grow>
              <Tabs.Tab value="day">{t('agent.day.title')}</Tabs.Tab>
              <Tabs.Tab value="dealers">{t('agent.dealers.title')}</Tabs.Tab>
              <Tabs.Tab value="appointments">{t('agent.appointments.title')}</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="day" pt="sm">
              <DayPanel day={me.today} />
            </Tabs.Panel>
            <Tabs.Panel value="dealers" pt="sm">
              <DealersPanel onNumber={talks ? (chosen) => setTarget({ callId: call.callId, number: chosen }) : null} />
            </Tabs.Panel>
            <Tabs.Panel value="appointments" pt="sm">
              <AppointmentsPanel name={customer?.name ?? null} />
            </Tabs.Panel>
          </Tabs>
        </aside>
      </div>
    </>
  );
}

function LastEnd({ end }: { readonly end: DeskState['lastEnd'] }) {
  const { t } = useTranslation();
  if (end === null) return null;
  return (
    <Group gap="xs" role="status">
      <Icon name="hangUp" />
      <Text size="sm">{end.kind === 'offer' ? t(`agent.offerEnd.${end.how}`) : t(`agent.talkEnd.${end.how}`)}</Text>
    </Group>
  );
}
