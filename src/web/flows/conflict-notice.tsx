import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DraftText } from '../api/workshop.ts';
import { Icon } from '../icons.tsx';
import { whenText } from '../shared/dates.ts';
import type { Work } from './use-work.ts';
import { DiffView } from './versions/diff-view.tsx';

/** Somebody else saved meanwhile: both texts are there, and the user decides. */
export function ConflictNotice({ work, theirs }: { readonly work: Work; readonly theirs: DraftText }) {
  const { t } = useTranslation();
  return (
    <Alert color="yellow" icon={<Icon name="warning" />} title={t('flows.conflict.title', { by: theirs.author })} role="alert">
      <Stack gap="xs">
        <Text size="sm">{t('flows.conflict.text', { at: whenText(theirs.updatedAt) })}</Text>
        <DiffView before={theirs.source} after={work.text} />
        {theirs.scenarios === null || theirs.scenarios === work.scenarios ? null : (
          <>
            <Text size="sm">{t('flows.conflict.scenarios')}</Text>
            <DiffView before={theirs.scenarios} after={work.scenarios} />
          </>
        )}
        <Group gap="xs">
          <Button variant="default" onClick={work.takeTheirs}>
            {t('flows.conflict.theirs')}
          </Button>
          <Button onClick={work.keepMine}>{t('flows.conflict.mine')}</Button>
        </Group>
      </Stack>
    </Alert>
  );
}
