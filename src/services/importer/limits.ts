/** What a table may be at most. Past a limit the whole file is refused: half a table is worse than none. */
export interface ImportLimits {
  /** Of the file as it was sent. */
  readonly bytes: number;
  readonly rows: number;
  readonly columns: number;
  /** Characters of one cell; Excel's own limit is 32,767. */
  readonly cell: number;
  /** Of one part of a workbook after unpacking: a small zip can unpack to anything. */
  readonly unpackedBytes: number;
  /** Characters of all texts that a workbook's cells share; they are held in memory. */
  readonly sharedCharacters: number;
  /** Of a JSON file, which is read as a whole. */
  readonly jsonBytes: number;
}

const MEGABYTE = 1_048_576;

export const IMPORT_LIMITS: ImportLimits = {
  bytes: 256 * MEGABYTE,
  rows: 2_000_000,
  columns: 200,
  cell: 32_767,
  unpackedBytes: 2048 * MEGABYTE,
  sharedCharacters: 64 * MEGABYTE,
  jsonBytes: 32 * MEGABYTE,
};

/** Of a table that is held in memory as a whole, such as a list of dealers. */
export const WHOLE_TABLE_LIMITS: ImportLimits = {
  bytes: 10_000_000,
  rows: 20_000,
  columns: 100,
  cell: 4000,
  unpackedBytes: 64 * MEGABYTE,
  sharedCharacters: 4 * MEGABYTE,
  jsonBytes: 8 * MEGABYTE,
};
