import { Button, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useRouteError } from 'react-router';

/** A page that threw. After an update of the engine the usual reason is a page that still wants the old files: loading again mends it. */
export function Crash() {
  const { t } = useTranslation();
  const error = useRouteError();
  return (
    <Stack p="xl" gap="sm" align="flex-start" role="alert">
      <Title order={1}>{t('crash.title')}</Title>
      <Text>{t('crash.text')}</Text>
      <Text c="dimmed" size="sm">
        {error instanceof Error ? error.message : String(error)}
      </Text>
      <Button onClick={() => location.reload()}>{t('crash.reload')}</Button>
    </Stack>
  );
}
