import { useMantineTheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { FlowWords } from '../../api/flow-words.ts';
import type { FlowProblem } from '../../api/workshop.ts';
import { type CodeView, openCodeView } from './code-view.ts';
import classes from './editor.module.css';

/** A line to go to; a new object each time, so that the same line can be gone to twice. */
export interface GoTo {
  readonly line: number;
}

export interface EditorProps {
  readonly text: string;
  readonly onText: (text: string) => void;
  /** Of this text, or of the one shortly before. */
  readonly problems: readonly FlowProblem[];
  /** null until they are there: then nothing is completed. */
  readonly words: FlowWords | null;
  readonly goTo: GoTo | null;
  readonly onSave: () => void;
}

/** The flow's text, with completion and the checker's marks. Esc then Tab leaves it by keyboard. */
export function Editor({ text, onText, problems, words, goTo, onSave }: EditorProps) {
  const { t } = useTranslation();
  const { fontFamilyMonospace } = useMantineTheme();
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<CodeView | null>(null);
  const latest = useRef({ onText, onSave, words });
  latest.current = { onText, onSave, words };
  const start = useRef({ text, label: t('flows.text.label') });

  useEffect(() => {
    if (host.current === null) return;
    const opened = openCodeView(host.current, {
      ...start.current,
      onText: (next) => latest.current.onText(next),
      onSave: () => latest.current.onSave(),
      words: () => latest.current.words,
    });
    view.current = opened;
    return () => opened.close();
  }, []);
  useEffect(() => view.current?.show(text), [text]);
  useEffect(() => view.current?.mark(problems), [problems]);
  useEffect(() => {
    if (goTo !== null) view.current?.goTo(goTo.line);
  }, [goTo]);

  return <div ref={host} className={classes['editor']} style={{ '--editor-font': fontFamilyMonospace } as React.CSSProperties} />;
}
