import { Alert, Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { errorText } from '../api/error-text.ts';
import { type Period, recordingAddress, type SurveyComment, type SurveyInfo, surveyComments } from '../api/surveys.ts';
import { whenText } from '../shared/dates.ts';
import { Panel } from './report-view.tsx';
import classes from './surveys.module.css';

/** What people said in their own words, newest first. */
export function Comments({ survey, period }: { readonly survey: SurveyInfo; readonly period: Period }) {
  const { t } = useTranslation();
  const pages = useInfiniteQuery({
    queryKey: ['survey-comments', survey.id, period],
    queryFn: ({ pageParam }) => surveyComments(survey.id, period, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
  const items = pages.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Panel title={t('surveys.comments')}>
      <Stack gap="sm">
        {pages.error !== null && <Alert color="red">{errorText(t, pages.error)}</Alert>}
        {pages.data !== undefined && items.length === 0 && <Text c="dimmed">{t('surveys.noComments')}</Text>}
        <ul className={classes['comments']}>
          {items.map((comment) => (
            <Comment key={`${comment.response} ${comment.question}`} comment={comment} />
          ))}
        </ul>
        {pages.hasNextPage && (
          <Button variant="default" onClick={() => void pages.fetchNextPage()} loading={pages.isFetchingNextPage}>
            {t('surveys.more')}
          </Button>
        )}
      </Stack>
    </Panel>
  );
}

function Comment({ comment }: { readonly comment: SurveyComment }) {
  const { t } = useTranslation();
  const when = whenText(comment.at);
  const about = [comment.dealer, comment.agent].filter((tag) => tag !== '').join(' · ');
  return (
    <li>
      <Group gap="xs" mb={4}>
        {comment.score !== null && (
          <Badge variant="light" color="gray" radius="sm">
            {t('surveys.answered', { score: comment.score })}
          </Badge>
        )}
        <Text size="sm" c="dimmed">
          {[when, t(`surveys.channel.${channelOf(comment.channel)}`), about].filter((part) => part !== '').join(' · ')}
        </Text>
      </Group>
      {comment.text !== null && <Text className={classes['words'] ?? ''}>{comment.text}</Text>}
      {comment.recording !== null && (
        <audio controls preload="none" src={recordingAddress(comment.recording)} aria-label={t('surveys.play', { when })} />
      )}
    </li>
  );
}

function channelOf(channel: string): 'phone' | 'web' {
  return channel === 'phone' || channel === 'call' ? 'phone' : 'web';
}
