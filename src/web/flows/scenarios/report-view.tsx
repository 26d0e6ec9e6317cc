import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Coverage, ScenarioReport } from '../../api/scenarios.ts';
import { Icon } from '../../icons.tsx';
import { FailureView } from './failure-view.tsx';
import classes from './scenarios.module.css';

/** How the scenarios went, the red ones first, and what they walked through. `file` is the one that can be written here. */
export function ReportView({
  report,
  file,
  onOpen,
}: {
  readonly report: ScenarioReport;
  readonly file: string;
  readonly onOpen: (line: number) => void;
}) {
  const { t } = useTranslation();
  const red = report.runs.filter(({ failure }) => failure !== null);
  const green = report.runs.length - red.length;
  return (
    <section className={classes['report']} aria-label={t('flows.scenarios.report')} data-ok={report.ok}>
      <Text size="sm" fw={600} role="status" className={classes[red.length === 0 && report.ok ? 'good' : 'bad']}>
        <Icon name={report.ok ? 'check' : 'warning'} size={16} />{' '}
        {red.length === 0 ? t('flows.publish.scenariosGood', { count: green }) : t('flows.publish.scenariosBad', { count: red.length })}
      </Text>
      {report.leftOut === 0 ? null : <Text size="sm">{t('flows.publish.leftOut', { count: report.leftOut })}</Text>}
      {red.map((run) => (
        <FailureView key={`${run.file}:${run.name}:${run.language}`} run={run} onOpen={run.file.endsWith(file) ? onOpen : undefined} />
      ))}
      {report.coverage.map((one) => (
        <CoverageView key={one.flow} coverage={one} />
      ))}
    </section>
  );
}

function CoverageView({ coverage: { nodes, exits, untakenNodes, untakenExits } }: { readonly coverage: Coverage }) {
  const { t } = useTranslation();
  const counts = { nodes, exits, nodesTaken: nodes - untakenNodes.length, exitsTaken: exits - untakenExits.length };
  const untaken = [...untakenNodes, ...untakenExits];
  return (
    <div data-coverage={`${counts.nodesTaken}/${nodes}`}>
      <Text size="sm">{t('flows.scenarios.coverage', counts)}</Text>
      {untaken.length === 0 ? null : (
        <details className={classes['untaken']}>
          <summary>{t('flows.scenarios.untaken', { count: untaken.length })}</summary>
          <ul>
            {untaken.map((name) => (
              <li key={name}>
                <code>{name}</code>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
