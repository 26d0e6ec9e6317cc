import { Anchor, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ScenarioRun } from '../../api/scenarios.ts';
import { currentLanguage } from '../../i18n.ts';
import classes from './scenarios.module.css';

/** A scenario that goes otherwise: the step, what it says, and what happened. `onOpen` leads to its line. */
export function FailureView({ run, onOpen }: { readonly run: ScenarioRun; readonly onOpen?: ((line: number) => void) | undefined }) {
  const { t } = useTranslation();
  const { file, name, language, failure } = run;
  if (failure === null) return null;
  const translated = currentLanguage() === 'tr' ? failure.tr : null;
  const told = translated ?? failure;
  const place = `${file}:${failure.line}`;
  return (
    <div className={classes['failure']} data-failed={name}>
      <Text size="sm" fw={600}>
        {name} ({t(`flows.try.languages.${language}`)})
      </Text>
      {onOpen === undefined ? (
        <Text size="xs" c="dimmed">
          {place}
        </Text>
      ) : (
        <Anchor component="button" type="button" size="xs" onClick={() => onOpen(failure.line)}>
          {place}
        </Anchor>
      )}
      <dl className={classes['facts']}>
        <dt>{t('flows.scenarios.step')}</dt>
        <dd>
          <code>{failure.step}</code>
        </dd>
        <dt>{t('flows.scenarios.what')}</dt>
        <dd lang={translated === null ? 'en' : 'tr'}>{told.message}</dd>
        <dt>{t('flows.scenarios.expected')}</dt>
        <dd data-expected="">{told.expected}</dd>
        <dt>{t('flows.scenarios.actual')}</dt>
        <dd data-actual="">{told.actual}</dd>
      </dl>
    </div>
  );
}
