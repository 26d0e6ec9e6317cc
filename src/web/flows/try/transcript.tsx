import { Text } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { SimulationLine } from '../../api/simulations.ts';
import { useExitName } from '../../feed/exit-name.ts';
import { currentLanguage } from '../../i18n.ts';
import { Icon } from '../../icons.tsx';
import { useTypeName } from '../words.ts';
import classes from './simulator.module.css';

/** What was heard and done, line by line, the newest in sight. */
export function Transcript({ lines, playing }: { readonly lines: readonly SimulationLine[]; readonly playing: number | null }) {
  const { t } = useTranslation();
  const end = useRef<HTMLDivElement>(null);
  const count = lines.length;
  useEffect(() => {
    if (count > 0) end.current?.scrollIntoView({ block: 'nearest' });
  }, [count]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <div className={classes['transcript']} role="log" aria-label={t('flows.try.transcript')} tabIndex={0}>
      {lines.map((line) => (
        <Line key={line.at} line={line} sounding={line.at === playing} />
      ))}
      <div ref={end} />
    </div>
  );
}

/** In the language shown, as far as it is told in it. */
function Fault({ message, tr }: { readonly message: string; readonly tr: string | null }) {
  return currentLanguage() === 'tr' && tr !== null ? <span lang="tr">{tr}</span> : <span lang="en">{message}</span>;
}

function Line({ line, sounding }: { readonly line: SimulationLine; readonly sounding: boolean }) {
  const { t } = useTranslation();
  const typeName = useTypeName();
  const exitName = useExitName();
  switch (line.kind) {
    case 'heard':
    case 'cut':
      return (
        <div className={classes['heard']} data-kind={line.kind} data-sounding={sounding ? '' : undefined} lang={line.language}>
          <Icon name="speaker" size={16} />
          <span>
            {line.text}
            {line.kind === 'cut' ? ` (${t('flows.try.cut')})` : ''}
          </span>
        </div>
      );
    case 'did':
      return <div className={classes['did']}>{didText(t, line)}</div>;
    case 'entered':
      return (
        <div className={classes['node']}>
          <strong>{line.node}</strong> · {typeName(line.type)}
        </div>
      );
    case 'exit':
      return line.exit === 'next' ? null : (
        <Text size="xs" c="dimmed">
          {t('feed.exit')}: {exitName(line.exit)}
          {line.to === null ? '' : ` → ${line.to}`}
        </Text>
      );
    case 'no-input':
      return <Text size="xs">{t('feed.noInput', { count: line.count })}</Text>;
    case 'language':
      return <Text size="xs">{t(`feed.language.${line.language}`)}</Text>;
    case 'result':
    case 'asked':
    case 'effect':
      return (
        <div className={classes['fact']}>
          <strong>{t(`flows.try.${line.kind}`)}</strong> {line.name}: <code>{line.outcome}</code>
        </div>
      );
    case 'fault':
      return (
        <div className={classes['fault']}>
          <strong>{t('feed.trouble')}</strong> {line.node}: <Fault message={line.message} tr={line.tr} />
        </div>
      );
  }
}

const SAID = ['press', 'silence', 'hang-up', 'recorded', 'dialled', 'queued', 'result', 'wait'] as const;

function didText(t: TFunction, { what, keys, outcome }: SimulationLine & { readonly kind: 'did' }): string {
  const known = SAID.find((one) => one === what) ?? 'wait';
  const more = keys ?? (what === 'press' ? '•••' : (outcome ?? ''));
  return more === '' ? t(`flows.try.did.${known}`) : `${t(`flows.try.did.${known}`)}: ${more}`;
}
