import type { ContactSeal } from '../ports/contact-lists.ts';
import { tokenFor } from './consent-rows.ts';
import { sealWith } from './session-seal.ts';

/** Seals contacts as this room does, for a thread that has the key: a million of them are sealed away from the calls. */
export function contactSeal(key: string): ContactSeal {
  const seal = sealWith(key);
  return { seal: seal.seal, token: (number) => tokenFor(seal, number) };
}
