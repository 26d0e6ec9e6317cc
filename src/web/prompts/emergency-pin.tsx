import { Button, Group, PasswordInput, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hasCode } from '../api/client.ts';
import { errorText } from '../api/error-text.ts';
import { setEmergencyPin } from '../api/switches.ts';

/** The secret of the telephone; it is sent, never shown. */
export function EmergencyPin({ hasPin }: { readonly hasPin: boolean }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [pin, setPin] = useState('');
  const [saved, setSaved] = useState(false);
  const [error, setError] = useState<unknown>(null);

  async function send(next: string | null): Promise<void> {
    setSaved(false);
    setError(null);
    try {
      await setEmergencyPin(next);
      setPin('');
      setSaved(next !== null);
      await queries.invalidateQueries({ queryKey: ['emergency'] });
    } catch (reason) {
      setError(reason);
    }
  }

  const fault = error === null ? null : hasCode(error, 'request.invalid') ? t('emergency.pinWeak') : errorText(t, error);
  return (
    <div>
      <PasswordInput
        label={t('emergency.pin')}
        description={t('emergency.pinHint')}
        inputMode="numeric"
        autoComplete="off"
        value={pin}
        onChange={(event) => setPin(event.currentTarget.value.replace(/\D/g, '').slice(0, 10))}
        error={fault}
        visibilityToggleButtonProps={{ 'aria-label': t('login.showPassword') }}
      />
      <Group gap={6} mt={6}>
        <Button size="compact-sm" variant="light" disabled={pin === ''} onClick={() => void send(pin)}>
          {t('emergency.pinSave')}
        </Button>
        {hasPin ? (
          <Button size="compact-sm" variant="subtle" color="red" onClick={() => void send(null)}>
            {t('emergency.pinRemove')}
          </Button>
        ) : null}
        <Text size="xs" c="dimmed" role="status">
          {saved ? t('emergency.pinSaved') : hasPin ? t('emergency.pinSet') : t('emergency.pinUnset')}
        </Text>
      </Group>
    </div>
  );
}
