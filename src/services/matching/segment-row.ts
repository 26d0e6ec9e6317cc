import type { BrandId } from '../../domain/brand.ts';
import { fold } from '../../domain/fold.ts';
import type { NumberRules } from '../../domain/phone-number.ts';
import type { StagedSegment } from '../../ports/matching.ts';
import type { ColumnAliases, TableRow } from '../importer/headers.ts';
import { readNumbers } from '../importer/number-cell.ts';
import { fixedColumns, type ReadRow, type RowReader } from '../importer/prepare.ts';
import { CUSTOMER_COLUMNS } from './customer-row.ts';
import type { NumberTokens } from './number-tokens.ts';

export type SegmentColumn = 'phone' | 'segment';

const SEGMENT_COLUMNS: ColumnAliases<SegmentColumn> = { phone: CUSTOMER_COLUMNS.phone, segment: CUSTOMER_COLUMNS.segment };

export interface SegmentParams {
  readonly brand: BrandId;
  readonly rules: NumberRules;
  /** Those that flows/segments.yaml defines. */
  readonly known: readonly string[];
}

/** Reads who belongs to which segment; a cell with several numbers is a fault, as each may have another segment. */
export function segmentReader(tokens: NumberTokens, { brand, rules, known }: SegmentParams): RowReader<StagedSegment> {
  const read = (row: TableRow<SegmentColumn>): ReadRow<StagedSegment> => {
    const cell = row.cells.phone ?? '';
    const numbers = readNumbers(cell, rules);
    if (numbers.kind === 'bad') return { kind: 'bad', column: 'phone', value: numbers.value, reason: numbers.reason };
    if (numbers.numbers.length > 1) return { kind: 'bad', column: 'phone', value: cell, reason: 'holds several numbers; give one' };
    const written = row.cells.segment ?? '';
    const segment = known.find((name) => fold(name) === fold(written).replace(/[\s_]+/g, '-'));
    if (segment === undefined) {
      const reason = `is no segment of flows/segments.yaml; known: ${known.join(', ') || 'none'}`;
      return { kind: 'bad', column: 'segment', value: written, reason };
    }
    const [token = ''] = tokens.exact(brand, numbers.numbers[0] ?? '');
    return { kind: 'ok', identity: Buffer.from(token, 'hex').toString('base64url'), record: () => ({ token, segment }) };
  };
  return fixedColumns({ columns: SEGMENT_COLUMNS, needed: ['phone', 'segment'], read });
}
