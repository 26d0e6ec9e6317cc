import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { errorText } from '../api/error-text.ts';

/** Why the last deed came to nothing; nothing when it did not. */
export function Fault({ error }: { readonly error: unknown }) {
  const { t } = useTranslation();
  if (error === null) return null;
  return (
    <Text size="sm" c="var(--mantine-color-error)" role="alert">
      {errorText(t, error)}
    </Text>
  );
}
