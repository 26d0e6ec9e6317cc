import { Badge, Button, Group, Stack, Table, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { CallbackInfo } from '../api/callbacks.ts';
import { whenText } from '../shared/dates.ts';

const COLOURS: Readonly<Record<string, string>> = { reserved: 'blue', dialing: 'blue', 'retry-wait': 'yellow', closed: 'gray' };
/** Nobody is at work on them: people may take or move them. */
const FREE: ReadonlySet<string> = new Set(['open', 'retry-wait']);

export interface CallbackTableProps {
  readonly items: readonly CallbackInfo[];
  readonly busy: boolean;
  /** Orders and closes; agents only call. */
  readonly supervises: boolean;
  readonly onTake: (one: CallbackInfo) => void;
  readonly onMove: (one: CallbackInfo, to: { readonly before: string } | { readonly after: string }) => void;
  readonly onClose: (one: CallbackInfo) => void;
  readonly onStory: (one: CallbackInfo) => void;
}

/** Narrower than this a line has one column, so that nothing is squeezed. */
const WIDE = '(min-width: 62em)';

/** One line for each person, who is called next in front. */
export function CallbackTable({ items, ...rest }: CallbackTableProps) {
  const { t } = useTranslation();
  const isWide = useMediaQuery(WIDE, true, { getInitialValueInEffect: false });
  return (
    <Table.ScrollContainer minWidth={280} type="native">
      <Table verticalSpacing="sm" aria-label={t('pages.callbacks')} bg="var(--santral-surface)" withTableBorder>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('callbacks.who')}</Table.Th>
            {isWide ? (
              <>
                <Table.Th>{t('callbacks.why')}</Table.Th>
                <Table.Th>{t('callbacks.since')}</Table.Th>
                <Table.Th>{t('callbacks.state')}</Table.Th>
                <Table.Th />
              </>
            ) : null}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((one, place) => (
            <Line key={one.id} one={one} isWide={isWide} above={items[place - 1]} below={items[place + 1]} {...rest} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

interface LineProps extends Omit<CallbackTableProps, 'items'> {
  readonly one: CallbackInfo;
  readonly isWide: boolean;
  readonly above: CallbackInfo | undefined;
  readonly below: CallbackInfo | undefined;
}

function Line({ one, ...rest }: LineProps) {
  const deeds = <Deeds one={one} {...rest} />;
  if (rest.isWide)
    return (
      <Table.Tr data-state={one.state}>
        <Table.Td>
          <Who one={one} />
        </Table.Td>
        <Table.Td>
          <Why one={one} />
        </Table.Td>
        <Table.Td>{whenText(one.firstAt)}</Table.Td>
        <Table.Td>
          <State one={one} />
        </Table.Td>
        <Table.Td>{deeds}</Table.Td>
      </Table.Tr>
    );
  return (
    <Table.Tr data-state={one.state}>
      <Table.Td>
        <Stack gap="xs">
          <Group justify="space-between" align="flex-start">
            <div>
              <Who one={one} />
            </div>
            <div>
              <State one={one} />
            </div>
          </Group>
          <div>
            <Why one={one} />
            <Text size="xs">{whenText(one.firstAt)}</Text>
          </div>
          {deeds}
        </Stack>
      </Table.Td>
    </Table.Tr>
  );
}

interface PartProps {
  readonly one: CallbackInfo;
}

function Who({ one }: PartProps) {
  const { t } = useTranslation();
  return (
    <>
      <Text fw={600} style={{ whiteSpace: 'nowrap' }}>
        {one.number}
      </Text>
      <Text size="xs">{one.wiped ? `${one.group} · ${t('callbacks.wiped')}` : one.group}</Text>
    </>
  );
}

function Why({ one }: PartProps) {
  const { t } = useTranslation();
  return (
    <>
      {t(`callbacks.kind.${one.kind}`, { count: one.count })}
      {one.byForm ? ` · ${t('callbacks.byForm')}` : null}
      {one.about === '' ? null : (
        <Text size="xs" style={{ overflowWrap: 'anywhere' }}>
          {one.about}
        </Text>
      )}
      {one.attempts === 0 ? null : (
        <Text size="xs">
          {t('callbacks.tried')}: {t('callbacks.times', { count: one.attempts })}
        </Text>
      )}
    </>
  );
}

function State({ one }: PartProps) {
  const { t } = useTranslation();
  return (
    <>
      <Badge color={COLOURS[one.state] ?? 'green'} variant="light">
        {t(`callbacks.states.${one.state}`)}
      </Badge>
      <Text size="xs">{stateText(one, t)}</Text>
      {one.reason === 'by-user' && one.closedBy !== null ? <Text size="xs">{t('callbacks.by', { name: one.closedBy })}</Text> : null}
    </>
  );
}

function Deeds({ one, isWide, above, below, busy, supervises, onTake, onMove, onClose, onStory }: LineProps) {
  const { t } = useTranslation();
  const story = supervises ? (
    <Button size="xs" variant="default" aria-label={`${t('callbacks.story')}: ${one.number}`} onClick={() => onStory(one)}>
      {t('callbacks.story')}
    </Button>
  ) : null;
  if (one.state === 'closed') return <Group justify={isWide ? 'flex-end' : 'flex-start'}>{story}</Group>;
  const free = FREE.has(one.state) && !one.onTheLine;
  const of = (deed: string): string => `${deed}: ${one.number}`;
  return (
    <Group gap="xs" justify={isWide ? 'flex-end' : 'flex-start'} wrap="wrap">
      <Button size="xs" disabled={!free || busy} aria-label={of(t('callbacks.take'))} onClick={() => onTake(one)}>
        {t('callbacks.take')}
      </Button>
      {supervises ? (
        <>
          <Button
            size="xs"
            variant="default"
            disabled={above === undefined || busy}
            aria-label={of(t('callbacks.up'))}
            onClick={() => above && onMove(one, { before: above.id })}
          >
            {t('callbacks.up')}
          </Button>
          <Button
            size="xs"
            variant="default"
            disabled={below === undefined || busy}
            aria-label={of(t('callbacks.down'))}
            onClick={() => below && onMove(one, { after: below.id })}
          >
            {t('callbacks.down')}
          </Button>
          <Button size="xs" variant="default" disabled={busy} aria-label={of(t('callbacks.close'))} onClick={() => onClose(one)}>
            {t('callbacks.close')}
          </Button>
          {story}
        </>
      ) : null}
    </Group>
  );
}

function stateText(one: CallbackInfo, t: TFunction<'app'>): string {
  if (one.reason !== null) return t(`callbacks.reasons.${one.reason}`);
  if (one.onTheLine) return t('callbacks.onTheLine');
  // Not before the delay is over, or the hour that they wished for.
  if (one.state === 'retry-wait' || (one.state === 'open' && one.dueAt > Date.now())) return whenText(one.dueAt);
  return one.state === 'open' ? t('callbacks.now') : '';
}
