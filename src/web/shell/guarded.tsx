import { Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Outlet } from 'react-router';
import { maySee, type Page } from '../pages.ts';
import { useLogin } from './use-login.ts';
import { useTitle } from './use-title.ts';

/** A page, for those who may see it. */
export function Guarded({ page }: { readonly page: Page }) {
  const login = useLogin();
  const allowed = login.data?.kind === 'in' && maySee(page, login.data.me.role);
  return allowed ? <Outlet /> : <Forbidden />;
}

function Forbidden() {
  const { t } = useTranslation();
  useTitle(t('forbidden.title'));
  return (
    <Stack p="xl" gap="xs" align="flex-start">
      <Title order={1}>{t('forbidden.title')}</Title>
      <Text>{t('forbidden.text')}</Text>
    </Stack>
  );
}
