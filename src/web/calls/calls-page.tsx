import { Alert, Anchor, Button, Container, Stack, Table, Text, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { type CallInfo, listCalls } from '../api/calls.ts';
import { errorText } from '../api/error-text.ts';
import { whenText } from '../shared/dates.ts';
import { duration } from '../shared/times.tsx';
import { useTitle } from '../shell/use-title.ts';
import { Waiting } from '../shell/waiting.tsx';
import { CallPage } from './call-page.tsx';

/** `/calls`: all calls, newest first; `/calls/call_…`: one, with its recording. */
export function CallsPage() {
  const { '*': id = '' } = useParams();
  return id === '' ? <CallList /> : <CallPage key={id} id={id} />;
}

function CallList() {
  const { t } = useTranslation();
  useTitle(t('pages.calls'));
  const pages = useInfiniteQuery({
    queryKey: ['calls'],
    queryFn: ({ pageParam }) => listCalls(pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
  const items = pages.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Container size="xl" px={{ base: 'sm', sm: 'lg' }} py={{ base: 'sm', sm: 'lg' }}>
      <Stack gap="md">
        <Title order={1}>{t('pages.calls')}</Title>
        {pages.error === null ? null : <Alert color="red">{errorText(t, pages.error)}</Alert>}
        {pages.isPending ? <Waiting /> : null}
        {pages.isSuccess && items.length === 0 ? <Text c="dimmed">{t('calls.nothing')}</Text> : null}
        {items.length === 0 ? null : <CallTable items={items} />}
        {pages.hasNextPage ? (
          <Button variant="default" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {t('calls.more')}
          </Button>
        ) : null}
      </Stack>
    </Container>
  );
}

function CallTable({ items }: { readonly items: readonly CallInfo[] }) {
  const { t } = useTranslation();
  return (
    <Table.ScrollContainer minWidth={320} type="native">
      <Table verticalSpacing="sm" aria-label={t('pages.calls')} bg="var(--santral-surface)" withTableBorder>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('calls.when')}</Table.Th>
            <Table.Th>{t('calls.number')}</Table.Th>
            <Table.Th visibleFrom="sm">{t('calls.flow')}</Table.Th>
            <Table.Th visibleFrom="sm">{t('calls.duration')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map(({ id, startedAt, number, flow, durationMs }) => (
            <Table.Tr key={id} data-call={id}>
              <Table.Td>
                <Anchor component={Link} to={`/calls/${id}`}>
                  {whenText(startedAt)}
                </Anchor>
              </Table.Td>
              <Table.Td>{number === '' ? t('agent.withheld') : number}</Table.Td>
              <Table.Td visibleFrom="sm">{flow}</Table.Td>
              <Table.Td visibleFrom="sm">{durationMs === null ? t('calls.goesOn') : duration(durationMs)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
