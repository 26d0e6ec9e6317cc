import type { Telephone } from '../domain/directory.ts';

const EXTENSION = /^[0-9A-Za-z_-]{1,32}$/;
const NUMBER = /^\+?[0-9]{3,15}$/;

/**
 * Asterisk's name for whom to dial. Extensions are SIP accounts; numbers go over the trunk, or into the demo context of
 * the dialplan when there is no trunk. Undefined for what could never be dialled (and must not reach a dial string).
 */
export function endpointOf(target: Telephone, trunk: string): string | undefined {
  if (target.kind === 'extension') return EXTENSION.test(target.extension) ? `PJSIP/${target.extension}` : undefined;
  const number = target.number.replace(/[\s().-]/g, '');
  if (!NUMBER.test(number)) return undefined;
  return trunk === 'demo' ? `Local/${number}@demo-trunk/n` : `PJSIP/${number}@trunk`;
}
