import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Coverage, ScenarioReport } from '../../api/scenarios.ts';
import { Icon } from '../../icons.tsx';
import { BadScenarios, useVerdict } from './bad-scenarios.tsx';
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
  const verdict = useVerdict();
  return (
    <section className={classes['report']} aria-label={t('flows.scenarios.report')} data-ok={report.ok}>
      <Text size="sm" fw={600} role="status" className={classes[report.ok ? 'good' : 'bad']}>
        <Icon name={report.ok ? 'check' : 'warning'} size={16} /> {verdict(report)}
      </Text>
      <BadScenarios report={report} file={file} onOpen={onOpen} />
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
