import { describe, expect, test } from 'vitest';
import { raceOfCallers } from '../kit/caller-race.ts';
import { raceForSlot } from '../kit/slot-race.ts';
import { ENGINES } from './engines.ts';

describe.each(ENGINES)('200 callers on $name want the same time', ({ place }) => {
  test.each([1, 2])('its 50 places are booked, each once, and the others are offered another time; engines: %i', async (count) => {
    const where = await place();
    const engines = await Promise.all(Array.from({ length: count }, () => where.open()));
    try {
      expect(await raceForSlot(engines, { callers: 200, places: 50 })).toEqual({
        booked: 50,
        doubleBooked: 0,
        offeredAnother: 150,
        left: 0,
      });
    } finally {
      for (const engine of engines) await engine.close();
      await where.remove();
    }
  });
});

describe.each(ENGINES)('200 calls of the appointment flow on $name, all up at once', ({ place }) => {
  test.each([1, 2])(
    '50 callers hear that they have the time, the others are offered another one; engines: %i',
    { timeout: 120_000 },
    async (count) => {
      const where = await place();
      const engines = await Promise.all(Array.from({ length: count }, () => where.open()));
      try {
        expect(await raceOfCallers(engines, { callers: 200, places: 50 })).toEqual({
          booked: 50,
          offeredAnother: 150,
          others: [],
          inTheBook: { appointments: 50, places: 50 },
        });
      } finally {
        for (const engine of engines) await engine.close();
        await where.remove();
      }
    },
  );
});
