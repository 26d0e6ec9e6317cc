import { Button, Modal, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { errorText } from '../api/error-text.ts';
import { saveDraft } from '../api/workshop.ts';
import { useSubmit } from '../login/use-submit.ts';
import { FormError } from '../shared/form-error.tsx';
import { FLOWS } from './queries.ts';

/** What the engine takes as a flow’s name. */
const NAME = /^[a-z][a-z0-9-]{0,59}$/;

/** The smallest flow that is whole. */
export function firstText(name: string): string {
  return `flow: ${name}
title: { tr: "${name}", en: "${name}" }
start: welcome
exits: { error: bye }

nodes:
  welcome: { type: say, prompt: { text: { tr: Merhaba., en: Hello. } }, next: bye }
  bye: { type: hangup }
`;
}

/** Asks for a name and begins a draft. */
export function NewFlow({
  opened,
  taken,
  onClose,
}: {
  readonly opened: boolean;
  readonly taken: readonly string[];
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const fault = !NAME.test(name) ? t('flows.new.nameWrong') : taken.includes(name) ? t('flows.new.nameTaken') : null;
  async function begin(): Promise<void> {
    await saveDraft(name, { source: firstText(name), scenarios: null, basedOn: null, seen: null });
    await queries.invalidateQueries({ queryKey: FLOWS });
    await navigate(`/flows/${name}`);
  }
  const { busy, tried, error, onSubmit } = useSubmit(() => (fault === null ? begin() : false));
  return (
    <Modal opened={opened} onClose={onClose} title={t('flows.new.title')} closeButtonProps={{ 'aria-label': t('flows.close') }}>
      <form onSubmit={onSubmit} noValidate>
        <Stack>
          <FormError text={error === null ? null : errorText(t, error)} />
          <TextInput
            label={t('flows.new.name')}
            description={t('flows.new.nameRule')}
            data-autofocus
            autoCapitalize="none"
            spellCheck={false}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={tried ? fault : null}
          />
          <Button type="submit" loading={busy}>
            {t('flows.new.begin')}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
