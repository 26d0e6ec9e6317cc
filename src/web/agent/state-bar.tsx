import { Button, Group, Menu, Select, Text } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgentPlace, PauseReason } from '../../domain/agent.ts';
import type { AgentView } from '../../domain/desk-view.ts';
import { doIt, logIn, pause } from '../api/agent.ts';
import { Icon } from '../icons.tsx';
import type { Line } from '../phone/states.ts';
import { LineStatus } from '../phone/status.tsx';
import { Fault } from '../shared/fault.tsx';
import { StateBadge } from '../shared/state-badge.tsx';
import { Timer } from '../shared/times.tsx';
import { type Doing, useDeed } from '../shared/use-deed.ts';
import classes from './agent.module.css';

interface StateBarProps {
  readonly me: AgentView;
  readonly pauseReasons: readonly PauseReason[];
  readonly skewMs: number;
  readonly line: Line;
}

/** Who I am to the floor, since when, and how to change that. */
export function StateBar({ me, pauseReasons, skewMs, line }: StateBarProps) {
  const { t } = useTranslation();
  const doing = useDeed();
  const busyWithCall = ['reserved', 'ringing', 'talking', 'held', 'wrap-up'].includes(me.state.kind);
  return (
    <section className={classes['bar']} aria-label={t('agent.me')}>
      <div className={classes['who']}>
        <Text fw={650} lineClamp={1}>
          {me.displayName}
        </Text>
        <Group gap={8} wrap="nowrap" role="status">
          <StateBadge state={me.state} />
          {me.state.kind === 'offline' ? null : <Timer since={me.since + skewMs} label={t('agent.inState')} />}
        </Group>
      </div>
      <Group gap="xs" className={classes['acts'] ?? ''}>
        {me.state.kind === 'offline' ? <Begin me={me} doing={doing} /> : <Working me={me} reasons={pauseReasons} doing={doing} />}
      </Group>
      <Group gap="xs" className={classes['line'] ?? ''}>
        {me.place.kind === 'web' ? <LineStatus line={line} /> : <Text size="sm">{placeText(t, me.place)}</Text>}
      </Group>
      {me.next === null || !busyWithCall ? null : (
        <Text size="sm" className={classes['next'] ?? ''} role="status">
          {t('agent.afterwards', {
            what: me.next.kind === 'offline' ? t('agent.state.offline') : t(`agent.pause.${me.next.reason}`),
          })}
        </Text>
      )}
      <Fault error={doing.error} />
    </section>
  );
}

function placeText(t: TFunction, place: AgentPlace): string {
  switch (place.kind) {
    case 'web':
      return t('agent.place.web');
    case 'sip':
      return t('agent.place.sip', { extension: place.extension });
    case 'outside':
      return t('agent.place.outside', { number: place.number });
  }
}

function Begin({ me, doing }: { readonly me: AgentView; readonly doing: Doing }) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<string>(me.place.kind);
  const own = me.place;
  const places: readonly AgentPlace[] = own.kind === 'web' ? [own] : [own, { kind: 'web' }];
  const chosen = places.find((place) => place.kind === kind);
  return (
    <>
      {places.length > 1 ? (
        <Select
          aria-label={t('agent.placeLabel')}
          data={places.map((place) => ({ value: place.kind, label: placeText(t, place) }))}
          value={kind}
          allowDeselect={false}
          onChange={(value) => setKind(value ?? own.kind)}
        />
      ) : null}
      <Button
        color="green.8"
        leftSection={<Icon name="headset" />}
        loading={doing.busy}
        onClick={() => void doing.run(() => logIn(chosen?.kind === own.kind ? undefined : chosen))}
      >
        {t('agent.begin')}
      </Button>
    </>
  );
}

interface WorkingProps {
  readonly me: AgentView;
  readonly reasons: readonly PauseReason[];
  readonly doing: Doing;
}

/** `no-answer` and `supervisor` happen to agents; they do not choose them. */
const NOT_CHOSEN: readonly PauseReason[] = ['no-answer', 'supervisor'];

function Working({ me, reasons, doing }: WorkingProps) {
  const { t } = useTranslation();
  // In a talk it takes back what was planned for afterwards.
  const useful = me.state.kind === 'paused' || me.next !== null;
  return (
    <>
      <Button
        color="green.8"
        leftSection={<Icon name="check" />}
        disabled={doing.busy || !useful}
        onClick={() => void doing.run(() => doIt('available'))}
      >
        {t('agent.available')}
      </Button>
      <Menu position="bottom-start" width={220} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <Button variant="default" leftSection={<Icon name="pause" />} disabled={doing.busy}>
            {t('agent.pauseButton')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {reasons
            .filter((reason) => !NOT_CHOSEN.includes(reason))
            .map((reason) => (
              <Menu.Item key={reason} onClick={() => void doing.run(() => pause(reason))}>
                {t(`agent.pause.${reason}`)}
              </Menu.Item>
            ))}
        </Menu.Dropdown>
      </Menu>
      <Button
        variant="default"
        leftSection={<Icon name="logOut" />}
        disabled={doing.busy}
        onClick={() => void doing.run(() => doIt('logout'))}
      >
        {t('agent.stop')}
      </Button>
    </>
  );
}
