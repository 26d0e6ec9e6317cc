import { Badge, Button, Group, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { MessageInfo } from '../api/messages.ts';
import { whenText } from '../shared/dates.ts';

const COLOURS: Readonly<Record<string, string>> = { sent: 'green', dead: 'red', retrying: 'yellow' };
/** States in which a message can still be kept from going out. */
const WAITING: ReadonlySet<string> = new Set(['queued', 'retrying']);

export interface MessageTableProps {
  readonly items: readonly MessageInfo[];
  readonly busy: boolean;
  readonly onReplay: (message: MessageInfo) => void;
  readonly onCancel: (message: MessageInfo) => void;
}

/** One line for each message, newest first. */
export function MessageTable({ items, ...rest }: MessageTableProps) {
  const { t } = useTranslation();
  return (
    <Table.ScrollContainer minWidth={320} type="native">
      <Table verticalSpacing="sm" aria-label={t('pages.messages')} bg="var(--santral-surface)" withTableBorder>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('messages.message')}</Table.Th>
            <Table.Th visibleFrom="sm">{t('messages.to')}</Table.Th>
            <Table.Th>{t('messages.state')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((message) => (
            <Row key={message.id} message={message} {...rest} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Row({ message, busy, onReplay, onCancel }: Omit<MessageTableProps, 'items'> & { readonly message: MessageInfo }) {
  const { t } = useTranslation();
  const { id, channel, template, state, attempts, createdAt, nextAt, reason } = message;
  const to = message.to ?? t('messages.wiped');
  const stored = whenText(createdAt);
  return (
    <Table.Tr data-message={id} data-state={state}>
      <Table.Td>
        <Text size="sm" fw={600}>
          {template}
        </Text>
        <Text size="sm" c="dimmed">
          {t(`messages.channels.${channel as 'sms'}`)} · {stored}
        </Text>
        <Text size="sm" hiddenFrom="sm">
          {to}
        </Text>
      </Table.Td>
      <Table.Td visibleFrom="sm">
        <Text size="sm">{to}</Text>
      </Table.Td>
      <Table.Td>
        <Badge variant="light" radius="sm" tt="none" color={COLOURS[state] ?? 'gray'}>
          {t(`messages.states.${state as 'sent'}`)}
        </Badge>
        <Text size="sm" c="dimmed">
          {t('messages.attempts', { count: attempts })}
        </Text>
        {state === 'retrying' && <Text size="sm">{t('messages.nextAt', { at: whenText(nextAt) })}</Text>}
        {reason !== null && <Text size="sm">{reason}</Text>}
        <Group gap="xs" mt={6}>
          {state === 'dead' && message.to !== null && (
            <Button
              size="xs"
              variant="default"
              disabled={busy}
              onClick={() => onReplay(message)}
              aria-label={t('messages.replayOf', { template, at: stored })}
            >
              {t('messages.replay')}
            </Button>
          )}
          {WAITING.has(state) && (
            <Button
              size="xs"
              variant="default"
              disabled={busy}
              onClick={() => onCancel(message)}
              aria-label={t('messages.cancelOf', { template, at: stored })}
            >
              {t('messages.cancel')}
            </Button>
          )}
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}
