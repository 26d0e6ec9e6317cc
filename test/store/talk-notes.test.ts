import { describe, expect, test } from 'vitest';
import type { BrandId } from '../../src/domain/brand.ts';
import { makeId } from '../../src/domain/ids.ts';
import type { TalkNote } from '../../src/ports/talk-notes.ts';
import { ENGINES, storesFor } from './engines.ts';
import { NOON } from './fixtures.ts';

const CALL = makeId('call', NOON, [1]);
const TEXT = 'Asks for the red one';
const note = (talk: number, changes: Partial<TalkNote> = {}): TalkNote => ({
  ...{ talkId: makeId('acdEvent', NOON + talk, []), callId: CALL, brand: 'santral' as BrandId, agent: makeId('user', NOON, [1]) },
  ...{ at: NOON + talk, note: TEXT, followUp: null },
  ...changes,
});

describe.each(ENGINES)('what agents wrote on $name', ({ place: newPlace }) => {
  const at = storesFor(newPlace);

  test('one note a talk, the later one stands; the text lies sealed', async () => {
    const { talkNotes } = at.stores;
    const [first, second] = [note(1), note(2, { followUp: NOON + 60_000 })];
    for (const one of [second, first]) await talkNotes.put(one);
    await talkNotes.put(note(3, { callId: makeId('call', NOON, [2]) }));
    expect(await talkNotes.ofCall(CALL)).toEqual([first, second]);
    const later = note(1, { at: NOON + 9, note: 'The blue one after all', followUp: NOON + 5 });
    await talkNotes.put(later);
    expect(await talkNotes.ofCall(CALL)).toEqual([later, second]);
    expect(JSON.stringify(await at.place.query('select * from talk_notes'))).not.toMatch(/red one|blue one/);
  });
});
