import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Notifier, Notifiers, WebhookTarget } from '../ports/notifier.ts';
import { smsGateway } from './sms-gateway.ts';
import { smsBySmpp } from './sms-smpp.ts';
import { smtpMail } from './smtp-mail.ts';
import { webhooks } from './webhooks.ts';

/** The settings that say which providers there are. */
export interface ProviderSettings {
  readonly sms: keyof typeof SMS_PROVIDERS | 'none';
  readonly smsUrl: string | undefined;
  readonly smsMethod: 'GET' | 'POST' | 'PUT';
  /** JSON, as checked by the settings. */
  readonly smsHeaders: string;
  readonly smsBody: string;
  readonly smsSuccess: string;
  readonly smsReference: string;
  readonly smsToken: string | undefined;
  readonly smsFrom: string;
  readonly smsLetters: 'turkish' | 'plain';
  readonly smppUser: string | undefined;
  readonly smppPassword: string | undefined;
  readonly smppWindow: number;
  readonly smtpUrl: string | undefined;
  readonly smtpFrom: string;
  readonly smtpTls: 'required' | 'try';
  readonly webhookPrivate: 'on' | 'off';
  readonly outboxTimeoutMs: number;
}

export interface ProviderDeps {
  readonly settings: ProviderSettings;
  readonly webhooks: ReadonlyMap<string, WebhookTarget>;
  readonly webhookSecrets: ReadonlyMap<string, string>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
}

type MakeSms = (url: string, deps: ProviderDeps) => Notifier<'sms'>;

/** Ways to send SMS by the value of SANTRAL_SMS. A new one: a file here, a line, a test against a real server. */
export const SMS_PROVIDERS = {
  http: (url, { settings, clock }) =>
    smsGateway({
      url,
      method: settings.smsMethod,
      headers: JSON.parse(settings.smsHeaders) as Record<string, string>,
      body: settings.smsBody,
      success: settings.smsSuccess,
      reference: settings.smsReference,
      token: settings.smsToken ?? '',
      from: settings.smsFrom,
      letters: settings.smsLetters,
      now: clock.now,
    }),
  smpp: (url, { settings, clock, random, log }) =>
    smsBySmpp({
      url,
      user: settings.smppUser ?? '',
      password: settings.smppPassword ?? '',
      window: settings.smppWindow,
      from: settings.smsFrom,
      letters: settings.smsLetters,
      clock,
      random,
      log,
    }),
} as const satisfies Record<string, MakeSms>;

/** What the settings name; null where they name nothing. Throws `config.invalid`. */
export function createProviders(deps: ProviderDeps): Notifiers & { close(): Promise<void> } {
  const { settings, clock } = deps;
  const { smtpUrl: url, smtpFrom: from, smtpTls: tls, outboxTimeoutMs: timeoutMs } = settings;
  const sms = settings.sms === 'none' || settings.smsUrl === undefined ? null : SMS_PROVIDERS[settings.sms](settings.smsUrl, deps);
  const email = url === undefined ? null : smtpMail({ url, from, tls, timeoutMs });
  const webhook = webhooks({
    targets: deps.webhooks,
    secrets: deps.webhookSecrets,
    privateAddresses: settings.webhookPrivate === 'on',
    now: clock.now,
  });
  return {
    sms,
    email,
    webhook,
    close: async () => {
      await sms?.close();
      await email?.close();
      await webhook.close();
    },
  };
}
