import { Button, Group, Modal, NativeSelect, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addAbsence, type DirectoryInfo } from '../api/directory.ts';
import { errorText } from '../api/error-text.ts';
import { currentLanguage } from '../i18n.ts';
import { FormError } from '../shared/form-error.tsx';
import { useDeed } from '../shared/use-deed.ts';

export interface AwayDialogProps {
  readonly of: DirectoryInfo;
  readonly all: readonly DirectoryInfo[];
  readonly onClose: () => void;
  readonly onDone: () => Promise<unknown>;
}

/** From now on somebody's telephones are not rung, until a moment; perhaps somebody else's are. */
export function AwayDialog({ of, all, onClose, onDone }: AwayDialogProps) {
  const { t } = useTranslation();
  const { busy, error, run } = useDeed();
  const [until, setUntil] = useState('');
  const [instead, setInstead] = useState('');
  const others = all.filter((one) => one.kind !== of.kind || one.id !== of.id);
  const keyOf = ({ kind, id }: DirectoryInfo): string => `${kind} ${id}`;
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const other = others.find((one) => keyOf(one) === instead);
    const ref = other === undefined ? null : { kind: other.kind, id: other.id };
    if (!(await run(() => addAbsence({ kind: of.kind, id: of.id }, new Date(until).getTime(), ref)))) return;
    await onDone();
    onClose();
  }
  const title = t('directory.awayTitle', { name: of.label[currentLanguage()] });
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('flows.close') }}>
      <form onSubmit={(event) => void submit(event)}>
        <Stack>
          <TextInput
            type="datetime-local"
            label={t('directory.until')}
            value={until}
            required
            data-autofocus
            onChange={(event) => setUntil(event.currentTarget.value)}
          />
          <NativeSelect
            label={t('directory.instead')}
            value={instead}
            data={[
              { value: '', label: t('directory.nobody') },
              ...others.map((one) => ({ value: keyOf(one), label: one.label[currentLanguage()] })),
            ]}
            onChange={(event) => setInstead(event.currentTarget.value)}
          />
          <FormError text={error === null ? null : errorText(t, error)} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('flows.cancel')}
            </Button>
            <Button type="submit" loading={busy} disabled={until === ''}>
              {t('directory.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
