import { schedule } from 'node-cron';
import type { Log } from '../ports/log.ts';
import type { Appointments } from '../services/appointments/appointments.ts';
import type { Auth } from '../services/auth/auth.ts';
import type { Outbox } from '../services/outbox/outbox.ts';
import type { CallRecordings } from '../services/recordings/call-recordings.ts';
import type { Recordings } from '../services/recordings/recordings.ts';

export interface JobDeps {
  readonly auth: Pick<Auth, 'sweep'>;
  readonly recordings: Pick<Recordings, 'sweep'>;
  readonly callRecordings: Pick<CallRecordings, 'sweep' | 'finishAll'>;
  readonly appointments: Pick<Appointments, 'sweep'>;
  readonly outbox: Pick<Outbox, 'sweep'>;
  readonly imports: { sweep(): Promise<void> };
  readonly missed: { sweep(): Promise<unknown> };
  readonly callbacks: { sweep(): Promise<unknown> };
  readonly callbackForms: { sweep(): Promise<unknown> };
  readonly log: Log;
}

/** The engine's housekeeping, by the clock. Returns the function that stops it. */
export function startJobs({
  auth,
  appointments,
  recordings,
  callRecordings,
  outbox,
  imports,
  missed,
  callbacks,
  callbackForms,
  log,
}: JobDeps): () => Promise<void> {
  const tokens = schedule('17 * * * *', async () => {
    try {
      await auth.sweep();
    } catch (error) {
      log.warn({ err: error }, 'expired logins could not be removed; the next hour tries again');
    }
  });
  const holds = schedule('* * * * *', async () => {
    try {
      await appointments.sweep();
    } catch (error) {
      log.warn({ err: error }, 'holds that ran out could not be closed; the next minute tries again');
    }
  });
  const audio = schedule('41 * * * *', async () => {
    try {
      await recordings.sweep();
    } catch (error) {
      log.warn({ err: error }, 'old recordings could not be removed; the next hour tries again');
    }
  });
  const calls = schedule('51 * * * *', async () => {
    try {
      await callRecordings.finishAll();
      await callRecordings.sweep();
    } catch (error) {
      log.warn({ err: error }, 'recordings of calls could not be put together or removed; the next hour tries again');
    }
  });
  const messages = schedule('37 * * * *', async () => {
    try {
      await outbox.sweep();
    } catch (error) {
      log.warn({ err: error }, 'messages that are done with could not be wiped; the next hour tries again');
    }
  });
  const files = schedule('*/5 * * * *', async () => {
    try {
      await imports.sweep();
    } catch (error) {
      log.warn({ err: error }, 'what imports left behind could not be removed; five minutes later it is tried again');
    }
  });
  const numbers = schedule('47 * * * *', async () => {
    try {
      await missed.sweep();
    } catch (error) {
      log.warn({ err: error }, 'numbers of missed calls could not be wiped; the next hour tries again');
    }
  });
  const returnCalls = schedule('*/15 * * * *', async () => {
    try {
      await callbacks.sweep();
    } catch (error) {
      log.warn({ err: error }, 'numbers of return calls that are done with could not be wiped; in a quarter of an hour it is tried again');
    }
  });
  const forms = schedule('23 3 * * *', async () => {
    try {
      await callbackForms.sweep();
    } catch (error) {
      log.warn({ err: error }, 'old records of web forms could not be removed; the next night tries again');
    }
  });
  return async () => {
    await Promise.all([
      returnCalls.destroy(),
      forms.destroy(),
      files.destroy(),
      numbers.destroy(),
      tokens.destroy(),
      holds.destroy(),
      messages.destroy(),
      audio.destroy(),
      calls.destroy(),
    ]);
  };
}
