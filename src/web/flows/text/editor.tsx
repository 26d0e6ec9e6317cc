import { useMantineTheme } from '@mantine/core';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { Language } from '../../../domain/language.ts';
import type { FlowProblem } from '../../api/flow-problems.ts';
import { currentLanguage } from '../../i18n.ts';
import { problemWords } from '../words.ts';
import { type CodeView, type CodeViewNeeds, openCodeView } from './code-view.ts';
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
  /** For screen readers. */
  readonly label: string;
  readonly choices: CodeViewNeeds['choices'];
  readonly goTo: GoTo | null;
  readonly onSave: () => void;
}

/** A text of YAML, with completion and the checker's marks. Esc then Tab leaves it by keyboard. */
export function Editor({ text, onText, problems, label, choices, goTo, onSave }: EditorProps) {
  const { fontFamilyMonospace } = useMantineTheme();
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<CodeView | null>(null);
  const [start] = useState({ text, label });
  const tell = useEffectEvent((next: string) => onText(next));
  const save = useEffectEvent(() => onSave());
  const known = useEffectEvent((whole: string, offset: number) => choices(whole, offset));
  const shown = currentLanguage();
  const mark = useEffectEvent((found: readonly FlowProblem[], language: Language) => {
    view.current?.mark(
      found.map((one) => {
        const { message, remedy } = problemWords(one, language);
        return { ...one, message, remedy };
      }),
    );
  });

  useEffect(() => {
    if (host.current === null) return;
    const opened = openCodeView(host.current, {
      ...start,
      onText: (next) => tell(next),
      onSave: () => save(),
      choices: (whole, offset) => known(whole, offset),
    });
    view.current = opened;
    return () => opened.close();
  }, [start]);
  useEffect(() => view.current?.show(text), [text]);
  useEffect(() => mark(problems, shown), [problems, shown]);
  useEffect(() => {
    if (goTo !== null) view.current?.goTo(goTo.line);
  }, [goTo]);

  return <div ref={host} className={classes['editor']} style={{ '--editor-font': fontFamilyMonospace } as React.CSSProperties} />;
}
