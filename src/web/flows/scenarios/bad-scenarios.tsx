import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ScenarioReport } from '../../api/scenarios.ts';
import { ProblemList } from '../text/problem-list.tsx';
import { FailureView } from './failure-view.tsx';

export interface BadScenariosProps {
  readonly report: Pick<ScenarioReport, 'problems' | 'runs' | 'leftOut'>;
  /** The one that can be written here: `onOpen` leads to a line of it. */
  readonly file: string;
  readonly onOpen: (line: number) => void;
}

/** The report in a sentence: faults of the files, else how many went otherwise, else how many went as written. */
export function useVerdict(): (report: Pick<ScenarioReport, 'problems' | 'runs'>) => string {
  const { t } = useTranslation();
  return ({ problems, runs }) => {
    const faults = problems.filter(({ severity }) => severity === 'error').length;
    const red = runs.filter(({ failure }) => failure !== null).length;
    if (faults > 0) return t('flows.publish.scenariosFaulty', { count: faults });
    return red > 0 ? t('flows.publish.scenariosBad', { count: red }) : t('flows.publish.scenariosGood', { count: runs.length });
  };
}

/** What is wrong with scenario files, which scenarios went otherwise, and how many were not run. */
export function BadScenarios({ report: { problems, runs, leftOut }, file, onOpen }: BadScenariosProps) {
  const { t } = useTranslation();
  const red = runs.filter(({ failure }) => failure !== null);
  return (
    <Stack gap="xs">
      {problems.length === 0 ? null : <ProblemList problems={problems} file={file} onOpen={onOpen} />}
      {leftOut === 0 ? null : <Text size="sm">{t('flows.publish.leftOut', { count: leftOut })}</Text>}
      {red.map((run) => (
        <FailureView key={`${run.file}:${run.name}:${run.language}`} run={run} onOpen={run.file.endsWith(file) ? onOpen : undefined} />
      ))}
    </Stack>
  );
}
