/** Work that a channel's own thread does, one after another: playbacks, recordings, answer, joining and leaving bridges. */
export interface Job {
  /** `finish` must be called once, now or later. */
  start(finish: () => void): void;
  /** The channel hangs up under it: end at once (`start` has been called, and `finish` need not be). */
  abort(): void;
}

export interface ChannelThread {
  add(job: Job): void;
  readonly busy: boolean;
  /** Hang-up: the running job and then each waiting one is started and aborted, as Asterisk does (measured on 22.10.1). */
  end(): void;
}

export function channelThread(): ChannelThread {
  const waiting: Job[] = [];
  let current: Job | undefined;
  let ended = false;

  function next(): void {
    if (ended || current !== undefined) return;
    const job = waiting.shift();
    if (job === undefined) return;
    current = job;
    job.start(() => {
      if (current !== job) return;
      current = undefined;
      next();
    });
  }

  return {
    add(job) {
      waiting.push(job);
      next();
    },
    get busy() {
      return current !== undefined;
    },
    end() {
      ended = true;
      current?.abort();
      current = undefined;
      for (const job of waiting.splice(0)) {
        job.start(() => undefined);
        job.abort();
      }
    },
  };
}

/** A job that takes no time; `reply` when it is done, or `lost` when the channel went first. */
export function instant(run: () => void, lost: () => void): Job {
  let done = false;
  return {
    start(finish) {
      done = true;
      run();
      finish();
    },
    abort() {
      if (!done) lost();
    },
  };
}
