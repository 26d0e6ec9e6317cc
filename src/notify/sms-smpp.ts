import { asE164 } from '../domain/phone-number.ts';
import { gsm7Octets, plainSms, smsPieces } from '../domain/sms-text.ts';
import type { Delivery, Notifier, Outgoing } from '../ports/notifier.ts';
import { type Fields, SmppLink, type SmppLinkOptions, type Submitted } from './smpp-link.ts';

export interface SmppOptions extends SmppLinkOptions {
  readonly from: string;
  readonly letters: 'turkish' | 'plain';
}

/** Of command_status: overload and faults of the SMSC's own (SMPP 3.4, 5.1.3). Anything else but 0 is for good. */
const PASSING: ReadonlySet<number> = new Set([
  0x08, // ESME_RSYSERR
  0x14, // ESME_RMSGQFUL
  0x45, // ESME_RSUBMITFAIL
  0x58, // ESME_RTHROTTLED
  0x64, // ESME_RX_T_APPN
]);
const THROTTLED = 0x58;
const THROTTLE_PAUSE_MS = 5000;
const DATA_CODING = { gsm7: 0, ucs2: 8 } as const;
const UDH_INDICATOR = 0x40;
const TON = { unknown: 0, international: 1, alphanumeric: 5 } as const;
const NPI = { unknown: 0, isdn: 1 } as const;

/** SMS by SMPP 3.4, long ones in pieces that the phone joins. */
export function smsBySmpp(options: SmppOptions): Notifier<'sms'> {
  const link = new SmppLink(options);
  return {
    name: `SMSC at ${new URL(options.url).host}`,
    async send(message, signal) {
      if (asE164(message.to) === undefined) return { kind: 'refused', reason: 'the number is not in the form +905550000000' };
      let reference: string | null = null;
      for (const fields of submissionsOf(message, options)) {
        const delivery = judge(await link.submit(fields, signal));
        if (delivery.kind !== 'sent') return delivery;
        reference ??= delivery.reference;
      }
      return { kind: 'sent', reference };
    },
    close: () => link.close(),
  };
}

function judge(submitted: Submitted): Delivery {
  if (submitted.kind === 'lost') return { kind: 'later', reason: submitted.reason };
  const { status, reference } = submitted;
  if (status === 0) return { kind: 'sent', reference: reference === '' ? null : reference };
  const reason = `the SMSC answered status 0x${status.toString(16).padStart(8, '0')}`;
  if (!PASSING.has(status)) return { kind: 'refused', reason };
  return { kind: 'later', reason, ...(status === THROTTLED ? { afterMs: THROTTLE_PAUSE_MS } : {}) };
}

/** The submit_sm of each piece, in order. */
function submissionsOf({ id, from, to, text }: Extract<Outgoing, { kind: 'sms' }>, options: SmppOptions): Fields[] {
  const { encoding, parts } = smsPieces(options.letters === 'plain' ? plainSms(text) : text);
  const sender = from ?? options.from;
  const numeric = /^\+?\d+$/.test(sender);
  const address = {
    source_addr: numeric ? sender.replace('+', '') : sender,
    source_addr_ton: sender === '' ? TON.unknown : numeric ? TON.international : TON.alphanumeric,
    source_addr_npi: numeric ? NPI.isdn : NPI.unknown,
    destination_addr: to.slice(1),
    dest_addr_ton: TON.international,
    dest_addr_npi: NPI.isdn,
    data_coding: DATA_CODING[encoding],
  };
  return parts.map((part, index) => {
    const octets = encoding === 'gsm7' ? Buffer.from(gsm7Octets(part)) : Buffer.from(part, 'utf16le').swap16();
    if (parts.length === 1) return { ...address, short_message: octets };
    // 8-bit concatenation (3GPP 23.040, 9.2.3.24.1). The same message has the same reference at every attempt.
    const header = Buffer.from([5, 0, 3, joinReference(id), parts.length, index + 1]);
    return { ...address, esm_class: UDH_INDICATOR, short_message: Buffer.concat([header, octets]) };
  });
}

/** 0 to 255, out of the last letters of the id. */
function joinReference(id: string): number {
  return [...id].reduce((sum, char) => (sum * 31 + (char.codePointAt(0) ?? 0)) % 256, 0);
}
