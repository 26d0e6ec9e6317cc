import { Text, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FlowProblem } from '../../api/flow-problems.ts';
import { Icon } from '../../icons.tsx';
import { problemWords } from '../words.ts';
import classes from './problem-list.module.css';

/** What the checker says, worst first; each leads to its place. `file` is the flow's own. */
export function ProblemList({
  problems,
  file,
  onOpen,
}: {
  readonly problems: readonly FlowProblem[];
  readonly file: string;
  readonly onOpen: (line: number) => void;
}) {
  const { t } = useTranslation();
  const sorted = problems.toSorted((a, b) => RANK[a.severity] - RANK[b.severity]);
  if (sorted.length === 0)
    return (
      <Text size="sm" className={classes['fine']} data-check="clean">
        <Icon name="check" size={16} /> {t('flows.text.clean')}
      </Text>
    );
  return (
    <ul className={classes['list']} aria-label={t('flows.text.problems')}>
      {sorted.map((problem) => (
        <li key={`${problem.file}:${problem.line}:${problem.column}:${problem.message}`} data-severity={problem.severity}>
          <UnstyledButton className={classes['problem']} disabled={problem.file !== file} onClick={() => onOpen(problem.line)}>
            <span className={classes['place']} data-severity={problem.severity}>
              <Icon name={problem.severity === 'info' ? 'info' : 'warning'} size={14} />
              {t(`flows.text.severity.${problem.severity}`)}
              {problem.file === file ? ` · ${t('flows.text.line', { line: problem.line })}` : ` · ${problem.file}:${problem.line}`}
              {problem.node === null ? '' : ` · ${problem.node}`}
            </span>
            <Told problem={problem} />
          </UnstyledButton>
        </li>
      ))}
    </ul>
  );
}

function Told({ problem }: { readonly problem: FlowProblem }) {
  const { language, message, remedy } = problemWords(problem);
  return (
    <span lang={language}>
      {message}
      {remedy === '' ? '' : `. ${remedy}`}
    </span>
  );
}

const RANK: { readonly [S in FlowProblem['severity']]: number } = { error: 0, warning: 1, info: 2 };
