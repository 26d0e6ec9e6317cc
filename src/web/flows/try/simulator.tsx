import { Button, Group, Select, Switch, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isLanguage, LANGUAGES } from '../../../domain/language.ts';
import { errorText } from '../../api/error-text.ts';
import { currentLanguage } from '../../i18n.ts';
import { Icon } from '../../icons.tsx';
import { FormError } from '../../shared/form-error.tsx';
import type { Work } from '../use-work.ts';
import { Deeds } from './deeds.tsx';
import { RecordForm } from './record-form.tsx';
import classes from './simulator.module.css';
import { Transcript } from './transcript.tsx';
import { useSimulation } from './use-simulation.ts';
import { useSound } from './use-sound.ts';

/** Plays the flow without a telephone: keys, silence, hang-up, both languages, with sound. */
export function Simulator({
  work,
  onAt,
  onWritten,
}: {
  readonly work: Work;
  readonly onAt: (node: string | null) => void;
  /** What was played stands among the scenarios now. */
  readonly onWritten: () => void;
}) {
  const { t } = useTranslation();
  const { flow, text, published } = work;
  const [language, setLanguage] = useState(currentLanguage());
  const [source, setSource] = useState<'text' | 'published'>('text');
  const [sound, setSound] = useState(true);
  const trial = useSimulation(flow, onAt);
  const { simulation, lines, busy, error } = trial;
  const playing = useSound(simulation?.id ?? null, lines, sound);
  const sources = [
    { value: 'text', label: t('flows.try.text') },
    ...(published === null ? [] : [{ value: 'published', label: t('flows.try.published') }]),
  ];
  return (
    <section className={classes['simulator']} aria-label={t('flows.panel.try')}>
      <Group gap="xs" align="flex-end">
        <Select
          label={t('flows.try.source')}
          data={sources}
          value={source}
          onChange={(value) => setSource(value === 'published' ? 'published' : 'text')}
          allowDeselect={false}
          w={170}
        />
        <Select
          label={t('flows.try.language')}
          data={LANGUAGES.map((one) => ({ value: one, label: t(`flows.try.languages.${one}`) }))}
          value={language}
          onChange={(value) => isLanguage(value) && setLanguage(value)}
          allowDeselect={false}
          w={120}
        />
        <Button
          leftSection={<Icon name="phone" size={16} />}
          loading={busy && simulation === null}
          onClick={() => trial.begin(language, source === 'text' ? text : null)}
        >
          {simulation === null ? t('flows.try.begin') : t('flows.try.again')}
        </Button>
        <Switch label={t('flows.try.sound')} checked={sound} onChange={(event) => setSound(event.currentTarget.checked)} mb={8} />
      </Group>
      <FormError text={error === null ? null : errorText(t, error)} />
      {simulation === null ? (
        <Text size="sm" c="dimmed">
          {t('flows.try.hint')}
        </Text>
      ) : (
        <>
          <Transcript lines={lines} playing={playing} />
          <Deeds simulation={simulation} onDeed={trial.send} />
          <RecordForm key={simulation.id} id={simulation.id} work={work} onWritten={onWritten} />
        </>
      )}
    </section>
  );
}
