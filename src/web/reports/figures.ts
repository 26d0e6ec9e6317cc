import type { Column } from '../api/reports.ts';
import { currentLanguage } from '../i18n.ts';
import { duration, share } from '../shared/times.tsx';

/** A figure as people read it; a dash where there is none. */
export function figureText(kind: Column['kind'], value: number | null | undefined): string {
  if (value === null || value === undefined) return '–';
  switch (kind) {
    case 'count':
      return new Intl.NumberFormat(currentLanguage()).format(value);
    case 'duration':
      return duration(value);
    case 'share':
      return share(value, currentLanguage());
  }
}
