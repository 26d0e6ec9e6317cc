import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { askRegistry, listDeadSends, type RegistryInfo, readRegistry, replaySend, type SendInfo } from '../api/registry.ts';
import { Icon } from '../icons.tsx';
import { whenText } from '../shared/dates.ts';
import { Fault } from '../shared/fault.tsx';
import { type Doing, useDeed } from '../shared/use-deed.ts';
import { useLogin } from '../shell/use-login.ts';
import classes from './campaigns.module.css';
import { countText } from './words.ts';

const REFRESH_MS = 30_000;
/** Roles that may read the registry at once and tell it again; the engine asks, too. */
const MAY_CHANGE: ReadonlySet<string> = new Set(['admin', 'supervisor']);
/** Reasons of our own; all others are the registry's words. */
const OWN_REASONS = ['overdue', 'unreadable'] as const;

/** How things stand with the national registry of consents, where the brand has an account there. */
export function RegistryCard() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const deed = useDeed();
  const login = useLogin();
  const mayChange = login.data?.kind === 'in' && MAY_CHANGE.has(login.data.me.role);
  const { data: info } = useQuery({ queryKey: ['registry'], queryFn: askRegistry, refetchInterval: REFRESH_MS });
  if (info === undefined || !info.isLinked) return null;
  const read = (): Promise<unknown> => deed.run(readRegistry).finally(() => void queries.invalidateQueries({ queryKey: ['registry'] }));
  return (
    <section className={classes['card']} aria-labelledby="registry-title" data-registry={info.isStale ? 'stale' : 'read'}>
      <Group justify="space-between" mb="sm">
        <Title order={2} id="registry-title">
          {t('registry.title')}
        </Title>
        {mayChange && (
          <Button variant="default" size="sm" loading={deed.busy} onClick={() => void read()}>
            {t('registry.read')}
          </Button>
        )}
      </Group>
      <Stack gap="sm">
        <Alarms info={info} />
        <dl className={classes['figures']}>
          <Figure name={t('registry.pulled')} value={info.pulledAt === null ? t('registry.never') : whenText(info.pulledAt)} />
          <Figure name={t('registry.waiting')} value={countText(info.waiting)} />
          <Figure name={t('registry.firstDue')} value={info.firstDueAt === null ? '–' : whenText(info.firstDueAt)} />
          <Figure name={t('registry.accepted')} value={countText(info.accepted)} />
          <Figure name={t('registry.skipped')} value={countText(info.skipped)} />
          <Figure name={t('registry.dead')} value={countText(info.dead)} />
        </dl>
        <Fault error={deed.error} />
        {info.dead === 0 ? null : <DeadSends count={info.dead} deed={deed} mayChange={mayChange} />}
      </Stack>
    </section>
  );
}

/** What keeps advertising back, and what must be done soon. */
function Alarms({ info: { isStale, staleHours, gapFrom, alarms, firstDueAt, error, unread } }: { readonly info: RegistryInfo }) {
  const { t } = useTranslation();
  return (
    <>
      {isStale && (
        <Alert color="red" icon={<Icon name="warning" />} title={t('registry.stale')} data-registry-stale>
          {gapFrom === null ? t('registry.staleText', { count: staleHours }) : t('registry.gapText', { when: whenText(gapFrom) })}
        </Alert>
      )}
      {error !== null && (
        <Alert color="yellow" icon={<Icon name="warning" />} title={t('registry.failed')}>
          <Text size="sm" lang="en">
            {error}
          </Text>
        </Alert>
      )}
      {unread > 0 && (
        <Alert color="yellow" icon={<Icon name="warning" />} title={t('registry.unread', { count: unread })} data-registry-unread={unread}>
          {t('registry.unreadText')}
        </Alert>
      )}
      {alarms > 0 && (
        <Alert color="red" icon={<Icon name="clock" />} title={t('registry.alarm', { count: alarms })} data-registry-alarms={alarms}>
          {firstDueAt === null ? '' : t('registry.alarmText', { when: whenText(firstDueAt) })}
        </Alert>
      )}
    </>
  );
}

function Figure({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function DeadSends({ count, deed, mayChange }: { readonly count: number; readonly deed: Doing; readonly mayChange: boolean }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { data: dead } = useQuery({ queryKey: ['registry', 'dead', count], queryFn: listDeadSends });
  const reasonOf = ({ reason }: SendInfo): string => {
    const own = OWN_REASONS.find((one) => one === reason);
    return own === undefined ? (reason ?? '') : t(`registry.reasons.${own}`);
  };
  return (
    <div>
      <Title order={3} size="h5" mb={6}>
        {t('registry.deadTitle')}
      </Title>
      <ul className={classes['reasons']}>
        {(dead ?? []).map((one) => (
          <li key={one.id} data-dead-send={one.id}>
            <Group justify="space-between" gap="sm" w="100%">
              <Text size="sm">
                {one.recipient ?? t('registry.unknown')} · {one.status === 'RET' ? t('registry.refusal') : t('registry.consent')} ·{' '}
                {reasonOf(one)}
              </Text>
              {mayChange && (
                <Button
                  size="xs"
                  variant="default"
                  disabled={deed.busy}
                  aria-label={t('registry.replayOf', { recipient: one.recipient ?? '' })}
                  onClick={() =>
                    void deed.run(() => replaySend(one.id)).finally(() => void queries.invalidateQueries({ queryKey: ['registry'] }))
                  }
                >
                  {t('registry.replay')}
                </Button>
              )}
            </Group>
          </li>
        ))}
      </ul>
    </div>
  );
}
