import { Button, Group, SegmentedControl, Select, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallCard, TransferKind } from '../../domain/desk-view.ts';
import { askTargets, doIt, type Targets, transfer } from '../api/agent.ts';
import { currentLanguage } from '../i18n.ts';
import { Icon } from '../icons.tsx';
import { Fault } from '../shared/fault.tsx';
import type { Doing } from '../shared/use-deed.ts';
import classes from './agent.module.css';

const KINDS = ['queue', 'agent', 'department', 'number'] as const satisfies readonly TransferKind[];
type Kind = (typeof KINDS)[number];
const FRESH_MS = 5000;

interface TransferPanelProps {
  /** A number chosen elsewhere on the page. */
  readonly number: string | null;
  readonly doing: Doing;
  readonly onDone: () => void;
}

/** To whom the call goes: at once (blind), or after talking with them (attended). */
export function TransferPanel({ number, doing, onDone }: TransferPanelProps) {
  const { t } = useTranslation();
  const targets = useQuery({ queryKey: ['transfer-targets'], queryFn: askTargets, refetchInterval: FRESH_MS });
  const [kind, setKind] = useState<Kind>(number === null ? 'queue' : 'number');
  const [id, setId] = useState(number ?? '');
  const choices =
    kind === 'number' || targets.data === undefined
      ? []
      : choicesOf(targets.data, kind, { busy: t('agent.busy'), closed: t('agent.departmentClosed') });
  const go = (how: 'blind' | 'attended') => async () => {
    if (await doing.run(() => transfer({ how, to: { kind, id: id.trim() } }))) onDone();
  };
  return (
    <div className={classes['sunken']} role="group" aria-label={t('agent.transferTo')}>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label={t('agent.transferTo')}
        value={kind}
        onChange={(value) => {
          setKind(KINDS.find((one) => one === value) ?? 'queue');
          setId('');
        }}
        data={KINDS.map((value) => ({
          value,
          label: t(`agent.target.${value}`),
        }))}
      />
      {kind === 'number' ? (
        <TextInput label={t('agent.target.number')} type="tel" value={id} onChange={(event) => setId(event.currentTarget.value)} />
      ) : (
        <Select
          label={t(`agent.target.${kind}`)}
          searchable
          data={choices}
          value={id === '' ? null : id}
          nothingFoundMessage={t('agent.noTarget')}
          onChange={(value) => setId(value ?? '')}
        />
      )}
      <Fault error={targets.error} />
      <Group gap="xs">
        <Button leftSection={<Icon name="people" />} disabled={id.trim() === ''} loading={doing.busy} onClick={() => void go('attended')()}>
          {t('agent.attended')}
        </Button>
        <Button
          variant="default"
          leftSection={<Icon name="forward" />}
          disabled={id.trim() === '' || doing.busy}
          onClick={() => void go('blind')()}
        >
          {t('agent.blind')}
        </Button>
      </Group>
      <Text size="xs" c="dimmed">
        {t('agent.transferHint')}
      </Text>
    </div>
  );
}

function choicesOf(targets: Targets, kind: Exclude<Kind, 'number'>, { busy, closed }: { readonly busy: string; readonly closed: string }) {
  const language = currentLanguage();
  switch (kind) {
    case 'agent':
      return targets.agents.map(({ id, name, free }) => ({ value: id, label: free ? name : `${name} (${busy})` }));
    case 'queue':
      return targets.queues.map(({ id, label, waiting }) => ({ value: id, label: `${label[language]} (${waiting})` }));
    case 'department':
      return targets.departments.map(({ id, label, free }) => ({
        value: id,
        label: free ? label[language] : `${label[language]} (${closed})`,
        disabled: !free,
      }));
  }
}

/** A transfer that is under way, and what can be made of it. */
export function TransferStrip({ call, doing }: { readonly call: CallCard; readonly doing: Doing }) {
  const { t } = useTranslation();
  const { transfer: under } = call;
  if (under === null) return call.conference ? <Text fw={600}>{t('agent.conferenceOn')}</Text> : null;
  const act = (deed: Parameters<typeof doIt>[0]) => () => void doing.run(() => doIt(deed));
  return (
    <div className={classes['sunken']} data-transfer={under.state}>
      <Text fw={600} role="status">
        {t(`agent.transferState.${under.to.kind === 'queue' && under.state === 'ringing' ? 'waiting' : under.state}`, {
          name: under.to.label,
        })}
      </Text>
      <Group gap="xs">
        {under.how === 'attended' && under.state === 'ringing' && under.to.kind === 'queue' ? (
          <Button disabled={doing.busy} leftSection={<Icon name="forward" />} onClick={act('call/transfer/complete')}>
            {t('agent.leaveInQueue')}
          </Button>
        ) : null}
        {under.how === 'attended' && under.state === 'talking' ? (
          <>
            <Button disabled={doing.busy} leftSection={<Icon name="check" />} onClick={act('call/transfer/complete')}>
              {t('agent.complete')}
            </Button>
            <Button variant="default" disabled={doing.busy} leftSection={<Icon name="people" />} onClick={act('call/conference')}>
              {t('agent.conference')}
            </Button>
          </>
        ) : null}
        {under.state === 'failed' ? null : (
          <Button
            variant="default"
            disabled={doing.busy}
            leftSection={<Icon name="backspace" />}
            onClick={act(under.how === 'blind' ? 'call/take-back' : 'call/transfer/cancel')}
          >
            {under.how === 'blind' ? t('agent.takeBack') : t('agent.cancel')}
          </Button>
        )}
      </Group>
    </div>
  );
}
