import { exitBy, NEXT } from '../compiled.ts';
import { defineNode, ERROR_EXIT, NEXT_EXIT } from './kind.ts';
import { compileMessage, MESSAGE_FIELDS } from './message.ts';

export const notify = defineNode({
  type: 'notify',
  summary: 'Sends an SMS, an e-mail or a webhook.',
  doc: 'The message is stored with this step, and sent at once or, when the provider is away, later; the call goes on without waiting. What it says stands in `flows/messages/*.yaml` under the key of `template`; its texts read the values of `with` and nothing else. A call causes 20 messages and notes at most.',
  example: `send-code:
  type: notify
  channel: sms
  template: booking.made
  to: "{{call.ani}}"
  with: { code: "{{code}}" }
  next: read-code
  exits: { unreachable: read-code }`,
  fields: MESSAGE_FIELDS,
  exits: [
    NEXT_EXIT,
    { name: 'unreachable', doc: 'Nobody can be written to there: a withheld or landline number, no e-mail address.', otherwise: 'error' },
    ERROR_EXIT,
  ],
  needsCaller: false,
  passing: true,
  compile(source, kit) {
    const send = compileMessage(source, kit, []);
    return {
      enter(m) {
        const sent = send(m);
        m.events.push({ kind: 'result', node: m.top.node, name: 'notify', outcome: sent ? 'queued' : 'unreachable' });
        return sent ? NEXT : exitBy('unreachable');
      },
    };
  },
});
