import type { Outgoing } from '../ports/notifier.ts';

const EVENTS: Readonly<Record<string, string>> = { 'call.new': 'newCall', 'call.answered': 'answer', 'call.ended': 'hangup' };
const CAUSES: Readonly<Record<string, string>> = {
  ended: 'normalClearing',
  cancelled: 'cancel',
  'not-answered': 'noAnswer',
  busy: 'busy',
  failed: 'congestion',
};

/**
 * A call's event in the fields of Zammad's generic CTI interface (docs.zammad.org, "Generic CTI"): newCall, answer and
 * hangup, as a form. Numbers are written without `+`. Undefined for what Zammad does not know, such as an offer.
 */
export function zammadForm({ event, callId, data }: Extract<Outgoing, { kind: 'webhook' }>): string | undefined {
  const name = EVENTS[event];
  if (name === undefined || callId === null) return undefined;
  const text = (key: string): string => (typeof data[key] === 'string' ? data[key] : '');
  const customer = (text('number') || text('suffix')).replace(/^\+/, '') || 'anonymous';
  const own = text('did').replace(/^\+/, '');
  const direction = text('direction');
  const [from, to] = direction === 'out' ? [own, customer] : [customer, own];
  const form = new URLSearchParams({ event: name, from, to, direction, callId });
  if (name !== 'hangup' && text('agent') !== '') form.append('user[]', text('agent'));
  if (text('queue') !== '') form.set('queue', text('queue'));
  if (name === 'answer') form.set('answeringNumber', text('agent'));
  if (name === 'hangup') form.set('cause', CAUSES[text('how')] ?? 'normalClearing');
  return form.toString();
}
