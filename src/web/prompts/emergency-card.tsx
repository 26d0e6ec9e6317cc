import { Alert, Badge, Button, Group, Text, Textarea, TextInput, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LANGUAGES, type Language } from '../../domain/language.ts';
import { errorText } from '../api/error-text.ts';
import { askEmergency, type Emergency, type EmergencyChange, setEmergency } from '../api/switches.ts';
import { Icon } from '../icons.tsx';
import { whenText } from '../shared/dates.ts';
import { EmergencyPin } from './emergency-pin.tsx';
import classes from './prompts.module.css';

const KEY = ['emergency'] as const;

/** The announcement that every caller hears first: how it stands, and the switch. */
export function EmergencyCard() {
  const { t } = useTranslation();
  const emergency = useQuery({ queryKey: KEY, queryFn: askEmergency });
  if (emergency.error !== null)
    return (
      <Alert color="red" mb="md" icon={<Icon name="warning" />} title={t('emergency.title')}>
        {errorText(t, emergency.error)}
      </Alert>
    );
  return emergency.data === undefined ? null : <Card key={emergency.data.changed?.at ?? 0} emergency={emergency.data} />;
}

function Card({ emergency }: { readonly emergency: Emergency }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [text, setText] = useState<Record<Language, string>>({ tr: emergency.text.tr ?? '', en: emergency.text.en ?? '' });
  const [until, setUntil] = useState(localTime(emergency.until));
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  async function send(on: boolean): Promise<void> {
    setBusy(true);
    setError(null);
    try {
      queries.setQueryData(KEY, await setEmergency(changeOf(on, text, until)));
    } catch (reason) {
      setError(reason);
    } finally {
      setBusy(false);
    }
  }

  return (
    <section className={classes['emergency']} aria-labelledby="emergency-title" data-on={emergency.inForce || undefined}>
      <Group justify="space-between" gap="sm">
        <div>
          <Group gap="xs">
            <Title order={2} id="emergency-title">
              {t('emergency.title')}
            </Title>
            <State emergency={emergency} />
          </Group>
          <Text size="sm">{t(`emergency.effect.${emergency.inForce ? 'heard' : emergency.on ? 'waits' : 'notHeard'}`)}</Text>
          <Changed emergency={emergency} />
        </div>
        <Button
          color={emergency.on ? 'gray' : 'red'}
          variant={emergency.on ? 'default' : 'filled'}
          loading={busy}
          onClick={() => void send(!emergency.on)}
        >
          {emergency.on ? t('emergency.turnOff') : t('emergency.turnOn')}
        </Button>
      </Group>
      {error === null ? null : (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {errorText(t, error)}
        </Text>
      )}
      <details className={classes['users']}>
        <summary>{t('emergency.more')}</summary>
        <div className={classes['fields']}>
          {LANGUAGES.map((language) => (
            <Textarea
              key={language}
              label={t(`emergency.text.${language}`)}
              description={t('emergency.textHint')}
              lang={language}
              maxLength={1000}
              autosize
              minRows={2}
              value={text[language]}
              onChange={(event) => setText({ ...text, [language]: event.currentTarget.value })}
            />
          ))}
          <TextInput
            type="datetime-local"
            label={t('emergency.until')}
            description={t('emergency.untilHint')}
            value={until}
            onChange={(event) => setUntil(event.currentTarget.value)}
          />
          <EmergencyPin hasPin={emergency.hasPin} />
        </div>
        {emergency.on ? (
          <Button size="xs" mt="sm" loading={busy} onClick={() => void send(true)}>
            {t('emergency.save')}
          </Button>
        ) : null}
      </details>
    </section>
  );
}

function State({ emergency: { on, inForce } }: { readonly emergency: Emergency }) {
  const { t } = useTranslation();
  if (inForce)
    return (
      <Badge color="red" variant="light" tt="none" leftSection={<Icon name="warning" size={14} />}>
        {t('emergency.on')}
      </Badge>
    );
  return (
    <Badge color="gray" variant="light" tt="none">
      {on ? t('emergency.planned') : t('emergency.off')}
    </Badge>
  );
}

function Changed({ emergency: { changed } }: { readonly emergency: Emergency }) {
  const { t } = useTranslation();
  if (changed === null) return null;
  return (
    <Text size="xs" c="dimmed">
      {t(`emergency.changed.${changed.via}`, { name: changed.by, date: whenText(changed.at) })}
    </Text>
  );
}

function changeOf(on: boolean, text: Readonly<Record<Language, string>>, until: string): EmergencyChange {
  const words = LANGUAGES.flatMap((language) => (text[language].trim() === '' ? [] : [[language, text[language].trim()] as const]));
  return { on, text: Object.fromEntries(words), until: until === '' ? null : new Date(until).getTime() };
}

/** As a field of date and time has it, on the clock of this browser. */
function localTime(at: number | null): string {
  if (at === null) return '';
  return new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
