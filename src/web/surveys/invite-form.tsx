import { Alert, Button, CopyButton, Group, NativeSelect, NumberInput, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isLanguage, type Language } from '../../domain/language.ts';
import { errorText } from '../api/error-text.ts';
import { inviteToSurvey, type SurveyInfo } from '../api/surveys.ts';
import { currentLanguage } from '../i18n.ts';
import { Panel } from './report-view.tsx';

const USUAL_HOURS = 72;
const MOST_HOURS = 8760;
const LONGEST_TAG = 60;

/** Makes a link for one person, to be handed over. */
export function InviteForm({ survey }: { readonly survey: SurveyInfo }) {
  const { t } = useTranslation();
  const [language, setLanguage] = useState<Language>(currentLanguage());
  const [dealer, setDealer] = useState('');
  const [agent, setAgent] = useState('');
  const [hours, setHours] = useState<number>(USUAL_HOURS);
  const invite = useMutation({ mutationFn: () => inviteToSurvey(survey.id, { language, dealer, agent, hours }) });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    invite.mutate();
  };
  return (
    <Panel title={t('surveys.invite')}>
      <form onSubmit={submit}>
        <Group align="flex-end" gap="sm">
          <NativeSelect
            label={t('surveys.language')}
            value={language}
            onChange={({ currentTarget: { value } }) => isLanguage(value) && setLanguage(value)}
            data={[
              { value: 'tr', label: 'Türkçe' },
              { value: 'en', label: 'English' },
            ]}
          />
          <TextInput
            label={t('surveys.dealer')}
            value={dealer}
            maxLength={LONGEST_TAG}
            onChange={(event) => setDealer(event.currentTarget.value)}
          />
          <TextInput
            label={t('surveys.agent')}
            value={agent}
            maxLength={LONGEST_TAG}
            onChange={(event) => setAgent(event.currentTarget.value)}
          />
          <NumberInput
            label={t('surveys.hours')}
            value={hours}
            min={1}
            max={MOST_HOURS}
            allowDecimal={false}
            clampBehavior="strict"
            onChange={(value) => setHours(Number(value) || 1)}
          />
          <Button type="submit" loading={invite.isPending}>
            {t('surveys.makeLink')}
          </Button>
        </Group>
      </form>
      {invite.error !== null && (
        <Alert color="red" mt="sm">
          {errorText(t, invite.error)}
        </Alert>
      )}
      {invite.data !== undefined && <MadeLink url={invite.data} />}
    </Panel>
  );
}

function MadeLink({ url }: { readonly url: string }) {
  const { t } = useTranslation();
  return (
    <Stack gap="xs" mt="md">
      <TextInput
        label={t('surveys.link')}
        description={t('surveys.linkHint')}
        value={url}
        readOnly
        onFocus={(event) => event.currentTarget.select()}
      />
      <CopyButton value={url}>
        {({ copied, copy }) => (
          <Button variant="default" onClick={copy} w="fit-content">
            {copied ? t('surveys.copied') : t('surveys.copy')}
          </Button>
        )}
      </CopyButton>
    </Stack>
  );
}
