import { Button, FileButton, Group, Progress, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../api/client.ts';
import { errorText } from '../../api/error-text.ts';
import { type ListFile, sendListFile } from '../../api/lists.ts';
import { Icon } from '../../icons.tsx';
import { useDeed } from '../../shared/use-deed.ts';

const ACCEPTED = '.csv,.txt,.xlsx,.json,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Sends a file of people; tells how far it is, and what is wrong with it. */
export function UploadButton({ onSent }: { readonly onSent: (file: ListFile) => void }) {
  const { t } = useTranslation();
  const sending = useDeed();
  const [share, setShare] = useState(0);
  const send = (file: File | null): void => {
    if (file === null) return;
    setShare(0);
    void sending.run(async () => onSent(await sendListFile(file, setShare)));
  };
  return (
    <Stack gap="xs">
      <Group>
        <FileButton accept={ACCEPTED} onChange={send} inputProps={{ 'aria-label': t('campaigns.wizard.choose') }}>
          {(props) => (
            <Button {...props} leftSection={<Icon name="upload" size={18} />} loading={sending.busy}>
              {t('campaigns.wizard.choose')}
            </Button>
          )}
        </FileButton>
      </Group>
      {sending.busy ? <Progress value={share * 100} aria-label={t('campaigns.wizard.sending')} /> : null}
      <FileFault error={sending.error} />
    </Stack>
  );
}

/** What is wrong with a file: in the reader's language what it means, and as the engine found it. */
export function FileFault({ error }: { readonly error: unknown }) {
  const { t } = useTranslation();
  if (error === null) return null;
  const isLarge = error instanceof ApiError && error.code === 'request.too-large';
  const isFile = isLarge || (error instanceof ApiError && error.code === 'request.invalid');
  const ours = isLarge ? t('campaigns.wizard.tooLarge') : t('campaigns.wizard.badFile');
  return (
    <div role="alert">
      <Text size="sm" c="var(--mantine-color-error)">
        {isFile ? ours : errorText(t, error)}
      </Text>
      {isFile ? (
        <Text size="sm" lang="en">
          {error.message}
        </Text>
      ) : null}
    </div>
  );
}
