import { Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import type { SurveyReport } from '../api/surveys.ts';
import { currentLanguage } from '../i18n.ts';
import { mainFigure, shown, spanOf } from './numbers.ts';
import classes from './surveys.module.css';

/** Before the place is measured. */
const FIRST_WIDTH = 600;
const HEIGHT = 200;
const LEFT = 40;
const PAD = 12;

type Days = SurveyReport['days'];

/** The figure day by day as a line; the numbers stand in its description, for those who cannot see it. */
export function Trend({ days }: { readonly days: Days }) {
  const { t } = useTranslation();
  const { ref, width: measured } = useElementSize<HTMLElement>();
  const wide = measured > 0 ? measured : FIRST_WIDTH;
  const language = currentLanguage();
  const points = days.flatMap(({ day, figures }) => {
    const value = mainFigure(figures);
    return value === null ? [] : [{ day, value, answers: figures.answers }];
  });
  const [first] = days;
  const last = points.at(-1);
  if (first === undefined || points[0] === undefined || last === undefined) return <Text c="dimmed">{t('surveys.noAnswers')}</Text>;
  const { low, high } = spanOf(first.figures);
  const begin = timeOf(points[0].day);
  const time = Math.max(1, timeOf(last.day) - begin);
  const x = (day: string): number => LEFT + ((timeOf(day) - begin) / time) * (wide - LEFT - PAD);
  const y = (value: number): number => PAD + ((high - value) / (high - low)) * (HEIGHT - 2 * PAD);
  const date = (day: string): string =>
    new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(timeOf(day));
  const told = points.map(
    ({ day, value, answers }) => `${date(day)}: ${shown(value, language)} (${t('surveys.answers', { count: answers })})`,
  );
  return (
    <figure ref={ref} className={classes['trend']}>
      <svg height={HEIGHT} viewBox={`0 0 ${wide} ${HEIGHT}`} role="img" aria-label={`${t('surveys.trend')}. ${told.join('; ')}`}>
        {[low, (low + high) / 2, high].map((value) => (
          <g key={value}>
            <line x1={LEFT} x2={wide - PAD} y1={y(value)} y2={y(value)} className={classes['grid']} />
            <text x={LEFT - 8} y={y(value) + 4} textAnchor="end">
              {shown(value, language)}
            </text>
          </g>
        ))}
        <polyline points={points.map(({ day, value }) => `${x(day)},${y(value)}`).join(' ')} className={classes['line']} />
        {points.map(({ day, value }, index) => (
          <circle key={day} cx={x(day)} cy={y(value)} r={4} className={classes['point']}>
            <title>{told[index]}</title>
          </circle>
        ))}
      </svg>
      <figcaption>
        <span>{date(points[0].day)}</span>
        {points.length > 1 && <span>{date(last.day)}</span>}
      </figcaption>
    </figure>
  );
}

function timeOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}
