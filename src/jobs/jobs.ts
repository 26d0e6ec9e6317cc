import { schedule } from 'node-cron';
import type { Log } from '../ports/log.ts';
import type { Appointments } from '../services/appointments/appointments.ts';
import type { Auth } from '../services/auth/auth.ts';
import type { Outbox } from '../services/outbox/outbox.ts';
import type { CallRecordings } from '../services/recordings/call-recordings.ts';
import type { Recordings } from '../services/recordings/recordings.ts';

export interface JobDeps {
  readonly auth: Pick<Auth, 'sweep'>;
  readonly recordings: Pick<Recordings, 'sweep' | 'sealOver'>;
  readonly callRecordings: Pick<CallRecordings, 'sweep' | 'finishAll' | 'sealOver'>;
  readonly appointments: Pick<Appointments, 'sweep'>;
  readonly outbox: Pick<Outbox, 'sweep'>;
  readonly imports: { sweep(): Promise<void> };
  readonly missed: { sweep(): Promise<unknown> };
  readonly callbacks: { sweep(): Promise<unknown> };
  readonly callbackForms: { sweep(): Promise<unknown> };
  readonly campaigns: { sweep(): Promise<unknown> };
  readonly registry: { push(): Promise<unknown>; pull(): Promise<unknown>; sweep(): Promise<unknown> };
  readonly log: Log;
}

interface Job {
  /** Cron, by the clock of the machine. */
  readonly when: string;
  /** What stays undone where it fails, and when it is tried again. */
  readonly undone: string;
  run(): Promise<unknown>;
}

/** All of them, each with its own minute. */
function jobsOf({
  auth,
  appointments,
  recordings,
  callRecordings,
  outbox,
  imports,
  missed,
  callbacks,
  callbackForms,
  campaigns,
  registry,
}: JobDeps): readonly Job[] {
  const inAnHour = 'the next hour tries again';
  return [
    { when: '* * * * *', run: () => appointments.sweep(), undone: 'holds that ran out could not be closed; the next minute tries again' },
    { when: '* * * * *', run: () => registry.push(), undone: 'consents could not be told to the registry; the next minute tries again' },
    {
      when: '*/10 * * * *',
      run: () => registry.pull(),
      undone: 'the registry of consents could not be read; ten minutes later it is tried again',
    },
    {
      when: '*/5 * * * *',
      run: () => imports.sweep(),
      undone: 'what imports left behind could not be removed; five minutes later it is tried again',
    },
    {
      // How late it may be, and how often it may fail, is reckoned with where it is decided what is wiped.
      when: '* * * * *',
      run: () => callbacks.sweep(),
      undone: 'numbers of callbacks that are done with could not be wiped; the next minute tries again',
    },
    { when: '* * * * *', run: () => recordings.sealOver(), undone: 'recordings could not be sealed; the next minute tries again' },
    { when: '57 * * * *', run: () => callRecordings.sealOver(), undone: `recordings of calls could not be sealed; ${inAnHour}` },
    { when: '17 * * * *', run: () => auth.sweep(), undone: `expired logins could not be removed; ${inAnHour}` },
    { when: '37 * * * *', run: () => outbox.sweep(), undone: `messages that are done with could not be wiped; ${inAnHour}` },
    { when: '41 * * * *', run: () => recordings.sweep(), undone: `old recordings could not be removed; ${inAnHour}` },
    { when: '47 * * * *', run: () => missed.sweep(), undone: `numbers of missed calls could not be wiped; ${inAnHour}` },
    {
      when: '23 3 * * *',
      run: () => callbackForms.sweep(),
      undone: 'old records of web forms could not be removed; the next night tries again',
    },
    {
      when: '33 3 * * *',
      run: () => registry.sweep(),
      undone: 'what was told to the registry of consents long ago could not be removed; the next night tries again',
    },
    { when: '53 * * * *', run: () => campaigns.sweep(), undone: `calls that no cap counts any more could not be forgotten; ${inAnHour}` },
    { when: '50 * * * *', run: () => callRecordings.finishAll(), undone: `recordings of calls could not be put together; ${inAnHour}` },
    { when: '51 * * * *', run: () => callRecordings.sweep(), undone: `old recordings of calls could not be removed; ${inAnHour}` },
  ];
}

/** The engine's housekeeping, by the clock. Returns the function that stops it. */
export function startJobs(deps: JobDeps): () => Promise<void> {
  const tasks = jobsOf(deps).map(({ when, run, undone }) =>
    schedule(when, async () => {
      try {
        await run();
      } catch (error) {
        deps.log.warn({ err: error }, undone);
      }
    }),
  );
  return async () => {
    for (const task of tasks) await task.destroy();
  };
}
