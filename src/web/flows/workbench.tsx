import { Container, Tabs } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { loadFlowWords } from '../api/flow-words.ts';
import { loadFigures, type OpenedFlow } from '../api/workshop.ts';
import { Waiting } from '../shell/waiting.tsx';
import { figuresKey, WORDS } from './queries.ts';
import { ScenariosPanel } from './scenarios/scenarios-panel.tsx';
import { choicesAt } from './text/choices.ts';
import type { GoTo } from './text/editor.tsx';
import { ProblemList } from './text/problem-list.tsx';
import { Simulator } from './try/simulator.tsx';
import { useInspection } from './use-inspection.ts';
import { useWork } from './use-work.ts';
import { Versions } from './versions/versions.tsx';
import { WorkBar } from './work-bar.tsx';
import classes from './workbench.module.css';

const Drawing = lazy(async () => ({ default: (await import('./drawing/drawing.tsx')).Drawing }));
const Editor = lazy(async () => ({ default: (await import('./text/editor.tsx')).Editor }));

/** How often the counts are asked for again. */
const FIGURES_MS = 30_000;
/** Where drawing and text find room beside each other. */
const WIDE = '(min-width: 62em)';
const PANELS = ['drawing', 'text', 'scenarios', 'try', 'versions'] as const;
type Panel = (typeof PANELS)[number];

export interface WorkbenchProps {
  readonly flow: string;
  readonly opened: OpenedFlow;
  readonly onReload: () => Promise<void>;
}

/** A flow's drawing, text and versions side by side, or one at a time where there is little room. */
export function Workbench({ flow, opened, onReload }: WorkbenchProps) {
  const { t } = useTranslation();
  const work = useWork(flow, opened, onReload);
  const inspection = useInspection(flow, work.text);
  const words = useQuery({ queryKey: WORDS, queryFn: loadFlowWords, staleTime: 5 * 60_000 });
  const figures = useQuery({
    queryKey: figuresKey(flow),
    queryFn: () => loadFigures(flow),
    enabled: opened.published !== null,
    refetchInterval: FIGURES_MS,
  });
  const wide = useMediaQuery(WIDE, true, { getInitialValueInEffect: false });
  const [panel, setPanel] = useState<Panel>('drawing');
  const [goTo, setGoTo] = useState<(GoTo & { readonly in: Panel }) | null>(null);
  const lineIn = (which: Panel): GoTo | null => (goTo?.in === which ? goTo : null);
  /** The node that the simulator stands at. */
  const [at, setAt] = useState<string | null>(null);
  const shown = wide && panel === 'drawing' ? 'text' : panel;
  const open = useCallback((line: number): void => {
    setPanel('text');
    setGoTo({ line, in: 'text' });
  }, []);

  const openScenario = useCallback((line: number): void => {
    setPanel('scenarios');
    setGoTo({ line, in: 'scenarios' });
  }, []);

  const problems = inspection.data?.problems ?? [];
  const outline = inspection.data?.outline ?? null;
  const drawing = (
    <Suspense fallback={<Waiting />}>
      {outline === null ? (
        <p className={classes['empty']}>{inspection.data === undefined ? t('shell.loading') : t('flows.drawing.nothing')}</p>
      ) : (
        <Drawing outline={outline} problems={problems} steps={figures.data ?? null} current={at} onOpen={open} />
      )}
    </Suspense>
  );

  return (
    <Container fluid px={{ base: 'sm', sm: 'lg' }} py="sm" className={classes['page']}>
      <WorkBar
        work={work}
        title={outline?.title ?? {}}
        inspection={inspection}
        onPublished={onReload}
        onOpen={open}
        onOpenScenario={openScenario}
      />
      <div className={classes['bench']}>
        {wide ? <div className={classes['drawing']}>{drawing}</div> : null}
        <Tabs
          value={shown}
          onChange={(value) => setPanel(PANELS.find((one) => one === value) ?? 'text')}
          className={classes['panels'] ?? ''}
          keepMounted={false}
        >
          <Tabs.List>
            {PANELS.filter((one) => !wide || one !== 'drawing').map((one) => (
              <Tabs.Tab key={one} value={one}>
                {t(`flows.panel.${one}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value="drawing" className={classes['panel'] ?? ''}>
            {drawing}
          </Tabs.Panel>
          <Tabs.Panel value="text" className={classes['panel'] ?? ''}>
            <Suspense fallback={<Waiting />}>
              <Editor
                text={work.text}
                onText={work.setText}
                problems={problems.filter(({ file }) => file === `${flow}.yaml`)}
                label={t('flows.text.label')}
                choices={(whole, offset) => (words.data === undefined ? null : choicesAt(whole, offset, words.data))}
                goTo={lineIn('text')}
                onSave={() => void work.save()}
              />
            </Suspense>
            {/* Before the checker has answered nothing is known to be clean. */}
            {inspection.data === undefined ? null : <ProblemList problems={problems} file={`${flow}.yaml`} onOpen={open} />}
          </Tabs.Panel>
          <Tabs.Panel value="scenarios" className={classes['panel'] ?? ''}>
            <ScenariosPanel
              work={work}
              others={opened.scenarios.others}
              words={words.data ?? null}
              goTo={lineIn('scenarios')}
              onOpen={openScenario}
            />
          </Tabs.Panel>
          <Tabs.Panel value="try" keepMounted className={classes['panel'] ?? ''}>
            <Simulator work={work} onAt={setAt} onWritten={() => setPanel('scenarios')} />
          </Tabs.Panel>
          <Tabs.Panel value="versions" className={classes['panel'] ?? ''}>
            <Versions work={work} onRolledBack={onReload} />
          </Tabs.Panel>
        </Tabs>
      </div>
    </Container>
  );
}
