import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** The same as a file, made while it is sent: as long as it may be. */
export function Exports({ csv, xlsx }: { readonly csv: string; readonly xlsx: string }) {
  const { t } = useTranslation();
  return (
    <Group gap="xs">
      <Button component="a" href={csv} download variant="default">
        {t('reports.csv')}
      </Button>
      <Button component="a" href={xlsx} download variant="default">
        {t('reports.xlsx')}
      </Button>
    </Group>
  );
}
