import { Button, Checkbox, Group, NativeSelect, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  askLoad,
  type Columns,
  confirmListFile,
  discardListFile,
  type ListFile,
  listLists,
  previewListFile,
  waitingListFiles,
} from '../../api/lists.ts';
import { useDeed } from '../../shared/use-deed.ts';
import { Waiting } from '../../shell/waiting.tsx';
import classes from '../campaigns.module.css';
import { LoadReport } from './load-report.tsx';
import { PreviewTable } from './preview-table.tsx';
import { FileFault } from './upload-button.tsx';

interface FileStepProps {
  readonly id: string;
  /** The list that it went into; null: nothing did. */
  readonly onDone: (list: string | null) => void;
  readonly onDiscard: () => void;
}

/** A file on its way into a list: how it is understood, then how far it is, then what became of each row. */
export function FileStep({ id, onDone, onDiscard }: FileStepProps) {
  const [confirmed, setConfirmed] = useState(false);
  const waiting = useQuery({ queryKey: ['list-files'], queryFn: waitingListFiles, staleTime: 0 });
  const file = waiting.data?.find((one) => one.id === id);
  // Whoever comes back to a file that does not wait any more finds what became of it.
  const isLoad = confirmed || (waiting.isSuccess && !waiting.isFetching && file === undefined);
  if (isLoad) return <Load id={id} onDone={onDone} />;
  if (file === undefined) return <Waiting />;
  return <Understood file={file} onConfirmed={() => setConfirmed(true)} onDiscard={onDiscard} />;
}

interface UnderstoodProps {
  readonly file: ListFile;
  readonly onConfirmed: () => void;
  readonly onDiscard: () => void;
}

function Understood({ file, onConfirmed, onDiscard }: UnderstoodProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const doing = useDeed();
  const [columns, setColumns] = useState<Columns>({});
  const [shown, setShown] = useState(file);
  const [list, setList] = useState(file.name.replace(/\.[^.]+$/, '').slice(0, 120));
  const [append, setAppend] = useState(false);
  const [numbers, setNumbers] = useState<'several' | 'one'>('several');
  const lists = useQuery({ queryKey: ['lists'], queryFn: listLists, staleTime: 0 });
  const isThere = (lists.data ?? []).some(({ name }) => name === list.trim());
  const remap = (header: string, column: string | null): void => {
    const next = { ...columns, [header]: column };
    void doing.run(async () => {
      setShown(await previewListFile(file.id, next));
      setColumns(next);
    });
  };
  const confirm = async (): Promise<void> => {
    const done = await doing.run(() => confirmListFile(file.id, { list: list.trim(), append, columns, numbers }));
    if (done) onConfirmed();
    await queries.invalidateQueries({ queryKey: ['list-files'] });
  };
  const discard = async (): Promise<void> => {
    if (await doing.run(() => discardListFile(file.id))) onDiscard();
    await queries.invalidateQueries({ queryKey: ['list-files'] });
  };
  return (
    <section className={classes['card']} aria-labelledby="preview-title">
      <Stack gap="sm">
        <Title order={2} id="preview-title">
          {t('campaigns.wizard.preview', { name: file.name })}
        </Title>
        <Text size="sm" data-found>
          {t('campaigns.wizard.found', {
            format: shown.format.toUpperCase(),
            encoding: shown.encoding ?? '–',
            separator: separatorText(shown.separator) ?? t('campaigns.wizard.noSeparator'),
          })}
        </Text>
        {shown.sameAs.length === 0 ? null : <Text size="sm">{t('campaigns.wizard.sameAs', { lists: shown.sameAs.join(', ') })}</Text>}
        <PreviewTable file={shown} busy={doing.busy} onChange={remap} />
        <Group align="flex-end" gap="sm">
          <TextInput
            label={t('campaigns.wizard.listName')}
            w={280}
            maxLength={120}
            value={list}
            onChange={({ currentTarget: { value } }) => setList(value)}
          />
          <NativeSelect
            label={t('campaigns.wizard.numbers')}
            value={numbers}
            onChange={({ currentTarget: { value } }) => setNumbers(value === 'one' ? 'one' : 'several')}
            data={[
              { value: 'several', label: t('campaigns.wizard.several') },
              { value: 'one', label: t('campaigns.wizard.one') },
            ]}
          />
        </Group>
        {isThere ? (
          <Checkbox
            label={t('campaigns.wizard.append', { list: list.trim() })}
            checked={append}
            onChange={({ currentTarget: { checked } }) => setAppend(checked)}
          />
        ) : null}
        <FileFault error={doing.error} />
        <Group>
          <Button loading={doing.busy} disabled={list.trim() === '' || (isThere && !append)} onClick={() => void confirm()}>
            {t('campaigns.wizard.load')}
          </Button>
          <Button variant="default" disabled={doing.busy} onClick={() => void discard()}>
            {t('campaigns.wizard.discard')}
          </Button>
        </Group>
      </Stack>
    </section>
  );
}

/** A tab cannot be seen. */
function separatorText(separator: string | null): string | null {
  return separator === '\t' ? 'TAB' : separator;
}

const LOOK_MS = 700;

function Load({ id, onDone }: { readonly id: string; readonly onDone: (list: string | null) => void }) {
  const load = useQuery({
    queryKey: ['list-load', id],
    queryFn: () => askLoad(id),
    refetchInterval: ({ state: { data } }) => (data?.state === 'loading' || data === undefined ? LOOK_MS : false),
  });
  if (load.error !== null)
    return (
      <section className={classes['card']}>
        <FileFault error={load.error} />
      </section>
    );
  return load.data === undefined ? <Waiting /> : <LoadReport load={load.data} onDone={onDone} />;
}
