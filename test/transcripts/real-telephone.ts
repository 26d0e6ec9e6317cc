import type { Caller } from '../kit/engine.ts';
import type { Manners, PhoneHouse } from '../kit/phone-house.ts';
import type { AppointmentOnRecord } from './filled-in.ts';
import type { Fact, Telephone } from './play.ts';
import type { Far, Transcript } from './transcript.ts';

/** How long a caller listens for what must come. */
const PATIENCE_MS = 30_000;
/** A person draws breath after the beep: only then the recording has begun. */
const BREATH_MS = 400;
const TALK = 'Hello, who is there? [1.5s]';

const FAR: Readonly<Record<Far, Manners>> = {
  answers: { kind: 'answer', afterMs: 1000 },
  busy: { kind: 'refuse', reason: 'busy' },
  rings: { kind: 'ignore' },
  rejects: { kind: 'refuse', reason: 'rejected' },
  unknown: { kind: 'refuse', reason: 'unallocated' },
  congestion: { kind: 'refuse', reason: 'congestion' },
};

export interface OnRecord {
  journal(): Promise<readonly Fact[]>;
  /** Resolves when the caller and the far end are connected. */
  talking(): Promise<unknown>;
  appointment(n: number): Promise<AppointmentOnRecord>;
}

/** A real SIP phone of the house that has dialled. */
export function realTelephone({ phone }: Caller, house: PhoneHouse, { outside }: Transcript, onRecord: OnRecord): Telephone {
  for (const [number, far] of Object.entries(outside)) house.expect(number, FAR[far]);
  let next = 0;
  return {
    async hears(signature) {
      next = (await phone.ear.hears((tones) => tones.signature === signature, next, PATIENCE_MS)).index + 1;
    },
    heardOut: async () => void (await phone.ear.over(next - 1, 2 * PATIENCE_MS)),
    press: (keys) => phone.press(keys),
    async say(text) {
      await new Promise((resolve) => setTimeout(resolve, BREATH_MS));
      await phone.say(text);
    },
    async talk(number) {
      const other = await house.visitor(number);
      await onRecord.talking();
      await Promise.all([phone.say(TALK), other.hears(TALK)]);
      await other.hangUp();
    },
    hangUp: () => phone.hangUp(),
    ended: async () => void (await phone.ended()),
    heard: () => phone.ear.heard(),
    journal: onRecord.journal,
    appointment: onRecord.appointment,
  };
}
