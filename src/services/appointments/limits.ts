/** What a calendar may say: least and most. */
export const CALENDAR_LIMITS = {
  slotMinutes: [5, 720],
  capacity: [1, 100],
  leadMinutes: [0, 43_200],
  horizonDays: [0, 366],
} as const satisfies Readonly<Record<string, readonly [number, number]>>;
