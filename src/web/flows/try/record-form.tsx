import { Alert, Button, Group, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '../../api/error-text.ts';
import { recordSimulation } from '../../api/scenarios.ts';
import { Icon } from '../../icons.tsx';
import { useSubmit } from '../../login/use-submit.ts';
import { FormError } from '../../shared/form-error.tsx';
import type { Work } from '../use-work.ts';

/** Writes what was just played as one more scenario of the flow. */
export function RecordForm({ id, work, onWritten }: { readonly id: string; readonly work: Work; readonly onWritten: () => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  /** Written, but it goes otherwise than the call went. */
  const [otherwise, setOtherwise] = useState(false);
  const missing = name.trim() === '';
  async function write(): Promise<void> {
    const { text, same } = await recordSimulation(id, name.trim(), work.scenarios);
    work.setScenarios(text);
    setName('');
    setOtherwise(!same);
    if (same) onWritten();
  }
  const { busy, tried, error, onSubmit } = useSubmit(() => (missing ? false : write()));
  return (
    <form onSubmit={onSubmit} noValidate>
      <Group gap="xs" align="flex-end">
        <TextInput
          label={t('flows.record.name')}
          value={name}
          maxLength={200}
          onChange={(event) => setName(event.currentTarget.value)}
          error={tried && missing && !otherwise ? t('flows.record.nameMissing') : null}
          style={{ flex: '1 1 220px' }}
        />
        <Button type="submit" variant="default" loading={busy} leftSection={<Icon name="plus" size={16} />}>
          {t('flows.record.write')}
        </Button>
      </Group>
      <Text size="xs" c="dimmed">
        {t('flows.record.hint')}
      </Text>
      <FormError text={error === null ? null : errorText(t, error)} />
      {otherwise ? (
        <Alert color="yellow" icon={<Icon name="warning" />} mt={6}>
          {t('flows.record.otherwise')}
        </Alert>
      ) : null}
    </form>
  );
}
