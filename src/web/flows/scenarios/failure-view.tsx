import { Anchor, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ScenarioRun } from '../../api/scenarios.ts';
import classes from './scenarios.module.css';

/** A scenario that goes otherwise: the step, what it says, and what happened. `onOpen` leads to its line. */
export function FailureView({ run, onOpen }: { readonly run: ScenarioRun; readonly onOpen?: ((line: number) => void) | undefined }) {
  const { t } = useTranslation();
  const { file, name, language, failure } = run;
  if (failure === null) return null;
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
        <dd lang="en">{failure.message}</dd>
        <dt>{t('flows.scenarios.expected')}</dt>
        <dd data-expected="">{failure.expected}</dd>
        <dt>{t('flows.scenarios.actual')}</dt>
        <dd data-actual="">{failure.actual}</dd>
      </dl>
    </div>
  );
}
