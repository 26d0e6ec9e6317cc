import type { Course, CourseStep } from '../api/campaigns.ts';
import type { Column, Report, ReportRow } from '../api/reports.ts';

export const COURSE_LINES = ['made', 'answered', 'delivered'] as const satisfies readonly (keyof CourseStep)[];
export type CourseLine = (typeof COURSE_LINES)[number];

const FIGURE = 'calls';

/** The course of a campaign as the chart of reports draws it, a line for each of `COURSE_LINES`. A step without calls is a zero, not a gap. */
export function courseReport(
  { stepMs, steps }: Course,
  zone: string,
  names: Readonly<Record<CourseLine | 'title', string>>,
): Report & { readonly column: Column } {
  const label = (name: CourseLine | 'title') => ({ tr: names[name], en: names[name] });
  const column: Column = { id: FIGURE, label: label('title'), kind: 'count', formula: null };
  const known = new Map(steps.map((step) => [step.at, step]));
  const [first, last] = [steps[0]?.at ?? 0, steps.at(-1)?.at ?? 0];
  const rows: ReportRow[] = [];
  for (let from = first; from <= last; from += stepMs)
    for (const key of COURSE_LINES)
      rows.push({ from, to: from + stepMs, key, figures: new Map([[FIGURE, known.get(from)?.[key] ?? 0]]), gapMs: 0 });
  const totals = COURSE_LINES.map((key) => ({ key, figures: new Map([[FIGURE, steps.reduce((sum, step) => sum + step[key], 0)]]) }));
  const lines = new Map(COURSE_LINES.map((key) => [key, label(key)]));
  return { zone, columns: [column], column, legend: [], levels: [], names: lines, rows, totals, gapMs: 0 };
}
