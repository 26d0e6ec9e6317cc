import { choice, headers, optionalLine, serviceUrl, smsSender, text, whole } from './schemas.ts';
import { setting } from './setting.ts';

/** Of what goes out: SMS, e-mail, webhooks and requests of flows, and the outbox they wait in. */
export const MESSAGE_SETTINGS = {
  sms: setting(
    'SANTRAL_SMS',
    'none',
    choice(['none', 'http', 'smpp']),
    'How SMS are sent: http, by the interface that SANTRAL_SMS_… describe; smpp; none: they wait in the outbox.',
  ),
  smsUrl: setting(
    'SANTRAL_SMS_URL',
    undefined,
    serviceUrl('https://sms.example/send or smpp://smsc.example:2775', ['http:', 'https:', 'smpp:', 'ssmpp:']),
    'Where the SMS provider is: http(s):// with http, smpp:// or ssmpp:// (TLS) with smpp. May hold {{…}} after the host.',
  ),
  smsMethod: setting('SANTRAL_SMS_METHOD', 'POST', choice(['POST', 'PUT', 'GET']), 'Method of the request to the SMS provider.'),
  smsHeaders: setting(
    'SANTRAL_SMS_HEADERS',
    '{"content-type": "application/json", "authorization": "Bearer {{token}}"}',
    headers,
    'Headers of that request, as JSON. Its content-type (JSON, XML or a form) says how values are escaped.',
    true,
  ),
  smsBody: setting(
    'SANTRAL_SMS_BODY',
    '{"id": "{{id}}", "from": "{{from}}", "to": "{{to}}", "text": "{{text}}"}',
    text,
    'Body of that request. Reads {{id}}, {{from}}, {{to}} (+90555…), {{digits}} (90555…), {{national}} (555…), {{text}}, {{encoding}}, {{segments}}, {{token}}.',
  ),
  smsSuccess: setting(
    'SANTRAL_SMS_SUCCESS',
    'status >= 200 && status < 300',
    text,
    'Expression that tells whether the provider took the message; reads status, text and answer (its JSON): answer.code == "00".',
  ),
  smsReference: setting(
    'SANTRAL_SMS_REFERENCE',
    '{{answer.id}}',
    text,
    'Where the provider’s own id of the message stands in its answer; reads the same names.',
  ),
  smsToken: setting('SANTRAL_SMS_TOKEN', undefined, optionalLine, 'The provider’s token, read as {{token}}.', true),
  smsFrom: setting('SANTRAL_SMS_FROM', '', smsSender, 'Sender of SMS where flows/senders.yaml names none for the brand.'),
  smsLetters: setting(
    'SANTRAL_SMS_LETTERS',
    'turkish',
    choice(['turkish', 'plain']),
    'turkish: as written; one ş, ğ, ı, İ or ç makes 70 characters an SMS. plain: s, g, i, I, c are sent instead, 160 characters an SMS.',
  ),
  smppUser: setting('SANTRAL_SMPP_USER', undefined, optionalLine, 'system_id at the SMSC.'),
  smppPassword: setting('SANTRAL_SMPP_PASSWORD', undefined, optionalLine, 'Password there.', true),
  smppWindow: setting('SANTRAL_SMPP_WINDOW', '10', whole(1, 1000), 'SMS that may wait for the SMSC’s answer at the same time.'),
  smtpUrl: setting(
    'SANTRAL_SMTP_URL',
    undefined,
    serviceUrl('smtp://user:password@mail.example:587', ['smtp:', 'smtps:']),
    'Mail server: smtp:// (STARTTLS) or smtps://, with user and password; without it e-mail waits in the outbox.',
    true,
  ),
  smtpFrom: setting(
    'SANTRAL_SMTP_FROM',
    '',
    text,
    'Sender of e-mail where flows/senders.yaml names none for the brand: Santral <bilgi@santral.example>.',
  ),
  smtpTls: setting(
    'SANTRAL_SMTP_TLS',
    'required',
    choice(['required', 'try']),
    'required: nothing is sent without TLS. try: where the server has it.',
  ),
  webhookPrivate: setting(
    'SANTRAL_WEBHOOK_PRIVATE',
    'off',
    choice(['off', 'on']),
    'on: webhooks may lead to addresses of this machine and private networks.',
  ),
  flowPrivate: setting(
    'SANTRAL_FLOW_PRIVATE',
    'off',
    choice(['off', 'on']),
    'on: a flow’s own `url:` may lead to addresses of this machine and private networks, as systems of flows/connectors.yaml always may. Link-local and metadata addresses never.',
  ),
  outboxParallel: setting(
    'SANTRAL_OUTBOX_PARALLEL',
    '8',
    whole(1, 100),
    'Messages of one kind (SMS, e-mail, webhooks) sent at the same time.',
  ),
  outboxAttempts: setting(
    'SANTRAL_OUTBOX_ATTEMPTS',
    '20',
    whole(1, 100),
    'Attempts before a message is a dead letter; the pauses grow from 1 s to 1 h, so 20 are about half a day.',
  ),
  outboxTimeoutMs: setting('SANTRAL_OUTBOX_TIMEOUT_MS', '10000', whole(100, 120_000), 'How long one attempt to send a message may take.'),
  outboxKeepHours: setting(
    'SANTRAL_OUTBOX_KEEP_HOURS',
    '24',
    whole(0, 8760),
    'How long it is kept whom a message went to and what it said, once it is done with.',
  ),
  outboxDeadDays: setting('SANTRAL_OUTBOX_DEAD_DAYS', '7', whole(1, 365), 'The same for dead letters, which can be replayed as long.'),
  outboxStaleHours: setting(
    'SANTRAL_OUTBOX_STALE_HOURS',
    '72',
    whole(1, 8760),
    'A message that waited longer for its first attempt is not sent any more, but becomes a dead letter.',
  ),
} as const;
