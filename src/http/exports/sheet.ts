/** A value in a table that is given away. time: UTC ms · duration: ms · share: 0 to 1. null is an empty cell. */
export type Cell =
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'count' | 'duration' | 'share' | 'time'; readonly value: number | null };

/** A table whose rows come one by one. */
export interface Sheet {
  /** Of the file, without its ending, and of the sheet in a workbook. */
  readonly name: string;
  readonly header: readonly string[];
  readonly rows: AsyncIterable<readonly Cell[]>;
  /** Times are shown by this zone's clock. */
  readonly zone: string;
  readonly language: 'tr' | 'en';
}

export const text = (value: string): Cell => ({ kind: 'text', value });
