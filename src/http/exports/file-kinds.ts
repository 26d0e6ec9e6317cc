export const FILE_TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;
/** As what tables are given away. */
export type FileKind = keyof typeof FILE_TYPES;
