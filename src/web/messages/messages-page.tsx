import { Alert, Button, Container, Group, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MESSAGE_CHANNELS, MESSAGE_STATES } from '../../domain/message.ts';
import { errorText } from '../api/error-text.ts';
import { cancelMessage, listMessages, replayAllMessages, replayMessage } from '../api/messages.ts';
import { Icon } from '../icons.tsx';
import { Confirm } from '../shared/confirm.tsx';
import { useTitle } from '../shell/use-title.ts';
import { Waiting } from '../shell/waiting.tsx';
import { MessageTable } from './message-table.tsx';

/** The outbox: what waits, what went, what was given up; dead letters are sent again, what waits is cancelled. */
export function MessagesPage() {
  const { t } = useTranslation();
  useTitle(t('pages.messages'));
  const queries = useQueryClient();
  const [state, setState] = useState('');
  const [channel, setChannel] = useState('');
  const [asking, setAsking] = useState(false);
  const [replayed, setReplayed] = useState<number | null>(null);
  const refresh = () => queries.invalidateQueries({ queryKey: ['messages'] });
  const pages = useInfiniteQuery({
    queryKey: ['messages', state, channel],
    queryFn: ({ pageParam }) => listMessages({ state, channel }, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
  const change = useMutation({ mutationFn: (run: () => Promise<void>) => run(), onSettled: refresh });
  const items = pages.data?.pages.flatMap((page) => page.items) ?? [];
  const fault = pages.error ?? change.error;
  return (
    <Container size="xl" px={{ base: 'sm', sm: 'lg' }} py={{ base: 'sm', sm: 'lg' }}>
      <Stack gap="lg">
        <Title order={1}>{t('pages.messages')}</Title>
        <Group align="flex-end" gap="sm">
          <NativeSelect
            label={t('messages.state')}
            value={state}
            onChange={(event) => setState(event.currentTarget.value)}
            data={[
              { value: '', label: t('messages.all') },
              ...MESSAGE_STATES.map((one) => ({ value: one, label: t(`messages.states.${one}`) })),
            ]}
          />
          <NativeSelect
            label={t('messages.channel')}
            value={channel}
            onChange={(event) => setChannel(event.currentTarget.value)}
            data={[
              { value: '', label: t('messages.all') },
              ...MESSAGE_CHANNELS.map((one) => ({ value: one, label: t(`messages.channels.${one}`) })),
            ]}
          />
          <Button variant="default" onClick={() => setAsking(true)}>
            {t('messages.replayAll')}
          </Button>
          <Button variant="default" onClick={() => void refresh()} loading={pages.isRefetching}>
            {t('messages.refresh')}
          </Button>
        </Group>
        {replayed !== null && (
          <Alert role="status" color="green" icon={<Icon name="check" />}>
            {t('messages.replayed', { count: replayed })}
          </Alert>
        )}
        {fault !== null && (
          <Alert color="red" icon={<Icon name="warning" />}>
            {errorText(t, fault)}
          </Alert>
        )}
        {pages.isPending && <Waiting />}
        {pages.data !== undefined && items.length === 0 && <Text>{t('messages.none')}</Text>}
        {items.length > 0 && (
          <MessageTable
            items={items}
            busy={change.isPending}
            onReplay={({ id }) => change.mutate(() => replayMessage(id))}
            onCancel={({ id }) => change.mutate(() => cancelMessage(id))}
          />
        )}
        {pages.hasNextPage && (
          <Button variant="default" onClick={() => void pages.fetchNextPage()} loading={pages.isFetchingNextPage}>
            {t('messages.more')}
          </Button>
        )}
      </Stack>
      <Confirm
        opened={asking}
        title={t('messages.replayAll')}
        text={t('messages.replayAllText')}
        action={t('messages.replayNow')}
        onClose={() => setAsking(false)}
        onConfirm={async () => {
          setReplayed(await replayAllMessages(channel));
          await refresh();
        }}
      />
    </Container>
  );
}
