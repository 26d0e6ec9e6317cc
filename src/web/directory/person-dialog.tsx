import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type DirectoryInfo, putPerson } from '../api/directory.ts';
import { errorText } from '../api/error-text.ts';
import { currentLanguage } from '../i18n.ts';
import { FormError } from '../shared/form-error.tsx';
import { useDeed } from '../shared/use-deed.ts';
import { telephonesFrom } from './telephones.ts';

export interface PersonDialogProps {
  /** null: a new one. */
  readonly of: DirectoryInfo | null;
  /** Numbers are known in full; else they are written again. */
  readonly full: boolean;
  readonly onClose: () => void;
  readonly onDone: () => Promise<unknown>;
}

/** Puts a person into the directory, or in the place of the one of that name. */
export function PersonDialog({ of, full, onClose, onDone }: PersonDialogProps) {
  const { t } = useTranslation();
  const { busy, error, run } = useDeed();
  const [id, setId] = useState(of?.id ?? '');
  const [name, setName] = useState(of?.label[currentLanguage()] ?? '');
  const [email, setEmail] = useState(of?.email ?? '');
  const known = of?.rounds.flat().flatMap(({ telephone }) => telephone ?? []) ?? [];
  const [lines, setLines] = useState(full ? known.join('\n') : '');
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const telephones = telephonesFrom(lines);
    const person = {
      name: name.trim(),
      email: email.trim() === '' ? null : email.trim(),
      ...(of !== null && telephones.length === 0 ? {} : { telephones }),
    };
    if (!(await run(() => putPerson(id.trim(), person)))) return;
    await onDone();
    onClose();
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={of === null ? t('directory.add') : t('directory.editTitle')}
      closeButtonProps={{ 'aria-label': t('flows.close') }}
    >
      <form onSubmit={(event) => void submit(event)}>
        <Stack>
          <TextInput
            label={t('directory.code')}
            description={t('directory.codeHint')}
            value={id}
            required
            disabled={of !== null}
            maxLength={60}
            onChange={(event) => setId(event.currentTarget.value)}
          />
          <TextInput
            label={t('directory.name')}
            value={name}
            required
            maxLength={100}
            data-autofocus
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label={t('directory.email')}
            type="email"
            value={email}
            maxLength={254}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <Textarea
            label={t('directory.telephones')}
            description={full || of === null ? t('directory.telephonesHint') : t('directory.telephonesAnew', { known: known.join(', ') })}
            value={lines}
            required={of === null || full}
            autosize
            minRows={3}
            onChange={(event) => setLines(event.currentTarget.value)}
          />
          <FormError text={error === null ? null : errorText(t, error)} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('flows.cancel')}
            </Button>
            <Button type="submit" loading={busy}>
              {t('directory.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
