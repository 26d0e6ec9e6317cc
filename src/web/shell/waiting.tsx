import { Center, Loader, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export function Waiting() {
  const { t } = useTranslation();
  return (
    <Center h="60vh" role="status">
      <Loader type="dots" />
      <VisuallyHidden>{t('shell.loading')}</VisuallyHidden>
    </Center>
  );
}
