import { Alert, Button, Container, Group, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type CallbackInfo, closeCallback, closedCallbacks, moveCallback, openCallbacks, takeCallback } from '../api/callbacks.ts';
import { reasonOf } from '../api/client.ts';
import { errorText } from '../api/error-text.ts';
import { Icon } from '../icons.tsx';
import { Confirm } from '../shared/confirm.tsx';
import { whenText } from '../shared/dates.ts';
import { useLogin } from '../shell/use-login.ts';
import { useTitle } from '../shell/use-title.ts';
import { Waiting } from '../shell/waiting.tsx';
import { CallbackStoryDialog } from './callback-story.tsx';
import { CallbackTable } from './callback-table.tsx';
import { FigureLine } from './figure-line.tsx';

/** What others do shows by itself after so long. */
const REFRESH_MS = 5000;

/** Who is to be called back: the order, what becomes of each, and calling one by hand. */
export function CallbacksPage() {
  const { t } = useTranslation();
  useTitle(t('pages.callbacks'));
  const login = useLogin();
  const supervises = login.data?.kind === 'in' && login.data.me.role !== 'agent';
  const queries = useQueryClient();
  const [show, setShow] = useState<'open' | 'closed'>('open');
  const [told, setTold] = useState<CallbackInfo | null>(null);
  const [closing, setClosing] = useState<CallbackInfo | null>(null);
  const list = useQuery({
    queryKey: ['callbacks', show],
    queryFn: show === 'open' ? openCallbacks : closedCallbacks,
    refetchInterval: REFRESH_MS,
  });
  const refresh = () => queries.invalidateQueries({ queryKey: ['callbacks'] });
  const change = useMutation({ mutationFn: (run: () => Promise<void>) => run(), onSettled: refresh });
  const take = useMutation({ mutationFn: takeCallback, onSettled: refresh });
  const fault = list.error ?? change.error ?? take.error;
  return (
    <Container size="xl" px={{ base: 'sm', sm: 'lg' }} py={{ base: 'sm', sm: 'lg' }}>
      <Stack gap="lg">
        <Title order={1}>{t('pages.callbacks')}</Title>
        <Text>{t('callbacks.intro')}</Text>
        {supervises && <FigureLine />}
        <Group gap="sm">
          {supervises && (
            <SegmentedControl
              aria-label={t('callbacks.show')}
              value={show}
              onChange={(value) => setShow(value === 'closed' ? 'closed' : 'open')}
              data={[
                { value: 'open', label: t('callbacks.openOnes') },
                { value: 'closed', label: t('callbacks.closedOnes') },
              ]}
            />
          )}
          <Button variant="default" onClick={() => void refresh()} loading={list.isRefetching}>
            {t('callbacks.refresh')}
          </Button>
        </Group>
        {take.isSuccess && (
          <Alert role="status" color="green" icon={<Icon name="phone" />}>
            {t('callbacks.taking')}
          </Alert>
        )}
        {fault !== null && (
          <Alert color="red" icon={<Icon name="warning" />}>
            {faultText(fault, t)}
          </Alert>
        )}
        {list.isPending && <Waiting />}
        {list.data?.length === 0 && <Text>{t('callbacks.none')}</Text>}
        {list.data !== undefined && list.data.length > 0 && (
          <CallbackTable
            items={list.data}
            busy={change.isPending || take.isPending}
            supervises={supervises}
            onTake={({ id }) => take.mutate(id)}
            onMove={({ id }, to) => change.mutate(() => moveCallback(id, to))}
            onClose={setClosing}
            onStory={setTold}
          />
        )}
      </Stack>
      <CallbackStoryDialog of={told} onClose={() => setTold(null)} />
      <Confirm
        opened={closing !== null}
        title={t('callbacks.closeTitle')}
        text={t('callbacks.closeText', { number: closing?.number ?? '' })}
        action={t('callbacks.closeNow')}
        onClose={() => setClosing(null)}
        onConfirm={async () => {
          if (closing !== null) await closeCallback(closing.id);
          await refresh();
        }}
      />
    </Container>
  );
}

/** Outside the hours it is said when they begin. */
function faultText(fault: unknown, t: TFunction<'app'>): string {
  const opensAt = reasonOf(fault, 'callback.window');
  return opensAt === null ? errorText(t, fault) : t('callbacks.shut', { when: whenText(Date.parse(opensAt)) });
}
