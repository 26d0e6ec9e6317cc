import { Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './diff-view.module.css';
import { type DiffLine, diffLines, partsOf } from './line-diff.ts';

/** Two texts laid beside each other, line by line, told by sign, colour and word. */
export function DiffView({ before, after }: { readonly before: string; readonly after: string }) {
  const { t } = useTranslation();
  const lines = useMemo(() => diffLines(before, after), [before, after]);
  if (lines.every(({ kind }) => kind === 'same')) return <Text size="sm">{t('flows.versions.same')}</Text>;
  const count = (kind: DiffLine['kind']): number => lines.filter((line) => line.kind === kind).length;
  return (
    <>
      <Text size="sm" mb={4}>
        {t('flows.versions.added', { count: count('added') })}, {t('flows.versions.removed', { count: count('removed') })}
      </Text>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section className={classes['diff']} aria-label={t('flows.versions.differences')} tabIndex={0}>
        {partsOf(lines).map((part) =>
          part.kind === 'skipped' ? (
            <div key={`skipped-${part.from}`} className={classes['skipped']}>
              {t('flows.versions.skipped', { count: part.count })}
            </div>
          ) : (
            part.lines.map((line) => <Line key={`${line.before}-${line.after}`} line={line} />)
          ),
        )}
      </section>
    </>
  );
}

const SIGNS = { same: ' ', added: '+', removed: '−' } as const;

function Line({ line: { kind, text, before, after } }: { readonly line: DiffLine }) {
  return (
    <div className={classes['line']} data-kind={kind}>
      <span className={classes['number']}>{before ?? ''}</span>
      <span className={classes['number']}>{after ?? ''}</span>
      <span>{SIGNS[kind]}</span>
      <code>{text}</code>
    </div>
  );
}
