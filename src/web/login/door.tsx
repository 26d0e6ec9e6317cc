import { Box, Center, Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { BrandMark } from '../shell/brand-mark.tsx';
import { LanguageSwitch } from '../shell/language-switch.tsx';

/** The frame of the pages before the login. */
export function Door({ title, hint, children }: { readonly title: string; readonly hint: string; readonly children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <Center mih="100dvh" px="md" py="xl">
      <Box w="100%" maw={400}>
        <Group justify="space-between" mb="lg" wrap="nowrap">
          <BrandMark size={36} />
          <LanguageSwitch />
        </Group>
        <Paper component="main" p={{ base: 'lg', xs: 'xl' }} radius="lg" withBorder bg="var(--santral-surface)">
          <Stack gap={4} mb="lg">
            <Title order={1}>{title}</Title>
            <Text c="dimmed" size="sm">
              {hint}
            </Text>
          </Stack>
          {children}
        </Paper>
        <Text c="dimmed" size="xs" mt="md" ta="center">
          {t('login.product')}
        </Text>
      </Box>
    </Center>
  );
}
