import { Badge, Button, Group, Stack, Table, Text, Title } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import type { DirectoryKind } from '../../domain/directory.ts';
import type { AttemptInfo, DirectoryInfo } from '../api/directory.ts';
import { currentLanguage } from '../i18n.ts';
import { Icon, type IconName } from '../icons.tsx';

const LOOKS: Readonly<Record<DirectoryInfo['state'], readonly [color: string, icon: IconName]>> = {
  open: ['green', 'check'],
  closed: ['gray', 'clock'],
  away: ['amber', 'pause'],
};
/** Narrower than this a line has one column, so that nothing is squeezed. */
const WIDE = '(min-width: 62em)';

export interface DirectoryTableProps {
  readonly kind: DirectoryKind;
  readonly items: readonly DirectoryInfo[];
  /** Everybody, for names of people in an order. */
  readonly all: readonly DirectoryInfo[];
  readonly edits: boolean;
  readonly onAway: (one: DirectoryInfo) => void;
  readonly onEdit: (one: DirectoryInfo) => void;
  readonly onRemove: (one: DirectoryInfo) => void;
}

/** All of one kind: whether they can be rung now, their hours, and whom a call for them rings in which order. */
export function DirectoryTable({ kind, items, ...rest }: DirectoryTableProps) {
  const { t } = useTranslation();
  const isWide = useMediaQuery(WIDE, true, { getInitialValueInEffect: false });
  return (
    <section aria-label={t(`directory.kinds.${kind}`)}>
      <Title order={2} size="h3" mb="xs">
        {t(`directory.kinds.${kind}`)}
      </Title>
      {items.length === 0 ? (
        <Text>{t('directory.none')}</Text>
      ) : (
        <Table verticalSpacing="sm" bg="var(--santral-surface)" withTableBorder aria-label={t(`directory.kinds.${kind}`)}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('directory.name')}</Table.Th>
              {isWide ? (
                <>
                  <Table.Th>{t('directory.hours')}</Table.Th>
                  <Table.Th>{t('directory.order')}</Table.Th>
                  <Table.Td />
                </>
              ) : null}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {items.map((one) => (
              <Line key={one.id} one={one} isWide={isWide} {...rest} />
            ))}
          </Table.Tbody>
        </Table>
      )}
    </section>
  );
}

interface LineProps extends Omit<DirectoryTableProps, 'kind' | 'items'> {
  readonly one: DirectoryInfo;
  readonly isWide: boolean;
}

function Line({ one, isWide, all, ...deeds }: LineProps) {
  if (isWide)
    return (
      <Table.Tr data-id={one.id}>
        <Table.Td>
          <Who one={one} />
        </Table.Td>
        <Table.Td>
          <Hours one={one} />
        </Table.Td>
        <Table.Td>
          <Order one={one} all={all} />
        </Table.Td>
        <Table.Td>
          <Deeds one={one} {...deeds} />
        </Table.Td>
      </Table.Tr>
    );
  return (
    <Table.Tr data-id={one.id}>
      <Table.Td>
        <Stack gap="xs">
          <Who one={one} />
          <Hours one={one} />
          <Order one={one} all={all} />
          <Deeds one={one} {...deeds} />
        </Stack>
      </Table.Td>
    </Table.Tr>
  );
}

function Who({ one }: { readonly one: DirectoryInfo }) {
  const { t } = useTranslation();
  const [color, icon] = LOOKS[one.state];
  return (
    <>
      <Group gap="xs">
        <Text fw={600}>{one.label[currentLanguage()]}</Text>
        <Badge color={color} variant="light" tt="none" leftSection={<Icon name={icon} size={14} />}>
          {t(`directory.states.${one.state}`)}
        </Badge>
      </Group>
      <Text size="xs">{one.email === null ? one.id : `${one.id} · ${one.email}`}</Text>
    </>
  );
}

function Hours({ one }: { readonly one: DirectoryInfo }) {
  const { t } = useTranslation();
  return <Text size="sm">{one.calendar ?? (one.kind === 'dealer' ? t('directory.ownHours') : t('directory.always'))}</Text>;
}

function Order({ one, all }: { readonly one: DirectoryInfo; readonly all: readonly DirectoryInfo[] }) {
  const { t } = useTranslation();
  const nameOf = (id: string): string => all.find((other) => other.kind === 'person' && other.id === id)?.label[currentLanguage()] ?? id;
  const text = ({ kind, telephone, person, ringSeconds, byKey }: AttemptInfo): string => {
    if (kind === 'person') return nameOf(person ?? '');
    const what = kind === 'own' ? t('directory.ownNumber') : (telephone ?? '');
    const values = { what, seconds: new Intl.NumberFormat(currentLanguage()).format(ringSeconds ?? 0) };
    return byKey ? t('directory.rungByKey', values) : t('directory.rung', values);
  };
  return (
    <ol style={{ margin: 0, paddingInlineStart: '1.2em' }}>
      {one.rounds.map((round) => {
        const words = round.map(text).join(` ${t('directory.together')} `);
        return <li key={words}>{words}</li>;
      })}
    </ol>
  );
}

type DeedsProps = Pick<LineProps, 'one' | 'edits' | 'onAway' | 'onEdit' | 'onRemove'>;

function Deeds({ one, edits, onAway, onEdit, onRemove }: DeedsProps) {
  const { t } = useTranslation();
  if (!edits) return null;
  const name = one.label[currentLanguage()];
  const button = (deed: string, act: (one: DirectoryInfo) => void) => (
    <Button size="xs" variant="default" aria-label={`${deed}: ${name}`} onClick={() => act(one)}>
      {deed}
    </Button>
  );
  return (
    <Group gap="xs">
      {button(t('directory.away'), onAway)}
      {one.kind === 'person' ? button(t('directory.edit'), onEdit) : null}
      {one.kept ? button(t('directory.remove'), onRemove) : null}
    </Group>
  );
}
