import { Table, Text } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AttemptInfo, ContactInfo } from '../api/campaigns.ts';
import { currentLanguage } from '../i18n.ts';
import { momentText, whenText } from '../shared/dates.ts';
import { duration, share } from '../shared/times.tsx';
import { useLogin } from '../shell/use-login.ts';

/** Who has the page of calls. */
const LISTENERS: readonly string[] = ['admin', 'supervisor'];

interface ContactTableProps {
  readonly items: readonly ContactInfo[];
  readonly zone: string;
  readonly label: string;
}

/** One line for each contact, with all attempts in it. */
export function ContactTable({ items, zone, label }: ContactTableProps) {
  const { t } = useTranslation();
  const login = useLogin();
  const role = login.data?.kind === 'in' ? login.data.me.role : '';
  const mayListen = LISTENERS.includes(role);
  return (
    <Table.ScrollContainer minWidth={640} scrollAreaProps={{ viewportProps: { tabIndex: 0, 'aria-label': label } }}>
      <Table verticalSpacing="sm" aria-label={label}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('campaigns.contacts.who')}</Table.Th>
            <Table.Th>{t('campaigns.contacts.where')}</Table.Th>
            <Table.Th>{t('campaigns.contacts.attempts')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((one) => (
            <Table.Tr key={`${one.campaign?.id ?? ''} ${one.seq}`} data-contact={one.contact} data-contact-state={one.state}>
              <Table.Td style={{ verticalAlign: 'top' }}>
                <Text fw={600} size="sm">
                  {one.number ?? t('campaigns.contacts.gone')}
                </Text>
                {one.campaign === null ? null : <Link to={`/campaigns/${one.campaign.id}`}>{one.campaign.name}</Link>}
              </Table.Td>
              <Table.Td style={{ verticalAlign: 'top' }}>{standing(one, zone, t)}</Table.Td>
              <Table.Td>
                {one.history.map((attempt) => (
                  <div key={attempt.id} data-attempt={attempt.outcome ?? ''}>
                    {mayListen ? <Link to={`/calls/${attempt.callId}`}>{whenText(attempt.at, zone)}</Link> : whenText(attempt.at, zone)}
                    {` · ${told(attempt, t)}`}
                  </div>
                ))}
                {one.history.length === 0 ? '–' : null}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function standing({ state, outcome, waitReason, dueAt }: ContactInfo, zone: string, t: TFunction<'app'>): string {
  if (outcome !== null) return t(`campaigns.outcomes.${outcome}`);
  const text = waitReason === 'cap' ? t('campaigns.contacts.cap') : t(`campaigns.contactStates.${state}`);
  return dueAt === null ? text : `${text} · ${momentText(dueAt, zone)}`;
}

function told({ outcome, answeredAt, endedAt, heardShare, choices, callerId }: AttemptInfo, t: TFunction<'app'>): string {
  const parts = [
    outcome === null ? t('campaigns.contacts.goesOn') : t(`campaigns.outcomes.${outcome}`),
    ...(answeredAt === null || endedAt === null ? [] : [duration(endedAt - answeredAt)]),
    ...(heardShare === null ? [] : [t('campaigns.contacts.heard', { share: share(heardShare, currentLanguage()) })]),
    ...(choices.length === 0 ? [] : [t('campaigns.contacts.pressed', { keys: choices.join(', ') })]),
    ...(callerId === null ? [] : [t('campaigns.contacts.from', { number: callerId })]),
  ];
  return parts.join(' · ');
}
