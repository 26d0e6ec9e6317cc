import { Alert, Button, Container, Group, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DIRECTORY_KINDS } from '../../domain/directory.ts';
import { absences, type DirectoryInfo, directoryEntries, removeAbsence, removePerson } from '../api/directory.ts';
import { errorText } from '../api/error-text.ts';
import { currentLanguage } from '../i18n.ts';
import { Icon } from '../icons.tsx';
import { Confirm } from '../shared/confirm.tsx';
import { useLogin } from '../shell/use-login.ts';
import { useTitle } from '../shell/use-title.ts';
import { Waiting } from '../shell/waiting.tsx';
import { AbsenceList } from './absence-list.tsx';
import { AwayDialog } from './away-dialog.tsx';
import { DirectoryTable } from './directory-table.tsx';
import { PersonDialog } from './person-dialog.tsx';

/** Who is open or away changes with the clock, and by others. */
const REFRESH_MS = 15_000;
const EDITORS = ['admin', 'supervisor'];

/** Departments, dealers and people: who is there, whom their calls ring in which order, and who is away. */
export function DirectoryPage() {
  const { t } = useTranslation();
  useTitle(t('pages.directory'));
  const login = useLogin();
  const role = login.data?.kind === 'in' ? login.data.me.role : '';
  const edits = EDITORS.includes(role);
  const queries = useQueryClient();
  const entries = useQuery({ queryKey: ['directory'], queryFn: directoryEntries, refetchInterval: REFRESH_MS });
  const away = useQuery({ queryKey: ['absences'], queryFn: absences, refetchInterval: REFRESH_MS });
  const [leaving, setLeaving] = useState<DirectoryInfo | null>(null);
  const [person, setPerson] = useState<DirectoryInfo | 'new' | null>(null);
  const [removing, setRemoving] = useState<DirectoryInfo | null>(null);
  const refresh = () => Promise.all(['directory', 'absences'].map((key) => queries.invalidateQueries({ queryKey: [key] })));
  const back = useMutation({ mutationFn: removeAbsence, onSettled: refresh });
  const fault = entries.error ?? away.error ?? back.error;
  return (
    <Container size="xl" px={{ base: 'sm', sm: 'lg' }} py={{ base: 'sm', sm: 'lg' }}>
      <Stack gap="lg">
        <Group justify="space-between">
          <Title order={1}>{t('pages.directory')}</Title>
          {edits && <Button onClick={() => setPerson('new')}>{t('directory.add')}</Button>}
        </Group>
        <Text>{t('directory.intro')}</Text>
        {fault !== null && (
          <Alert color="red" icon={<Icon name="warning" />}>
            {errorText(t, fault)}
          </Alert>
        )}
        {entries.isPending && <Waiting />}
        {entries.data !== undefined && away.data !== undefined && away.data.length > 0 && (
          <AbsenceList items={away.data} entries={entries.data} edits={edits} busy={back.isPending} onBack={(id) => back.mutate(id)} />
        )}
        {entries.data !== undefined &&
          DIRECTORY_KINDS.map((kind) => (
            <DirectoryTable
              key={kind}
              kind={kind}
              items={entries.data.filter((one) => one.kind === kind)}
              all={entries.data}
              edits={edits}
              onAway={setLeaving}
              onEdit={setPerson}
              onRemove={setRemoving}
            />
          ))}
      </Stack>
      {leaving !== null && <AwayDialog of={leaving} all={entries.data ?? []} onClose={() => setLeaving(null)} onDone={refresh} />}
      {person !== null && (
        <PersonDialog of={person === 'new' ? null : person} full={role === 'admin'} onClose={() => setPerson(null)} onDone={refresh} />
      )}
      <Confirm
        opened={removing !== null}
        title={t('directory.removeTitle')}
        text={t('directory.removeText', { name: removing?.label[currentLanguage()] ?? '' })}
        action={t('directory.removeNow')}
        onClose={() => setRemoving(null)}
        onConfirm={async () => {
          if (removing !== null) await removePerson(removing.id);
          await refresh();
        }}
      />
    </Container>
  );
}
