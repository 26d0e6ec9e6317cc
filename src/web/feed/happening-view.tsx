import { Text, VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isLanguage } from '../../domain/language.ts';
import { Icon, type IconName } from '../icons.tsx';
import { useExitName } from './exit-name.ts';
import type { Happening } from './steps.ts';
import classes from './timeline.module.css';
import { collectEnd, dialOutcome, dialTarget } from './words.ts';

/** One line below a node. */
export function HappeningView({ happening }: { readonly happening: Happening }) {
  switch (happening.kind) {
    case 'prompt':
      return <PromptLine prompt={happening} />;
    case 'keys':
      return <KeysLine keys={happening.keys} />;
    case 'digits':
      return <DigitsLine digits={happening} />;
    case 'exit':
      return <ExitLine exit={happening} />;
    case 'leg':
      return <LegLine leg={happening} />;
    case 'queue':
      return <QueueLine queue={happening} />;
    case 'no-input':
    case 'result':
    case 'language':
    case 'agent':
    case 'trouble':
    case 'note':
      return <PlainLine happening={happening} />;
  }
}

/** How a wait ends that the journal tells of. */
const QUEUE_ENDS = ['key', 'overflow', 'full', 'too-long', 'no-agents', 'closed', 'failed'] as const;

type Of<K extends Happening['kind']> = Extract<Happening, { readonly kind: K }>;

function Line({ icon, kind, children }: { readonly icon: IconName; readonly kind: Happening['kind']; readonly children: ReactNode }) {
  return (
    <div className={classes['line']} data-kind={kind}>
      <Icon name={icon} size={16} />
      <div className={classes['lineText']}>{children}</div>
    </div>
  );
}

function PromptLine({ prompt }: { readonly prompt: Of<'prompt'> }) {
  const { t } = useTranslation();
  return (
    <Line icon="speaker" kind="prompt">
      <VisuallyHidden>{t('feed.spoken')} </VisuallyHidden>
      <span lang={prompt.language} className={classes['prompt']}>
        {prompt.text}
      </span>{' '}
      <Text component="span" size="xs" c="dimmed">
        {isLanguage(prompt.language) ? prompt.language.toUpperCase() : ''}
      </Text>
    </Line>
  );
}

function KeysLine({ keys }: { readonly keys: Of<'keys'>['keys'] }) {
  const { t } = useTranslation();
  return (
    <Line icon="keypad" kind="keys">
      <VisuallyHidden>{t('feed.keys')} </VisuallyHidden>
      {keys.map(({ seq, key }) => (
        <kbd key={seq} className={classes['key']}>
          {key}
        </kbd>
      ))}
    </Line>
  );
}

function DigitsLine({ digits: { digits, length, end } }: { readonly digits: Of<'digits'> }) {
  const { t } = useTranslation();
  const known = collectEnd(end);
  return (
    <Line icon={end === 'matched' ? 'check' : 'warning'} kind="digits">
      <Text component="span" size="sm">
        {known === null ? end : t(`feed.digits.${known}`)}{' '}
        <Text component="span" inherit fw={650} ff="monospace">
          {digits ?? t('feed.secretDigits', { count: length })}
        </Text>
      </Text>
    </Line>
  );
}

function ExitLine({ exit: { exit, to } }: { readonly exit: Of<'exit'> }) {
  const { t } = useTranslation();
  const exitName = useExitName();
  return (
    <Line icon="arrow" kind="exit">
      <Text component="span" size="sm" c="dimmed">
        {t('feed.exit')} <span className={classes['name']}>{exitName(exit)}</span>
        {to === null ? null : (
          <>
            {' → '}
            <span className={classes['name']}>{to}</span>
          </>
        )}
      </Text>
    </Line>
  );
}

function LegLine({ leg: { what, detail } }: { readonly leg: Of<'leg'> }) {
  const { t } = useTranslation();
  const outcome = dialOutcome(detail);
  const target = dialTarget(detail);
  const told = target !== null ? t(`feed.target.${target}`) : outcome !== null ? t(`feed.outcome.${outcome}`) : detail;
  return (
    <Line icon={what === 'ended' ? 'hangUp' : 'forward'} kind="leg">
      <Text component="span" size="sm">
        {t(`feed.leg.${what}`)} {told}
      </Text>
    </Line>
  );
}

function QueueLine({ queue: { what, queue, how } }: { readonly queue: Of<'queue'> }) {
  const { t } = useTranslation();
  const end = QUEUE_ENDS.find((one) => one === how);
  return (
    <Line icon={what === 'queue-left' ? 'arrow' : 'clock'} kind="queue">
      <Text size="sm">
        {what === 'queue-left'
          ? t('feed.queueLeft', { queue, how: end === undefined ? '' : t(`feed.queueEnd.${end}`) })
          : t(`feed.queue.${what}`, { queue })}
      </Text>
    </Line>
  );
}

function PlainLine({ happening }: { readonly happening: Of<'no-input' | 'result' | 'language' | 'agent' | 'trouble' | 'note'> }) {
  const { t } = useTranslation();
  const exitName = useExitName();
  switch (happening.kind) {
    case 'agent':
      return (
        <Line icon={happening.what === 'agent-released' ? 'hangUp' : 'forward'} kind="agent">
          <Text size="sm">{t(`feed.agent.${happening.what}`)}</Text>
        </Line>
      );
    case 'no-input':
      return (
        <Line icon="clock" kind="no-input">
          <Text size="sm">{t('feed.noInput', { count: happening.count })}</Text>
        </Line>
      );
    case 'result':
      return (
        <Line icon={happening.outcome === 'ok' ? 'check' : 'info'} kind="result">
          <Text size="sm">
            {t('feed.result')}{' '}
            <span className={classes['name']}>{t(`feed.results.${happening.name as 'hours'}`, { defaultValue: happening.name })}</span>{' '}
            <span className={classes['name']}>{exitName(happening.outcome)}</span>
          </Text>
        </Line>
      );
    case 'language':
      return (
        <Line icon="language" kind="language">
          <Text size="sm">{isLanguage(happening.language) ? t(`feed.language.${happening.language}`) : happening.language}</Text>
        </Line>
      );
    case 'trouble':
      return (
        <Line icon="warning" kind="trouble">
          <Text size="sm" fw={600}>
            {t('feed.trouble')} <span className={classes['name']}>{happening.code}</span>
          </Text>
          <Text size="xs">{happening.message}</Text>
        </Line>
      );
    case 'note':
      return (
        <Line icon="info" kind="note">
          <Text size="sm" c="dimmed">
            {t(`feed.note.${happening.what}`)}
          </Text>
        </Line>
      );
  }
}
