import { Button, Code, Group, Select, Text } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '../../api/error-text.ts';
import type { FlowWords } from '../../api/flow-words.ts';
import { type FlowScenarios, runScenarios, type ScenarioReport } from '../../api/scenarios.ts';
import { Icon } from '../../icons.tsx';
import { FormError } from '../../shared/form-error.tsx';
import { useDeed } from '../../shared/use-deed.ts';
import { Waiting } from '../../shell/waiting.tsx';
import { scenarioChoicesAt } from '../text/choices.ts';
import type { GoTo } from '../text/editor.tsx';
import { ProblemList } from '../text/problem-list.tsx';
import type { Work } from '../use-work.ts';
import { firstScenarios } from './first-text.ts';
import { ReportView } from './report-view.tsx';
import classes from './scenarios.module.css';
import { useScenarioInspection } from './use-scenario-inspection.ts';

const Editor = lazy(async () => ({ default: (await import('../text/editor.tsx')).Editor }));

interface PanelProps {
  readonly work: Work;
  readonly others: FlowScenarios['others'];
  /** null until they are there: then nothing is completed. */
  readonly words: FlowWords | null;
  readonly goTo: GoTo | null;
  readonly onOpen: (line: number) => void;
}

/** The flow's scenarios: read, written, checked as they are written, and run. */
export function ScenariosPanel({ work, others, words, goTo, onOpen }: PanelProps) {
  const { t } = useTranslation();
  const file = `${work.flow}.test.yaml`;
  const [shown, setShown] = useState(file);
  const [report, setReport] = useState<ScenarioReport | null>(null);
  const { busy, error, run } = useDeed();
  const other = others.find((one) => one.file === shown);
  const { text, scenarios } = work;
  const runAll = (): void => void run(async () => setReport(await runScenarios(work.flow, text, scenarios)));
  return (
    <section className={classes['panel']} aria-label={t('flows.panel.scenarios')}>
      <Group gap="xs" align="flex-end">
        <Button leftSection={<Icon name="check" size={16} />} loading={busy} onClick={runAll} disabled={scenarios.trim() === ''}>
          {t('flows.scenarios.run')}
        </Button>
        {others.length === 0 ? null : (
          <Select
            label={t('flows.scenarios.file')}
            data={[file, ...others.map((one) => one.file)]}
            value={shown}
            onChange={(value) => setShown(value ?? file)}
            allowDeselect={false}
          />
        )}
      </Group>
      <FormError text={error === null ? null : errorText(t, error)} />
      {other !== undefined ? (
        <>
          <Text size="sm">{t('flows.scenarios.onDisk')}</Text>
          <Code block className={classes['other'] ?? ''}>
            {other.source}
          </Code>
        </>
      ) : (
        <Written work={work} words={words} goTo={goTo} onOpen={onOpen} />
      )}
      {report === null ? null : <ReportView report={report} file={file} onOpen={onOpen} />}
    </section>
  );
}

function Written({ work, words, goTo, onOpen }: Omit<PanelProps, 'others'>) {
  const { t } = useTranslation();
  const inspection = useScenarioInspection(work);
  const problems = inspection.data ?? [];
  if (work.scenarios === '')
    return (
      <>
        <Text size="sm">{t('flows.scenarios.none')}</Text>
        <Group>
          <Button
            variant="default"
            leftSection={<Icon name="plus" size={16} />}
            onClick={() => work.setScenarios(firstScenarios(work.flow))}
          >
            {t('flows.scenarios.begin')}
          </Button>
        </Group>
      </>
    );
  return (
    <>
      <div className={classes['text']}>
        <Suspense fallback={<Waiting />}>
          <Editor
            text={work.scenarios}
            onText={work.setScenarios}
            problems={problems}
            label={t('flows.scenarios.label')}
            choices={(text, offset) => (words === null ? null : scenarioChoicesAt(text, offset, words, work.text))}
            goTo={goTo}
            onSave={() => void work.save()}
          />
        </Suspense>
      </div>
      <FormError text={inspection.error === null ? null : errorText(t, inspection.error)} />
      {inspection.data === undefined ? null : <ProblemList problems={problems} file={`${work.flow}.test.yaml`} onOpen={onOpen} />}
    </>
  );
}
