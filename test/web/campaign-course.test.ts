import { describe, expect, it } from 'vitest';
import { LIMITERS as ENGINE_LIMITERS } from '../../src/dialer/explain.ts';
import { SHUT_REASONS } from '../../src/dialer/gate.ts';
import { WAIT_REASONS } from '../../src/domain/contact.ts';
import { LIMITERS, WAIT_CODES } from '../../src/web/api/campaigns.ts';
import { courseReport } from '../../src/web/campaigns/course-report.ts';

const NAMES = { title: 'Calls', made: 'Made', answered: 'Answered', delivered: 'Heard' };

describe('the pages of campaigns', () => {
  it('know every reason to wait that the engine knows, and everything that holds it back', () => {
    expect(WAIT_CODES).toEqual([...SHUT_REASONS, ...WAIT_REASONS, 'ready']);
    expect(LIMITERS).toEqual(ENGINE_LIMITERS);
  });

  it('draw a step without calls as nothing, not as a gap', () => {
    const steps = [
      { at: 0, made: 3, answered: 2, delivered: 1 },
      { at: 120_000, made: 4, answered: 4, delivered: 3 },
    ];
    const { rows, totals, column } = courseReport({ stepMs: 60_000, steps }, 'Europe/Istanbul', NAMES);
    const line = (key: string) => rows.filter((row) => row.key === key).map((row) => row.figures.get(column.id));
    expect(line('made')).toEqual([3, 0, 4]);
    expect(line('answered')).toEqual([2, 0, 4]);
    expect(totals.map(({ figures }) => figures.get(column.id))).toEqual([7, 6, 4]);
    expect(rows.every(({ from, to }) => to === from + 60_000)).toBe(true);
  });
});
