import { Button, Group, List, Paper, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AbsenceInfo, DirectoryInfo, Ref } from '../api/directory.ts';
import { currentLanguage } from '../i18n.ts';
import { whenText } from '../shared/dates.ts';

export interface AbsenceListProps {
  readonly items: readonly AbsenceInfo[];
  readonly entries: readonly DirectoryInfo[];
  readonly edits: boolean;
  readonly busy: boolean;
  readonly onBack: (id: string) => void;
}

/** Who is away, until when, and who is rung instead. */
export function AbsenceList({ items, entries, edits, busy, onBack }: AbsenceListProps) {
  const { t } = useTranslation();
  const nameOf = (ref: Ref): string =>
    entries.find(({ kind, id }) => kind === ref.kind && id === ref.id)?.label[currentLanguage()] ?? ref.id;
  return (
    <Paper withBorder p="sm" component="section" aria-label={t('directory.absences')}>
      <Title order={2} size="h3" mb="xs">
        {t('directory.absences')}
      </Title>
      <List spacing="xs" listStyleType="none">
        {items.map(({ id, of, from, until, instead }) => (
          <List.Item key={id}>
            <Group gap="sm">
              <span>
                {t('directory.awayFrom', { name: nameOf(of), from: whenText(from), until: whenText(until) })}
                {instead === null ? '' : ` ${t('directory.insteadIs', { name: nameOf(instead) })}`}
              </span>
              {edits && (
                <Button
                  size="xs"
                  variant="default"
                  disabled={busy}
                  aria-label={`${t('directory.back')}: ${nameOf(of)}`}
                  onClick={() => onBack(id)}
                >
                  {t('directory.back')}
                </Button>
              )}
            </Group>
          </List.Item>
        ))}
      </List>
    </Paper>
  );
}
